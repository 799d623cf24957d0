import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** When a deployment is taken back: one metric over both target groups, since the one with the traffic changes. */
export interface RollbackTrigger {
  /** Last part of the alarm's name. */
  id: string;
  metric: string;
  statistic: string;
  /** Metric math over `blue` and `green`. A group without traffic or tasks sends nothing, which counts as nothing. */
  expression: string;
  comparison: "GreaterThanThreshold" | "LessThanThreshold";
  threshold: number;
  /** Seconds in a period, and how many in a row must breach. */
  period: number;
  periods: number;
  /** What it means, for people. */
  title: string;
}

/** Over both target groups, of which one may be silent: the larger value, and all together. */
export const larger = "MAX([FILL(blue, 0), FILL(green, 0)])";
export const sum = "FILL(blue, 0) + FILL(green, 0)";

/**
 * A group reports its hosts only while it has targets. Before the first task is there both are silent, and two minutes of that would
 * take the first deployment back, so silence is no finding here: it is one for the alarm that calls people. Tasks that do not start
 * are the circuit breaker's.
 */
const largerOfHosts = `IF(FILL(blue + 1, 0) + FILL(green + 1, 0) < 1, 1, ${larger})`;

/** The triggers of every deployment under alarms. They also hold while nobody deploys. */
const rollbackTriggers: readonly RollbackTrigger[] = [
  {
    id: "rollback-response-time",
    title: "targets take longer than 5 s on average for 5 min",
    metric: "TargetResponseTime",
    statistic: "Average",
    expression: larger,
    comparison: "GreaterThanThreshold",
    threshold: 5,
    period: 60,
    periods: 5,
  },
  {
    id: "rollback-server-errors",
    title: "targets answer 5xx more than 10 times in a minute",
    metric: "HTTPCode_Target_5XX_Count",
    statistic: "Sum",
    expression: sum,
    comparison: "GreaterThanThreshold",
    threshold: 10,
    period: 60,
    periods: 1,
  },
  {
    id: "rollback-healthy-hosts",
    title: "there are targets and none is healthy for 2 min",
    metric: "HealthyHostCount",
    statistic: "Minimum",
    expression: largerOfHosts,
    comparison: "LessThanThreshold",
    threshold: 1,
    period: 60,
    periods: 2,
  },
];

/** What the alarms watch: the two target groups of a service behind one load balancer, by the ends of their ARNs. */
export interface WatchedPair {
  serviceName: string;
  loadBalancer: pulumi.Input<string>;
  blue: pulumi.Input<string>;
  green: pulumi.Input<string>;
}

/** Names of the alarms that take a deployment of `serviceName` back. */
export const rollbackAlarmNames = (serviceName: string): string[] =>
  rollbackTriggers.map(({ id }) => `${serviceName}-${id}`);

/** The alarms that ECS reads during a deployment. They tell nobody themselves: a deployment that is taken back fails the update. */
export function rollbackAlarms(
  name: string,
  pair: WatchedPair,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return rollbackTriggers.map(
    ({ id, title, metric, statistic, expression, comparison, threshold, period, periods }) =>
      new cloudwatch.MetricAlarm(
        `${name}-${id}`,
        {
          name: `${pair.serviceName}-${id}`,
          alarmDescription: `takes a deployment back when ${title}`,
          comparisonOperator: comparison,
          threshold,
          evaluationPeriods: periods,
          datapointsToAlarm: periods,
          // A service without traffic is not a failed deployment.
          treatMissingData: "notBreaching",
          metricQueries: [
            { id: "watched", expression, label: title, returnData: true },
            ...(["blue", "green"] as const).map((group) => ({
              id: group,
              metric: {
                namespace: "AWS/ApplicationELB",
                metricName: metric,
                period,
                stat: statistic,
                dimensions: { LoadBalancer: pair.loadBalancer, TargetGroup: pair[group] },
              },
            })),
          ],
        },
        child,
      ),
  );
}
