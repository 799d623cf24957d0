import { rule } from "../../../../policies/rules/rds/instance-disallow-public-access.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: {
    "a public database": { of: instance({ publiclyAccessible: true }), says: "publiclyAccessible is true" },
    "a public database, as the provider writes it": {
      of: instance({ publiclyAccessible: "true" }),
      says: "publiclyAccessible is true",
    },
  },
  passes: { "a private database": { of: instance({ publiclyAccessible: false }) } },
});
