import type { Statement } from "../iam/document.ts";
import { joinNetwork, keepNetworkFromCode, sendTo, sendTraces, writeLogs } from "../iam/grants.ts";
import type { Place } from "../names.ts";

/** What a function's role is made from: chosen names, so that its document is known at preview. */
export interface FunctionPermissions {
  place: Place;
  functionName: string;
  logGroupName: string;
  /** Whether the function stands in a VPC. */
  inNetwork: boolean;
  /** Queue that takes failed asynchronous events. */
  deadLetterQueueName?: string;
  /** What the handler itself may do. */
  permissions: readonly Statement[];
}

/** The statements of a function's role: its own log group and traces, then only what its arguments bring along. */
export function functionPermissions(needs: FunctionPermissions): Statement[] {
  const { place, functionName, logGroupName, inNetwork, deadLetterQueueName, permissions } = needs;
  return [
    writeLogs(place, logGroupName),
    sendTraces,
    ...(inNetwork ? [...joinNetwork(place), keepNetworkFromCode(place, functionName)] : []),
    ...(deadLetterQueueName ? [sendTo(place, deadLetterQueueName)] : []),
    ...permissions,
  ];
}

/** Resource policy of a queue: nobody reaches it without TLS. */
export const refusePlaintext = (queueArn: string): Statement => ({
  sid: "RefusePlaintext",
  effect: "Deny",
  principals: { AWS: "*" },
  actions: ["sqs:*"],
  resources: [queueArn],
  conditions: { Bool: { "aws:SecureTransport": "false" } },
});
