import { rule } from "../../../../policies/rules/ecs/service-require-two-zones.ts";
import { laws, resource } from "../../laws.ts";

const service = (...subnets: string[]) => [resource("aws:ecs/service:Service", { networkConfiguration: { subnets } })];

laws(rule, {
  violates: { "one subnet": { of: service("subnet-1"), says: "has 1 subnets" } },
  passes: { "two subnets": { of: service("subnet-1", "subnet-2") } },
});
