import { rule } from "../../../../policies/rules/rds/parameter-group-require-tls.ts";
import { laws, resource } from "../../laws.ts";

const group = (family: string, ...parameters: object[]) => [
  resource("aws:rds/parameterGroup:ParameterGroup", { family, parameters }),
];

laws(rule, {
  violates: {
    "TLS switched off": {
      of: group("postgres17", { name: "rds.force_ssl", value: "0" }),
      says: "rds.force_ssl is off",
    },
    "an old family without it": {
      of: group("postgres14", { name: "log_statement", value: "ddl" }),
      says: "off by default",
    },
  },
  passes: {
    "TLS forced": { of: group("postgres14", { name: "rds.force_ssl", value: "1" }) },
    "a family that forces it": { of: group("postgres17") },
    "another engine": { of: group("mysql8.0") },
  },
});
