import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../names.ts";
import { Alarms } from "./alarms.ts";
import { Dashboard } from "./dashboard.ts";
import { Notices } from "./notices.ts";
import type { Watched } from "./objectives.ts";
import { SavedQueries } from "./saved-queries.ts";
import { Tracing } from "./tracing.ts";
import type { Tier } from "../tier.ts";

export interface ObservabilityArgs {
  place: Place;
  /** Which of an objective's two bounds holds. */
  tier: Tier;
  /** Everything that is watched, by names that begin with project and stack. */
  resources: readonly Watched[];
  /** Log groups of the services, JSON lines. */
  serviceLogGroups: readonly string[];
  /** The API's access log. */
  accessLogGroup: string;
  /** Page that says what to do about each alarm. Defaults to no link. */
  runbookUrl?: string;
  /** Who is told of alarms. Defaults to nobody. */
  emails?: readonly string[];
}

/** All eyes on a stack: alarms and whom they tell, one dashboard, saved log queries, traces; every number from one table. */
export class Observability extends pulumi.ComponentResource {
  /** Where to look first. */
  readonly dashboardUrl: string;
  readonly alarmNames: readonly string[];

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Observability", name, {}, opts);
    const { place, tier, resources, accessLogGroup, serviceLogGroups, runbookUrl, emails = [] } = args;
    const child = { parent: this };

    const notices = new Notices(`${name}-notices`, { place, pageEmails: emails, ticketEmails: emails }, child);
    const { pageTopicArn, ticketTopicArn } = notices;
    const told = { pageTopicArn, ticketTopicArn, runbookUrl };
    const alarms = new Alarms(`${name}-alarms`, { place, tier, resources, ...told }, child);
    const dashboard = new Dashboard(`${name}-dashboard`, { place, tier, resources }, child);
    new SavedQueries(`${name}-queries`, { place, serviceLogGroups, accessLogGroup }, child);
    new Tracing(`${name}-traces`, { place, services: resources.flatMap(tracedName) }, child);

    this.dashboardUrl = dashboard.url;
    this.alarmNames = alarms.alarmNames;
    this.registerOutputs({ dashboardUrl: this.dashboardUrl, alarmNames: this.alarmNames });
  }
}

/** The name under which X-Ray shows the segments of a resource, if it sends any. */
function tracedName(resource: Watched): string[] {
  if (resource.kind === "function") return [resource.functionName];
  if (resource.kind === "service") return [resource.serviceName];
  if (resource.kind === "api") return [`${resource.apiName}/${resource.stageName}`];
  return [];
}
