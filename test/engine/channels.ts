import * as settings from "@pulumi/pulumi/runtime/settings.js";

/**
 * Gives every client that this process makes for an engine a connection of its own.
 *
 * The Automation API never closes the clients of a program that runs in its process, and by default all clients share
 * the connections to one address: an engine that got the port of one which has ended would be met with the failure of the
 * calls to that one ("No connection established. Last error: null").
 */
export function ownConnections(): void {
  const { grpcClientOptions } = settings as unknown as { grpcClientOptions: Record<string, unknown> };
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}
