import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { alarmArn } from "../iam/arns.ts";
import type { Place } from "../names.ts";
import { validated } from "../validated.ts";
import type { Metric, Watched } from "./objectives.ts";
import { watchesOf, type Watch } from "./watch.ts";
import type { Tier } from "../tier.ts";

export interface AlarmsArgs {
  place: Place;
  /** Which of an objective's two bounds holds. */
  tier: Tier;
  /** What is watched, by names that begin with project and stack. */
  resources: readonly Watched[];
  /** Topic for what somebody must look at now. */
  pageTopicArn: pulumi.Input<string>;
  /** Topic for what can wait for working hours. */
  ticketTopicArn: pulumi.Input<string>;
  /** Page that says what to do, one heading per alarm: each alarm links to `<runbookUrl>#<kind>-<objective>`. Defaults to no link. */
  runbookUrl?: string;
}

/** One alarm per objective of each resource, all of them told to the topic of their severity, when they fire and when they end. */
export class Alarms extends pulumi.ComponentResource {
  /** Names of all alarms. */
  readonly alarmNames: readonly string[];
  readonly alarmArns: readonly string[];

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Alarms", name, {}, opts);
    const { place } = args;
    const watches = validated(this, () => check(args));
    const child = { parent: this };

    for (const watch of watches) {
      const topic = watch.objective.severity === "page" ? args.pageTopicArn : args.ticketTopicArn;
      const part = watch.alarmName.slice(prefixOf(place).length);
      new cloudwatch.MetricAlarm(
        `${name}-${part}`,
        {
          name: watch.alarmName,
          alarmDescription: descriptionOf(watch, args.runbookUrl),
          ...metricOf(watch),
          ...ruleOf(watch),
          alarmActions: [topic],
          okActions: [topic],
        },
        child,
      );
    }

    this.alarmNames = watches.map(({ alarmName }) => alarmName);
    this.alarmArns = this.alarmNames.map((alarmName) => alarmArn(place, alarmName));
    this.registerOutputs({ alarmNames: this.alarmNames });
  }
}

const prefixOf = ({ project, stack }: Place) => `${project}-${stack}-`;

function check({ place, tier, resources, runbookUrl }: AlarmsArgs): Watch[] {
  if (runbookUrl !== undefined && !URL.canParse(runbookUrl)) {
    throw new Error(`runbookUrl must be a URL, got "${runbookUrl}": give the page that says what to do`);
  }
  const watches = watchesOf(resources, tier);
  // The topics take messages from alarms with this prefix only.
  const foreign = watches.find(({ alarmName }) => !alarmName.startsWith(prefixOf(place)));
  if (foreign) {
    throw new Error(
      `resources has "${foreign.resource}", whose name does not begin with "${prefixOf(place)}": use names of this stack`,
    );
  }
  return watches;
}

function descriptionOf({ kind, objective }: Watch, runbookUrl?: string): string {
  const what = `${objective.severity}: ${objective.title}`;
  return runbookUrl === undefined ? what : `${what}. What to do: ${runbookUrl}#${kind}-${objective.id}`;
}

function ruleOf({ objective, threshold }: Watch) {
  return {
    comparisonOperator: objective.comparison,
    threshold,
    evaluationPeriods: objective.periods,
    datapointsToAlarm: objective.breaching,
    treatMissingData: objective.missing,
  };
}

// A single metric makes an alarm that other tools understand better than an expression.
function metricOf({ metrics: places, objective }: Watch) {
  const { metrics, expression, period, title } = objective;
  if (expression === undefined) {
    const [[id, { name, statistic }]] = Object.entries(metrics) as [[string, Metric]];
    return { ...places[id]!, metricName: name, period, ...statisticOf(statistic) };
  }
  const queries = Object.entries(metrics).map(([id, { name, statistic }]) => ({
    id,
    metric: { ...places[id]!, metricName: name, period, stat: statistic },
  }));
  return { metricQueries: [{ id: "watched", expression, label: title, returnData: true }, ...queries] };
}

const statisticOf = (statistic: string) => (/^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic });
