import { rule } from "../../../../policies/rules/rds/instance-require-iam-login.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: { "passwords only": { of: instance({ iamDatabaseAuthenticationEnabled: false }), says: "is not true" } },
  passes: { "log-in by IAM": { of: instance({ iamDatabaseAuthenticationEnabled: true }) } },
});
