import { rule } from "../../../../policies/rules/kms/key-disallow-lockout.ts";
import { laws, resource } from "../../laws.ts";

const key = (props: object) => [resource("aws:kms/key:Key", { enableKeyRotation: true, ...props })];

laws(rule, {
  violates: {
    "a check left out": {
      of: key({ bypassPolicyLockoutSafetyCheck: true }),
      says: "bypassPolicyLockoutSafetyCheck is true",
    },
  },
  passes: { "a check kept": { of: key({ bypassPolicyLockoutSafetyCheck: false }) } },
});
