import { rule } from "../../../../policies/rules/rds/instance-disallow-plain-password.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: {
    "a password": { of: instance({ password: "hunter2" }), says: "password is set" },
    "no word about it": { of: instance({ username: "clinic" }), says: "manageMasterUserPassword is not true" },
  },
  passes: { "a password only RDS knows": { of: instance({ manageMasterUserPassword: true }) } },
});
