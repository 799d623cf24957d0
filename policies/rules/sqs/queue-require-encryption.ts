import { flag, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "sqs-queue-require-encryption",
  topic: "encryption",
  holds: "the messages of a queue are encrypted at rest",
  why: "A failed event carries the same personal data as the request it came from.",
  fix: "leave sqsManagedSseEnabled at true, or set kmsMasterKeyId",
  source: "AWS Security Hub SQS.1",
  severity: "medium",
  level: "mandatory",
  types: ["aws:sqs/queue:Queue"],
  *check({ props }) {
    // A new queue is encrypted with SQS's own key unless that is switched off.
    if (flag(props, "sqsManagedSseEnabled") === false && !text(props, "kmsMasterKeyId"))
      yield "sqsManagedSseEnabled is false";
  },
};
