import { text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "sns-topic-require-encryption",
  topic: "encryption",
  holds: "the messages of a topic are encrypted at rest",
  why: "A topic keeps what it could not deliver yet, and an alarm's text names systems and data.",
  fix: "set kmsMasterKeyId",
  source: "AWS Security Hub SNS.1",
  severity: "medium",
  level: "mandatory",
  types: ["aws:sns/topic:Topic"],
  *check({ props }) {
    if (!text(props, "kmsMasterKeyId")) yield "kmsMasterKeyId is not set";
  },
};
