import { rule } from "../../../../policies/rules/rds/instance-require-deletion-protection.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: {
    "no word about it": { of: instance({}), says: "deletionProtection is not true" },
    "protection switched off": { of: instance({ deletionProtection: false }), says: "deletionProtection is not true" },
  },
  passes: { protection: { of: instance({ deletionProtection: true }) } },
});
