import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { consoleHost } from "../console-host.ts";
import { alarmArn } from "../iam/arns.ts";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";
import { dashboardBody } from "./dashboard-body.ts";
import type { Watched } from "./objectives.ts";
import { watchesOf } from "./watch.ts";
import type { Tier } from "../tier.ts";

export interface DashboardArgs {
  place: Place;
  /** Whose bounds are drawn in. */
  tier: Tier;
  /** What is shown, in this order. */
  resources: readonly Watched[];
}

/** One page with every alarm and every watched metric of the stack. */
export class Dashboard extends pulumi.ComponentResource {
  /** Where to look at it. */
  readonly url: string;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Dashboard", name, {}, opts);
    const { dashboardName, dashboardBody: body } = validated(this, () => drawn(name, args));

    new cloudwatch.Dashboard(`${name}-page`, { dashboardName, dashboardBody: body }, { parent: this });

    const { region, partition } = args.place;
    this.url = `https://${region}.${consoleHost(partition)}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
    this.registerOutputs({ url: this.url });
  }
}

function drawn(name: string, { place, tier, resources }: DashboardArgs) {
  const watches = watchesOf(resources, tier);
  const alarms = watches.map(({ alarmName }) => alarmArn(place, alarmName));
  return { dashboardName: physicalName(place, name), dashboardBody: dashboardBody(place.region, watches, alarms) };
}
