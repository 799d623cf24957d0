import { rule } from "../../../../policies/rules/iam/missing-permission.ts";
import { account, allow, deny, fn, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";
import { calls, code, container, flowLog, inVpc, logging, machine, task, traced } from "./code.ts";

const options = { calls };
const bucket = "arn:aws:s3:::letters/*";
const at = (name: string) => `arn:aws:logs:eu-west-1:${account}:log-group:${name}:log-stream:*`;
const placed = { outputs: { arn: `arn:aws:lambda:eu-west-1:${account}:function:it` } };
const logs = allow(["logs:CreateLogStream", "logs:PutLogEvents"], at("/letters"));
const active = { tracingConfig: { mode: "Active" } };
const own = { ArnEquals: { "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:${account}:function:it` } };
const mapping = (source: string) =>
  resource(
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    { functionName: "it", eventSourceArn: source },
    { name: "source" },
  );

laws(rule, {
  violates: {
    "a call that the role does not allow": {
      of: [role("worker"), grant("worker", logs), fn("it", "worker", code("reads"))],
      options,
      says: "GetObject of @aws-sdk/client-s3 (app/store.ts:7), which it runs, asks for s3:GetObject, which worker is not allowed",
    },
    "a call that is refused": {
      of: [
        role("worker"),
        grant("worker", logs, allow("s3:GetObject", bucket), deny("s3:*", "*")),
        fn("it", "worker", code("reads")),
      ],
      options,
      says: "asks for s3:GetObject",
    },
    "a call that is refused to the code alone": {
      of: [
        role("worker"),
        grant("worker", logs, allow("s3:GetObject", bucket), deny("s3:*", "*", { Condition: own })),
        fn("it", "worker", code("reads")),
      ],
      options,
      says: "asks for s3:GetObject",
    },
    "a log that the role may not write": {
      of: [
        role("worker"),
        grant("worker", logs),
        fn("it", "worker", { ...code("none"), ...logging("/other") }, placed),
      ],
      options,
      says: "the log of it asks for logs:CreateLogStream, logs:PutLogEvents on arn:aws:logs:",
    },
    "a function in a network that its role may not join": {
      of: [role("worker"), grant("worker", logs), fn("it", "worker", { ...code("none"), ...inVpc })],
      options,
      says: "the network interface of it asks for ec2:CreateNetworkInterface",
    },
    "an event source that the role may not read": {
      of: [
        role("worker"),
        grant("worker", logs, allow("sqs:ReceiveMessage", "*")),
        fn("it", "worker", code("none")),
        mapping(`arn:aws:sqs:eu-west-1:${account}:orders`),
      ],
      options,
      says: "the event source source asks for sqs:DeleteMessage, sqs:GetQueueAttributes",
    },
    "an image that the role of a task's start may not pull": {
      of: [role("starter"), grant("starter", allow("logs:*", "*")), task("far", container("none"))],
      options,
      says: /^the image of container "service" of it asks for ecr:GetAuthorizationToken/,
    },
    "traces that the role of a task may not send": {
      of: [role("worker"), grant("worker", allow("xray:PutTelemetryRecords", "*")), task("worker", traced())],
      options,
      says: "asks for xray:PutTraceSegments,",
    },
    "a state whose call the role does not allow": {
      of: [role("worker"), grant("worker", logs), machine(["arn:aws:states:::aws-sdk:cloudwatch:describeAlarms"])],
      says: "the state Step 0 of it asks for cloudwatch:DescribeAlarms, which worker is not allowed",
    },
    "a function that a state may not invoke": {
      of: [
        role("worker"),
        grant("worker", allow("lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${account}:function:other`)),
        machine([`arn:aws:lambda:eu-west-1:${account}:function:it`]),
      ],
      says: `asks for lambda:InvokeFunction on arn:aws:lambda:eu-west-1:${account}:function:it`,
    },
    "a flow log that may not write": {
      of: [role("worker"), grant("worker", allow("logs:CreateLogStream", "*")), flowLog("worker")],
      says: "the service that gets iamRoleArn of it asks for logs:PutLogEvents, logs:DescribeLogGroups, logs:DescribeLogStreams",
    },
  },
  passes: {
    "a call that the role allows": {
      of: [role("worker"), grant("worker", logs, allow("s3:Get*", bucket)), fn("it", "worker", code("reads"))],
      options,
    },
    "a call of another service of the same code": {
      of: [role("worker"), grant("worker", logs), fn("it", "worker", code("both", "letters"))],
      options,
    },
    "a network that is refused to the code alone": {
      of: [
        role("worker"),
        grant("worker", logs, allow("ec2:*NetworkInterface*", "*"), more(), deny("ec2:*", "*", { Condition: own })),
        fn("it", "worker", { ...code("none"), ...inVpc, ...active, ...logging("/letters") }, placed),
      ],
      options,
    },
    "a key that a call may need": {
      of: [role("worker"), grant("worker", logs, allow("s3:GetObject", bucket)), fn("it", "worker", code("reads"))],
      options,
    },
    "states whose calls the role allows": {
      of: [
        role("worker"),
        grant("worker", allow(["lambda:InvokeFunction", "cloudwatch:DescribeAlarms"], "*")),
        machine([
          "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "arn:aws:states:::aws-sdk:cloudwatch:describeAlarms",
        ]),
      ],
    },
    "a role of another stack": { of: [fn("it", "far", code("reads"))], options },
  },
});

function more() {
  const actions = ["ec2:DescribeSubnets", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"];
  return allow([...actions, "xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*");
}
