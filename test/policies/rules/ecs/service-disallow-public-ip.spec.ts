import { rule } from "../../../../policies/rules/ecs/service-disallow-public-ip.ts";
import { laws, resource } from "../../laws.ts";

const service = (assignPublicIp?: boolean) => [
  resource("aws:ecs/service:Service", {
    networkConfiguration: { subnets: ["subnet-1"], ...(assignPublicIp !== undefined && { assignPublicIp }) },
  }),
];

laws(rule, {
  violates: { "public tasks": { of: service(true), says: "assignPublicIp is true" } },
  passes: { "private tasks": { of: service(false) }, "tasks that are private by default": { of: service() } },
});
