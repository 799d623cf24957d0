import { rule } from "../../../../policies/rules/rds/instance-limit-size.ts";
import { laws, resource } from "../../laws.ts";

const instance = (instanceClass: string) => [
  resource("aws:rds/instance:Instance", { engine: "postgres", instanceClass }),
];

laws(rule, {
  violates: {
    "a class of another family": { of: instance("db.x2g.16xlarge"), says: 'instanceClass is "db.x2g.16xlarge"' },
    "a class a small stack does not allow": {
      of: instance("db.m7g.large"),
      options: { families: ["db.t4g."] },
      says: "db.m7g.large",
    },
  },
  passes: { "an allowed class": { of: instance("db.t4g.micro") } },
});
