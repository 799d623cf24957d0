import grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import type { Inputs } from "../../local/answers/account.ts";
import { toWire } from "./wire.ts";

/** What a provider answers when something was made and the wait for it failed: the engine keeps it in the state, with the reason. */
export class NotReady extends Error {
  /** Where the engine looks for what was made. */
  readonly metadata = new grpc.Metadata();

  constructor(id: string, state: Inputs, reason: string) {
    super(reason);
    const failed = new pb.ErrorResourceInitFailed();
    failed.setId(id);
    failed.setProperties(toWire(state));
    failed.setReasonsList([reason]);
    const detail = new any.Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new statuses.Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(reason);
    status.addDetails(detail);
    this.metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
}
