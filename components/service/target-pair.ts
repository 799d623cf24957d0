import * as lb from "@pulumi/aws/lb/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { wholeNumberIn } from "../validated.ts";

/** How a load balancer finds out whether a task can do its work. */
export interface TargetHealth {
  /** Checks in a row that must pass before a task gets requests: 2 to 10. Defaults to 3. */
  healthyChecks?: number;
  /** Checks in a row that must fail before a task gets no more: 2 to 10. Defaults to 2. */
  unhealthyChecks?: number;
  /** Seconds between checks: 5 to 300. Defaults to 30. */
  intervalSeconds?: number;
  /** Seconds a check may take: 2 to 120, less than the interval. Defaults to 3. */
  timeoutSeconds?: number;
}

/** The numbers of a health check where nothing else is asked for. */
const standardHealth: Required<TargetHealth> = {
  healthyChecks: 3,
  unhealthyChecks: 2,
  intervalSeconds: 30,
  timeoutSeconds: 3,
};

/** `health` with its defaults. Fails on numbers the load balancer refuses. */
export function checkedHealth(health: TargetHealth = {}): Required<TargetHealth> {
  const all = { ...standardHealth, ...health };
  wholeNumberIn("healthyChecks", all.healthyChecks, 2, 10);
  wholeNumberIn("unhealthyChecks", all.unhealthyChecks, 2, 10);
  wholeNumberIn("intervalSeconds", all.intervalSeconds, 5, 300);
  wholeNumberIn("timeoutSeconds", all.timeoutSeconds, 2, 120);
  if (all.timeoutSeconds >= all.intervalSeconds) {
    throw new Error(
      `timeoutSeconds ${all.timeoutSeconds} must be less than intervalSeconds ${all.intervalSeconds}: lower it`,
    );
  }
  return all;
}

/** Most characters in the name of a target group or a load balancer (Elastic Load Balancing API). */
export const longestName = 32;

export interface TargetPairArgs {
  vpcId: pulumi.Input<string>;
  port: number;
  healthPath: string;
  health: Required<TargetHealth>;
  /** Seconds a task on its way out goes on answering what it was asked. */
  drainSeconds: number;
}

export interface TargetPair {
  blue: lb.TargetGroup;
  green: lb.TargetGroup;
}

/** Two target groups, equal in everything: one has the traffic, the other takes the next revision. */
export function targetPair(name: string, args: TargetPairArgs, child: pulumi.CustomResourceOptions): TargetPair {
  const { vpcId, port, healthPath: path, health, drainSeconds } = args;
  const group = (color: string) =>
    new lb.TargetGroup(
      `${name}-${color}`,
      {
        vpcId,
        port,
        protocol: "HTTP",
        targetType: "ip",
        deregistrationDelay: drainSeconds,
        loadBalancingAlgorithmType: "least_outstanding_requests",
        healthCheck: {
          path,
          matcher: "200",
          healthyThreshold: health.healthyChecks,
          unhealthyThreshold: health.unhealthyChecks,
          interval: health.intervalSeconds,
          timeout: health.timeoutSeconds,
        },
      },
      child,
    );
  return { blue: group("blue"), green: group("green") };
}
