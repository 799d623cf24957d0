import { rule } from "../../../../policies/rules/rds/instance-require-multi-az.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: { "one zone": { of: instance({ multiAz: false }), says: "multiAz is not true" } },
  passes: {
    "two zones": { of: instance({ multiAz: true }) },
    "a replica": { of: instance({ replicateSourceDb: "db" }) },
  },
});
