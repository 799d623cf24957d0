import type { ListenerSpec } from "../service/balancer-spec.ts";
import type { Served } from "../service/load-balancer.ts";
import type { Metrics } from "./metrics.ts";

/** What is to be measured of a service besides its requests. */
export interface Measured {
  clusterName: string;
  serviceName: string;
  groupArn: string;
  desiredCount: number;
  /** Undefined while no target is in the group. */
  healthy: number | undefined;
}

/** What load balancers and Container Insights tell CloudWatch of target groups and services: as much as rollback alarms look at. */
export class TargetMetrics {
  readonly #metrics: Metrics;
  readonly #time: () => number;
  /** The load balancer of each group, by their ARNs. */
  readonly #balancers = new Map<string, string>();

  constructor(listeners: readonly ListenerSpec[], metrics: Metrics, time: () => number) {
    this.#metrics = metrics;
    this.#time = time;
    for (const { loadBalancerArn, rules } of listeners) {
      for (const { arn } of rules.flatMap(({ shares }) => shares)) this.#balancers.set(arn, loadBalancerArn);
    }
  }

  /** Counts a request. An answer is counted by its status, and only where it failed: there is no such thing as zero failures. */
  served({ groupArn, answer }: Served): void {
    this.#balanced(groupArn, "RequestCount", 1);
    if (!answer) return;
    this.#balanced(groupArn, "TargetResponseTime", answer.seconds);
    if (answer.status >= 500) this.#balanced(groupArn, "HTTPCode_Target_5XX_Count", 1);
  }

  measured({ clusterName, serviceName, groupArn, desiredCount, healthy }: Measured): void {
    if (healthy !== undefined) this.#balanced(groupArn, "HealthyHostCount", healthy);
    const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
    const series = { namespace: "ECS/ContainerInsights", metricName: "DesiredTaskCount", dimensions };
    this.#metrics.put(series, desiredCount, this.#time());
  }

  #balanced(groupArn: string, metricName: string, value: number): void {
    const LoadBalancer = suffixOf(this.#balancers.get(groupArn) ?? "").replace(/^loadbalancer\//, "");
    const dimensions = { LoadBalancer, TargetGroup: suffixOf(groupArn) };
    this.#metrics.put({ namespace: "AWS/ApplicationELB", metricName, dimensions }, value, this.#time());
  }
}

/** The end of an ARN, by which metrics name what it is of. */
const suffixOf = (arn: string) => arn.split(":").slice(5).join(":");
