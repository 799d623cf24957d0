import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { physicalName, type Place } from "../names.ts";
import { serverErrorsMetric, type RollbackTrigger, type TriggerMetric } from "./rollback-triggers.ts";
import type { Tier } from "../tier.ts";

/** Whose new version the alarms watch. */
export interface WatchedVersion {
  place: Place;
  /** Last part of the alarms' names before what they watch. */
  part: string;
  tier: Tier;
  functionName: string;
  alias: string;
  version: pulumi.Input<string>;
}

/** The longest name of an alarm. */
const nameLimit = 255;

/** Name of the alarm of one trigger. */
export const rollbackAlarmName = (place: Place, part: string, id: string) =>
  physicalName(place, `${part}-new-${id}`, nameLimit);

/** Where the metrics of a new version are found, and what its alarms are called. */
export interface Watch {
  tier: Tier;
  alarmName: (id: string) => string;
  seriesOf: (source: TriggerMetric["source"]) => {
    namespace: string;
    dimensions: Record<string, pulumi.Input<string>>;
  };
}

/**
 * The alarms on what is about to get the traffic. They page nobody: what they do is take it off again. They look at the new version
 * alone, so what the old one does cannot set them off.
 */
export function rollbackAlarms(
  name: string,
  triggers: readonly RollbackTrigger[],
  { tier, alarmName, seriesOf }: Watch,
  opts: pulumi.CustomResourceOptions,
) {
  return triggers.map(({ id, title, threshold, minutes: byTier, metrics, expression }) => {
    const minutes = byTier[tier];
    const queries = Object.entries(metrics).map(([query, { source, name: metricName, statistic }]) => ({
      id: query,
      metric: { ...seriesOf(source), metricName, period: 60, stat: statistic },
    }));
    return new cloudwatch.MetricAlarm(
      `${name}-${id}`,
      {
        name: alarmName(id),
        alarmDescription: `rolls back: ${title}`,
        comparisonOperator: "GreaterThanThreshold",
        threshold,
        evaluationPeriods: minutes,
        datapointsToAlarm: minutes,
        treatMissingData: "notBreaching",
        metricQueries: [{ id: "watched", expression, label: title, returnData: true }, ...queries],
      },
      opts,
    );
  });
}

/** A version of a function under its alias. */
export const versionWatch = ({ place, part, tier, functionName, alias, version }: WatchedVersion): Watch => ({
  tier,
  alarmName: (id) => rollbackAlarmName(place, part, id),
  seriesOf(source) {
    if (source === "log") return { namespace: logNamespace(place, part), dimensions: { Version: version } };
    const dimensions = { FunctionName: functionName, Resource: `${functionName}:${alias}`, ExecutedVersion: version };
    return { namespace: "AWS/Lambda", dimensions };
  },
});

const logNamespace = (place: Place, part: string) => physicalName(place, `${part}-versions`, nameLimit);

/** Counts the answers of 500 and above in the function's log, by version: the gateway's own metric knows no versions. */
export function serverErrorCount(
  name: string,
  { place, part, logGroupName }: Pick<WatchedVersion, "place" | "part"> & { logGroupName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
) {
  return new cloudwatch.LogMetricFilter(
    `${name}-server-errors`,
    {
      name: physicalName(place, `${part}-server-errors`, nameLimit),
      logGroupName,
      // Of a request that was answered, or of an event that was no request: any line with the status of an answer.
      pattern: "{ $.status >= 500 }",
      metricTransformation: {
        name: serverErrorsMetric,
        namespace: logNamespace(place, part),
        value: "1",
        unit: "Count",
        dimensions: { Version: "$.function_version" },
      },
    },
    opts,
  );
}
