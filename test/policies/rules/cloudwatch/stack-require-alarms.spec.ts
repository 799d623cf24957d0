import { rule } from "../../../../policies/rules/cloudwatch/stack-require-alarms.ts";
import { laws, resource } from "../../laws.ts";

const fn = resource("aws:lambda/function:Function", { name: "slipway-prod-api" });
const alarm = (metricName: string, dimensions: object = { FunctionName: "slipway-prod-api" }) =>
  resource(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { name: metricName, metricName, dimensions },
    { name: metricName },
  );
const rate = resource(
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  {
    metricQueries: [
      { id: "rate", expression: "errors / calls" },
      { id: "errors", metric: alarm("Errors").props },
    ],
  },
  { name: "rate" },
);

/** A watched service whose deployments wait for the word of a function. */
const asking = (functionName: string) => {
  const hookTargetArn = `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`;
  const service = { name: "orders", deploymentConfiguration: { lifecycleHooks: [{ hookTargetArn }] } };
  const watched = ["CPUUtilization", "MemoryUtilization", "RunningTaskCount"];
  return [
    resource("aws:ecs/service:Service", service, { name: "orders" }),
    ...watched.map((metric) => alarm(metric, { ServiceName: "orders" })),
  ];
};

laws(rule, {
  violates: {
    "a function without alarms": { of: [fn], says: "no alarm on Errors of its FunctionName" },
    "half of them": { of: [fn, alarm("Errors")], says: "no alarm on Throttles" },
    "the alarms of another function": {
      of: [fn, alarm("Errors"), alarm("Throttles", { FunctionName: "other" })],
      says: "Throttles",
    },
    "a function of whom ECS asks another": { of: [fn, ...asking("slipway-prod-api-2")], says: "no alarm on Errors" },
    "an API without alarms": {
      of: [resource("aws:apigateway/restApi:RestApi", { name: "slipway-prod" })],
      says: "no alarm on 5XXError",
    },
    "a service without alarms": {
      of: [resource("aws:ecs/service:Service", { name: "slipway-prod-appointments" })],
      says: "no alarm on RunningTaskCount of its ServiceName",
    },
    "a database without alarms": {
      of: [resource("aws:rds/instance:Instance", { identifier: "slipway-prod" })],
      says: "FreeStorageSpace",
    },
  },
  passes: {
    "both alarms": { of: [fn, alarm("Errors"), alarm("Throttles")] },
    "an alarm on a rate": { of: [fn, rate, alarm("Throttles")] },
    "a function that ECS asks before it deploys": {
      of: [fn, ...asking("slipway-prod-api")],
    },
    "a function the program calls": {
      of: [fn, resource("aws:lambda/invocation:Invocation", { functionName: "slipway-prod-api" }, { name: "call" })],
    },
  },
});
