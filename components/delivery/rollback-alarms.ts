import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { physicalName, type Place } from "../names.ts";
import { rollbackTriggers, serverErrorsMetric, type RollbackTrigger, type Tier } from "./rollback-triggers.ts";

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

/**
 * The alarms on the version that is about to get the traffic. They page nobody: what they do is take the version off again.
 * They look at that version alone, under the alias, so what the old version does cannot set them off.
 */
export function rollbackAlarms(name: string, watched: WatchedVersion, opts: pulumi.CustomResourceOptions) {
  const { place, part, tier } = watched;
  return rollbackTriggers.map((trigger) => {
    const minutes = trigger.minutes[tier];
    return new cloudwatch.MetricAlarm(
      `${name}-new-${trigger.id}`,
      {
        name: rollbackAlarmName(place, part, trigger.id),
        alarmDescription: `rolls back: ${trigger.title}`,
        comparisonOperator: "GreaterThanThreshold",
        threshold: trigger.threshold,
        evaluationPeriods: minutes,
        datapointsToAlarm: minutes,
        treatMissingData: "notBreaching",
        metricQueries: queriesOf(trigger, watched),
      },
      opts,
    );
  });
}

function queriesOf({ metrics, expression, title }: RollbackTrigger, watched: WatchedVersion) {
  const queries = Object.entries(metrics).map(([id, { source, name, statistic }]) => ({
    id,
    metric: { ...seriesOf(source, watched), metricName: name, period: 60, stat: statistic },
  }));
  return [{ id: "watched", expression, label: title, returnData: true }, ...queries];
}

function seriesOf(source: "lambda" | "log", { place, part, functionName, alias, version }: WatchedVersion) {
  if (source === "log") return { namespace: logNamespace(place, part), dimensions: { Version: version } };
  const dimensions = { FunctionName: functionName, Resource: `${functionName}:${alias}`, ExecutedVersion: version };
  return { namespace: "AWS/Lambda", dimensions };
}

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
