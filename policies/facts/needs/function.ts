import { ofType, type Resource } from "../../resource.ts";
import { pointsTo } from "../links.ts";
import { items, text } from "../reading.ts";
import { leaveAt, leaving, takeFrom, taking } from "./destination.ts";
import { groupArn, placeOf } from "./logs.ts";
import type { Question } from "./needs.ts";

/**
 * What Lambda asks of a function's role besides what its code calls. From the Lambda developer guide: "Sending Lambda function logs
 * to CloudWatch Logs", "Giving Lambda functions access to resources in an Amazon VPC", "Visualize Lambda function invocations using
 * AWS X-Ray", "Configuring file system access", "Lambda execution role".
 */
export function functionQuestions(one: Resource, resources: readonly Resource[]): Question[] {
  const { props, name } = one;
  const groupName = () => text(props, "loggingConfig.logGroup") ?? `/aws/lambda/${text(props, "name") ?? name}`;
  const own = (from: Resource, path: string) => pointsTo(from, path, one);
  return [
    {
      about: writing,
      *ask() {
        const on = groupArn(placeOf(one), groupName());
        yield { actions: writing, ...(on && { on }), who: `the log of ${name}` };
      },
    },
    {
      about: ["logs:CreateLogGroup"],
      *ask() {
        const group = groupName();
        const owned = ofType(resources, "aws:cloudwatch/logGroup:LogGroup").some(
          (one) => text(one.props, "name") === group,
        );
        // Lambda makes the group only where nobody did
        if (!owned) yield { actions: [], may: ["logs:CreateLogGroup"], who: `the log of ${name}` };
      },
    },
    {
      about: networking,
      *ask() {
        if (items(props, "vpcConfig.subnetIds").length > 0)
          yield { actions: networking, who: `the network interface of ${name}` };
      },
    },
    {
      about: tracing,
      *ask() {
        if (text(props, "tracingConfig.mode") === "Active") yield { actions: tracing, who: `the tracing of ${name}` };
      },
    },
    {
      about: leaving,
      *ask() {
        const target = text(props, "deadLetterConfig.targetArn");
        if (target) yield leaveAt(target, `the dead-letter queue of ${name}`);
        for (const config of ofType(resources, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")) {
          for (const path of ["onFailure", "onSuccess"].map((way) => `destinationConfig.${way}.destination`)) {
            const arn = text(config.props, path);
            if (arn && own(config, "functionName")) yield leaveAt(arn, `the destination ${config.name}`);
          }
        }
      },
    },
    {
      about: [...taking, ...leaving],
      *ask() {
        for (const mapping of ofType(resources, "aws:lambda/eventSourceMapping:EventSourceMapping")) {
          if (!own(mapping, "functionName")) continue;
          yield takeFrom(text(mapping.props, "eventSourceArn"), `the event source ${mapping.name}`);
          const failed = text(mapping.props, "destinationConfig.onFailure.destinationArn");
          if (failed) yield leaveAt(failed, `the destination of ${mapping.name}`);
        }
      },
    },
    {
      about: ["kms:Decrypt"],
      *ask() {
        const key = text(props, "kmsKeyArn");
        if (key) yield { actions: [], may: ["kms:Decrypt"], who: `the environment of ${name}` };
      },
    },
    {
      about: mounting,
      *ask() {
        if (text(props, "fileSystemConfig.arn"))
          yield { actions: mounting.slice(0, 1), may: mounting.slice(1), who: `the file system of ${name}` };
      },
    },
    {
      *ask() {
        if (items(props, "layers").length > 0) yield { unread: `what the layers of ${name} call` };
      },
    },
  ];
}

const writing = ["logs:CreateLogStream", "logs:PutLogEvents"];
const tracing = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
const mounting = ["ClientMount", "ClientWrite", "ClientRootAccess"].map((action) => `elasticfilesystem:${action}`);
const networking = ["CreateNetworkInterface", "DeleteNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets"]
  .concat(["AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"])
  .map((action) => `ec2:${action}`);
