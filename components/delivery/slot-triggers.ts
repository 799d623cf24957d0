import type { Watch } from "./rollback-alarms.ts";
import { many, type RollbackTrigger, type TriggerMetric } from "./rollback-triggers.ts";
import type { SlotName, TwoSlots } from "../service/slots.ts";
import type { Tier } from "../tier.ts";

const targets = (name: string, statistic: TriggerMetric["statistic"]): TriggerMetric => ({
  source: "targets",
  name,
  statistic,
});

/**
 * The rollback triggers of a service in two slots, of which each slot has its own alarms: only those of the slot that is about to get
 * the traffic are read. A slot without tasks is quiet.
 */
export const slotTriggers: readonly RollbackTrigger[] = [
  {
    id: "server-errors",
    title: "answers 5xx of the new version",
    metrics: { failures: targets("HTTPCode_Target_5XX_Count", "Sum"), runs: targets("RequestCount", "Sum") },
    expression: `IF(${many("failures")}, failures, 0)`,
    threshold: 0,
    minutes: { dev: 1, prod: 1 },
    source: "more than 10 a minute, as for a load balancer's targets; or 5 % from three up, for small traffic",
  },
  {
    id: "response-time",
    title: "seconds the new version takes to answer, on average",
    metrics: { time: targets("TargetResponseTime", "Average") },
    expression: "FILL(time, 0)",
    threshold: 5,
    minutes: { dev: 1, prod: 5 },
    source: "5 s over five minutes, as for a load balancer's targets",
  },
  {
    id: "healthy-hosts",
    title: "minutes in which the new version should run and no target of it is healthy",
    metrics: {
      healthy: targets("HealthyHostCount", "Minimum"),
      wanted: { source: "tasks", name: "DesiredTaskCount", statistic: "Minimum" },
    },
    // Targets that are all gone send nothing, like a slot that is meant to be empty: the number of tasks wanted tells them apart.
    expression: "IF(FILL(wanted, 0) > 0 AND FILL(healthy, 0) < 1, 1, 0)",
    threshold: 0,
    minutes: { dev: 2, prod: 2 },
    source: "two minutes without a healthy target, as for every deployment on Fargate",
  },
];

/** Name of a slot's alarm. */
export const slotAlarmName = ({ slots }: Pick<TwoSlots, "slots">, slot: SlotName, id: string) =>
  `${slots[slot].serviceName}-new-${id}`;

/** One slot: its target group behind the load balancer, and its service. */
export function slotWatch(site: TwoSlots, slot: SlotName, tier: Tier): Watch {
  const { serviceName, targetGroupSuffix } = site.slots[slot];
  const dimensions = { LoadBalancer: site.loadBalancerSuffix, TargetGroup: targetGroupSuffix };
  return {
    tier,
    alarmName: (id) => slotAlarmName(site, slot, id),
    seriesOf: (source) =>
      source === "tasks"
        ? {
            namespace: "ECS/ContainerInsights",
            dimensions: { ClusterName: site.clusterName, ServiceName: serviceName },
          }
        : { namespace: "AWS/ApplicationELB", dimensions },
  };
}
