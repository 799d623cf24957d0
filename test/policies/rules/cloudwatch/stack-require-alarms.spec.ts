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

laws(rule, {
  violates: {
    "a function without alarms": { of: [fn], says: "no alarm on Errors of its FunctionName" },
    "half of them": { of: [fn, alarm("Errors")], says: "no alarm on Throttles" },
    "the alarms of another function": {
      of: [fn, alarm("Errors"), alarm("Throttles", { FunctionName: "other" })],
      says: "Throttles",
    },
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
    "a function the program calls": {
      of: [fn, resource("aws:lambda/invocation:Invocation", { functionName: "slipway-prod-api" }, { name: "call" })],
    },
  },
});
