import { flag, text } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "kms-key-require-rotation",
  topic: "encryption",
  holds: "a key gets new material every year",
  why: "The longer one piece of key material is used, the more it is worth to whoever gets hold of it.",
  fix: "set enableKeyRotation to true",
  source: "AWS Security Hub KMS.4",
  severity: "medium",
  level: "mandatory",
  types: ["aws:kms/key:Key"],
  *check({ props }) {
    // KMS rotates symmetric keys for encryption only.
    if ((text(props, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT") return;
    if (!flag(props, "enableKeyRotation")) yield "enableKeyRotation is not true";
  },
};
