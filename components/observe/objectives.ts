import type * as pulumi from "@pulumi/pulumi";
import { apiObjectives } from "./api-objectives.ts";
import { databaseObjectives } from "./database-objectives.ts";
import { functionObjectives } from "./function-objectives.ts";
import { balancerObjectives } from "./balancer-objectives.ts";
import { queueObjectives } from "./queue-objectives.ts";
import { serviceObjectives } from "./service-objectives.ts";
import { targetObjectives } from "./target-objectives.ts";
import type { Tier } from "../tier.ts";

/** How soon somebody must look: at once, or in working hours. */
export type Severity = "page" | "ticket";

/** One metric of a resource; the resource gives namespace and dimensions. */
export interface Metric {
  name: string;
  /** CloudWatch statistic: `Sum`, `Average`, `Maximum`, `p95` ... */
  statistic: string;
  /** Where it lives, if not with the rest of its kind. */
  namespace?: string;
  /** Which of a service's two target groups it is of. */
  group?: "blue" | "green";
  /** Last part of the name of the event rule it counts, after the resource's. */
  rule?: string;
}

/** Dimensions of a metric: their values may be known only once the resource exists. */
export type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * What must hold for one kind of resource, and when somebody is told that it does not. All numbers of alarms and dashboard
 * come from these rows.
 */
export interface Objective {
  /** Last word of the alarm's name and anchor in the runbook. */
  id: string;
  /** What is measured, for people. */
  title: string;
  /** Metrics by the lower-case letter or word under which `expression` knows them. */
  metrics: Readonly<Record<string, Metric>>;
  /** Metric math over `metrics`; left out where there is only one. Gates that keep single failures quiet stand here. */
  expression?: string;
  comparison: "GreaterThanThreshold" | "LessThanThreshold";
  /** Bound by tier, in the metric's unit, or as a share of `of`. */
  threshold: Readonly<Record<Tier, number>>;
  /** What the bound is a share of, in the metric's own unit. */
  of?: "timeoutMillis" | "maxConnections" | "storageBytes";
  /** Seconds in one period. */
  period: number;
  /** Periods looked at, and how many of them must breach. */
  periods: number;
  breaching: number;
  /** What silence means. */
  missing: "notBreaching" | "breaching" | "missing";
  severity: Severity;
  /** Where the number comes from, so that whoever changes it knows what it answers to. */
  source: string;
}

/** A kind of resource that can be watched: where its metrics live and what must hold for it. */
export interface Kind<Resource> {
  namespace: string;
  /** Name of the resource in alarm names and headings. */
  nameOf: (resource: Resource) => string;
  dimensions: (resource: Resource, metric: Metric) => Dimensions;
  /** What thresholds may be a share of. */
  limits: (resource: Resource) => Partial<Record<NonNullable<Objective["of"]>, number>>;
  objectives: readonly Objective[];
}

/** A Lambda function. */
export interface WatchedFunction {
  kind: "function";
  functionName: string;
  timeoutSeconds: number;
}

/** A stage of a REST API. */
export interface WatchedApi {
  kind: "api";
  apiName: string;
  stageName: string;
}

/** A database instance. */
export interface WatchedDatabase {
  kind: "database";
  identifier: string;
  /** Connections that the instance class allows by its memory. */
  maxConnections: number;
  /** Storage it began with: what is allocated never gets less. */
  storageGiB: number;
}

/** A queue of messages that nobody could handle. */
export interface WatchedQueue {
  kind: "queue";
  queueName: string;
}

/** A service on Fargate. */
export interface WatchedService {
  kind: "service";
  clusterName: string;
  serviceName: string;
}

/** The two target groups of a service, by the ends of their ARNs. */
export interface WatchedTargets {
  kind: "targets";
  serviceName: string;
  loadBalancer: pulumi.Input<string>;
  blue: pulumi.Input<string>;
  green: pulumi.Input<string>;
}

/** An application load balancer, by the end of its ARN. */
export interface WatchedBalancer {
  kind: "balancer";
  /** What alarms call it. */
  balancerName: string;
  loadBalancer: pulumi.Input<string>;
}

export type Watched =
  WatchedFunction | WatchedApi | WatchedDatabase | WatchedQueue | WatchedService | WatchedTargets | WatchedBalancer;

const kinds: { [K in Watched["kind"]]: Kind<Extract<Watched, { kind: K }>> } = {
  function: {
    namespace: "AWS/Lambda",
    nameOf: ({ functionName }) => functionName,
    dimensions: ({ functionName }) => ({ FunctionName: functionName }),
    limits: ({ timeoutSeconds }) => ({ timeoutMillis: timeoutSeconds * 1000 }),
    objectives: functionObjectives,
  },
  api: {
    namespace: "AWS/ApiGateway",
    nameOf: ({ apiName }) => apiName,
    dimensions: ({ apiName, stageName }) => ({ ApiName: apiName, Stage: stageName }),
    limits: () => ({}),
    objectives: apiObjectives,
  },
  database: {
    namespace: "AWS/RDS",
    nameOf: ({ identifier }) => identifier,
    dimensions: ({ identifier }, { rule }): Dimensions =>
      rule ? { RuleName: `${identifier}-${rule}` } : { DBInstanceIdentifier: identifier },
    limits: ({ maxConnections, storageGiB }) => ({ maxConnections, storageBytes: storageGiB * 1024 ** 3 }),
    objectives: databaseObjectives,
  },
  queue: {
    namespace: "AWS/SQS",
    nameOf: ({ queueName }) => queueName,
    dimensions: ({ queueName }) => ({ QueueName: queueName }),
    limits: () => ({}),
    objectives: queueObjectives,
  },
  service: {
    namespace: "AWS/ECS",
    nameOf: ({ serviceName }) => serviceName,
    dimensions: ({ clusterName, serviceName }) => ({ ClusterName: clusterName, ServiceName: serviceName }),
    limits: () => ({}),
    objectives: serviceObjectives,
  },
  targets: {
    namespace: "AWS/ApplicationELB",
    nameOf: ({ serviceName }) => `${serviceName}-targets`,
    dimensions: ({ loadBalancer, ...groups }, { group = "blue" }) => ({
      LoadBalancer: loadBalancer,
      TargetGroup: groups[group],
    }),
    limits: () => ({}),
    objectives: targetObjectives,
  },
  balancer: {
    namespace: "AWS/ApplicationELB",
    nameOf: ({ balancerName }) => balancerName,
    dimensions: ({ loadBalancer }) => ({ LoadBalancer: loadBalancer }),
    limits: () => ({}),
    objectives: balancerObjectives,
  },
};

/** The kind of `resource`, for resources of any kind. */
export const kindOf = (resource: Watched) => kinds[resource.kind] as Kind<Watched>;
