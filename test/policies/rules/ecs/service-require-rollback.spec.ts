import { rule } from "../../../../policies/rules/ecs/service-require-rollback.ts";
import { laws, resource } from "../../laws.ts";

const service = (props: object) => [resource("aws:ecs/service:Service", props)];
const deploymentCircuitBreaker = { enable: true, rollback: true };

laws(rule, {
  violates: {
    "no way back": { of: service({ desiredCount: 2 }), says: "nothing takes a failed deployment back" },
    "a breaker that only stops": {
      of: service({ deploymentCircuitBreaker: { enable: true, rollback: false } }),
      says: "nothing takes",
    },
    "alarms without names": {
      of: service({ alarms: { enable: true, rollback: true, alarmNames: [] } }),
      says: "nothing takes",
    },
    "a deployment that stops all tasks first": {
      of: service({ deploymentCircuitBreaker, deploymentMinimumHealthyPercent: 0 }),
      says: "deploymentMinimumHealthyPercent is 0",
    },
  },
  passes: {
    "a breaker": { of: service({ deploymentCircuitBreaker }) },
    alarms: { of: service({ alarms: { enable: true, rollback: true, alarmNames: ["api-5xx"] } }) },
  },
});
