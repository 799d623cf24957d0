import * as xray from "@pulumi/aws/xray/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";

export interface TracingArgs {
  place: Place;
  /** Names under which segments of this stack appear: functions, and APIs as `<api>/<stage>`. */
  services: readonly string[];
  /** Share of requests traced beyond the first of each second: 0 to 1. Defaults to 0.05. */
  sampledShare?: number;
  /** Whether X-Ray looks for anomalies itself, which is paid per trace. Defaults to false. */
  insights?: boolean;
}

/** What X-Ray records of this stack, and one place to look at its traces. */
export class Tracing extends pulumi.ComponentResource {
  /** Name of the X-Ray group. */
  readonly groupName: string;

  constructor(name: string, args: TracingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Tracing", name, {}, opts);
    const { groupName, serviceName, fixedRate } = validated(this, () => check(name, args));
    const child = { parent: this };

    new xray.SamplingRule(
      `${name}-sampling`,
      {
        ruleName: groupName,
        serviceName,
        priority: 1000,
        reservoirSize: 1,
        fixedRate,
        host: "*",
        httpMethod: "*",
        urlPath: "*",
        serviceType: "*",
        resourceArn: "*",
        version: 1,
      },
      child,
    );
    const filterExpression = args.services.map((service) => `service("${service}")`).join(" OR ");
    const insightsConfiguration = { insightsEnabled: args.insights ?? false, notificationsEnabled: false };
    new xray.Group(`${name}-group`, { groupName, filterExpression, insightsConfiguration }, child);

    this.groupName = groupName;
    this.registerOutputs({ groupName });
  }
}

function check(name: string, { place, services, sampledShare = 0.05 }: TracingArgs) {
  if (services.length === 0) {
    throw new Error("services is empty: name at least one service whose traces the group shows");
  }
  if (!(sampledShare >= 0 && sampledShare <= 1)) {
    throw new Error(`sampledShare must be from 0 to 1, got ${sampledShare}: change sampledShare`);
  }
  // Groups and rules of X-Ray take 32 characters, a rule's service name 64.
  return {
    groupName: physicalName(place, name, 32),
    serviceName: `${place.project}-${place.stack}-*`,
    fixedRate: sampledShare,
  };
}
