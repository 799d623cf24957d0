import { flag } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "kms-key-disallow-lockout",
  topic: "encryption",
  holds: "nobody can lock everybody out of a key",
  why: "A key policy that names nobody who may change it can never be mended, and all data under the key is lost.",
  fix: "leave bypassPolicyLockoutSafetyCheck out",
  source: "AWS KMS API reference, PutKeyPolicy",
  severity: "high",
  level: "mandatory",
  types: ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey", "aws:kms/keyPolicy:KeyPolicy"],
  *check({ props }) {
    for (const name of ["bypassPolicyLockoutSafetyCheck", "bypassPolicyLockoutCheck"]) {
      if (flag(props, name)) yield `${name} is true`;
    }
  },
};
