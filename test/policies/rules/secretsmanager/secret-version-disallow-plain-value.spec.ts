import { rule } from "../../../../policies/rules/secretsmanager/secret-version-disallow-plain-value.ts";
import { laws, resource } from "../../laws.ts";

const version = (props: object) => [
  resource("aws:secretsmanager/secretVersion:SecretVersion", { secretId: "db", ...props }),
];

laws(rule, {
  violates: { "a value": { of: version({ secretString: "hunter2" }), says: "secretString is set" } },
  passes: { "a value that is only written": { of: version({ secretStringWo: "hunter2", secretStringWoVersion: 1 }) } },
});
