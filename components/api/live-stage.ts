import * as apigateway from "@pulumi/aws/apigateway/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accessLogFormat } from "./access-log.ts";

interface LiveStageArgs {
  api: apigateway.RestApi;
  deployment: apigateway.Deployment;
  stageName: string;
  accessLogGroup: string;
  retentionInDays: number;
  /** Requests per second, and the burst above them, of each method: the gateway counts a stage's limits method by method. */
  throttleRate: number;
  throttleBurst: number;
  /** What must exist before the stage may log, and before the gateway may call what the deployment is about. */
  dependsOn: pulumi.ResourceOptions["dependsOn"];
}

/** The stage that clients call: logged, measured, traced and throttled on every method. */
export function liveStage(name: string, args: LiveStageArgs, child: pulumi.CustomResourceOptions): apigateway.Stage {
  const { api, deployment, stageName, retentionInDays, dependsOn } = args;
  const logs = (part: string, group: pulumi.Input<string>) =>
    new cloudwatch.LogGroup(`${name}-${part}-logs`, { name: group, retentionInDays }, child);

  const access = logs("access", args.accessLogGroup);
  // The gateway would create this group itself, and keep it for ever.
  const execution = logs("execution", pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${stageName}`);
  const stage = new apigateway.Stage(
    `${name}-stage`,
    {
      restApi: api.id,
      deployment: deployment.id,
      stageName,
      accessLogSettings: { destinationArn: access.arn, format: accessLogFormat },
      xrayTracingEnabled: true,
    },
    { ...child, dependsOn },
  );
  new apigateway.MethodSettings(
    `${name}-settings`,
    {
      restApi: api.id,
      stageName: stage.stageName,
      // The same for every method, not shared among them ("How throttling limit settings are applied" in the developer guide).
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        loggingLevel: "ERROR",
        dataTraceEnabled: false,
        throttlingRateLimit: args.throttleRate,
        throttlingBurstLimit: args.throttleBurst,
      },
    },
    { ...child, dependsOn: [execution] },
  );
  return stage;
}
