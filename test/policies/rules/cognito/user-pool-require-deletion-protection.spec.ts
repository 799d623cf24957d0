import { rule } from "../../../../policies/rules/cognito/user-pool-require-deletion-protection.ts";
import { laws, resource } from "../../laws.ts";

const pool = (props: object) => [resource("aws:cognito/userPool:UserPool", { name: "clinic", ...props })];

laws(rule, {
  violates: {
    "no word about it": { of: pool({}), says: "deletionProtection is not set" },
    "protection switched off": { of: pool({ deletionProtection: "INACTIVE" }), says: "INACTIVE" },
  },
  passes: { protection: { of: pool({ deletionProtection: "ACTIVE" }) } },
});
