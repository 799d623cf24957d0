import { items, read, text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "cloudwatch-stack-require-alarms",
  topic: "logging",
  holds: "each function, service, API and database has the alarms that tell first",
  why: "Without them the first to notice an outage are its victims.",
  fix: "make a metric alarm for it",
  source: "AWS Well-Architected REL06-BP03",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  *checkStack(resources) {
    const alarms = ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm");
    const invocations = ofType(resources, "aws:lambda/invocation:Invocation");
    const deployed = ofType(resources, "aws:ecs/service:Service");
    const watched = watches.flatMap(({ type }) => ofType(resources, type));
    yield* about(watched, function* ({ type, props }) {
      const { dimension, nameIn, metrics } = watches.find((watch) => watch.type === type)!;
      const name = text(props, nameIn);
      // A function that the program itself invokes, or ECS asks before it deploys, fails the deployment, which is louder than an alarm.
      const ofFunction = dimension === "FunctionName";
      if (any(invocations, (one) => ofFunction && text(one.props, "functionName") === name)) return;
      if (any(deployed, (one) => ofFunction && any(hooksOf(one), (arn) => arn.endsWith(`:function:${name}`)))) return;
      for (const metric of metrics) {
        if (!any(alarms, (alarm) => watchesMetric(alarm, metric, dimension, name)))
          yield `no alarm on ${metric} of its ${dimension}`;
      }
    });
  },
};

/** The functions that ECS asks in the middle of a service's deployments. */
const hooksOf = ({ props }: Resource) =>
  items(props, "deploymentConfiguration.lifecycleHooks").flatMap((hook) => text(hook, "hookTargetArn") ?? []);

const watches = [
  { type: "aws:lambda/function:Function", dimension: "FunctionName", nameIn: "name", metrics: ["Errors", "Throttles"] },
  { type: "aws:apigateway/restApi:RestApi", dimension: "ApiName", nameIn: "name", metrics: ["5XXError", "Latency"] },
  {
    type: "aws:rds/instance:Instance",
    dimension: "DBInstanceIdentifier",
    nameIn: "identifier",
    metrics: ["CPUUtilization", "FreeStorageSpace"],
  },
  {
    type: "aws:ecs/service:Service",
    dimension: "ServiceName",
    nameIn: "name",
    metrics: ["CPUUtilization", "MemoryUtilization", "RunningTaskCount"],
  },
];

// An alarm watches one metric, or an expression over several.
function watchesMetric({ props }: Resource, metric: string, dimension: string, name: string | undefined): boolean {
  const metrics = [props, ...items(props, "metricQueries").map((query) => read(query, "metric"))];
  return any(metrics, (one) => text(one, "metricName") === metric && text(one, `dimensions.${dimension}`) === name);
}
