import { rule } from "../../../../policies/rules/iam/unused-permission.ts";
import { account, allow, fn, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";
import { calls, code, container, flowLog, inVpc, logging, machine, task, traced } from "./code.ts";

const bucket = "arn:aws:s3:::letters/*";
const options = { calls };
const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:db-??????`;
const at = (name: string) => `arn:aws:logs:eu-west-1:${account}:log-group:${name}:log-stream:*`;
const invoke = ["arn:aws:states:::lambda:invoke"];
const shift = ["arn:aws:states:::aws-sdk:lambda:updateAlias"];
const failing = {
  tracingConfig: { mode: "Active" },
  deadLetterConfig: { targetArn: `arn:aws:sqs:eu-west-1:${account}:failed` },
};
const placed = { outputs: { arn: `arn:aws:lambda:eu-west-1:${account}:function:it` } };

laws(rule, {
  violates: {
    "a permission that no code calls": {
      of: [
        role("worker"),
        grant("worker", allow(["s3:GetObject", "s3:PutObject"], bucket)),
        fn("it", "worker", code("reads")),
      ],
      options,
      says: "policy statement #0 allows s3:PutObject, which nothing asks for as worker",
    },
    "what only another service of the same code calls": {
      of: [role("worker"), grant("worker", allow("s3:GetObject", bucket)), fn("it", "worker", code("both", "letters"))],
      options,
      says: "allows s3:GetObject",
    },
    "a pattern that allows more than is called": {
      of: [role("worker"), grant("worker", allow("s3:Get*", bucket)), fn("it", "worker", code("reads"))],
      options,
      says: /allows s3:Get\w+, s3:Get\w+, s3:Get\w+, s3:Get\w+ and \d+ more, which nothing asks for/,
    },
    "the right to join a network for a function outside of it": {
      of: [role("worker"), grant("worker", allow("ec2:CreateNetworkInterface", "*")), fn("it", "worker", code("none"))],
      options,
      says: "ec2:CreateNetworkInterface",
    },
    "the right to trace for a function that is not traced": {
      of: [role("worker"), grant("worker", allow("xray:PutTraceSegments", "*")), fn("it", "worker", code("none"))],
      options,
      says: "xray:PutTraceSegments",
    },
    "the right to make a log group that the stack owns": {
      of: [
        role("worker"),
        resource("aws:cloudwatch/logGroup:LogGroup", { name: "/letters" }, { name: "logs" }),
        grant("worker", allow("logs:CreateLogGroup", "*")),
        fn("it", "worker", { ...code("none"), ...logging("/letters") }),
      ],
      options,
      says: "logs:CreateLogGroup",
    },
    "the right to write another function's log": {
      of: [
        role("worker"),
        grant("worker", allow(["logs:CreateLogStream", "logs:PutLogEvents"], at("/other"))),
        fn("it", "worker", { ...code("none"), ...logging("/letters") }, placed),
      ],
      options,
      says: "logs:CreateLogStream, logs:PutLogEvents",
    },
    "a secret that the role of a task's start reads and no container gets": {
      of: [
        role("worker"),
        grant("worker", allow("secretsmanager:GetSecretValue", secret)),
        task("none", container("none"), "worker"),
      ],
      options,
      says: "secretsmanager:GetSecretValue",
    },
    "telemetry that the collector beside a task does not send": {
      of: [
        role("worker"),
        grant("worker", allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")),
        task("worker", traced()),
      ],
      options,
      says: "allows xray:PutTelemetryRecords,",
    },
    "a channel into tasks that no service opens": {
      of: [
        role("worker"),
        grant("worker", allow("ssmmessages:OpenDataChannel", "*")),
        task("worker", container("none")),
      ],
      options,
      says: "ssmmessages:OpenDataChannel",
    },
    "a call that no state of a machine makes": {
      of: [
        role("worker"),
        grant("worker", allow(["lambda:UpdateAlias", "lambda:InvokeFunction"], "*")),
        machine(["arn:aws:states:::aws-sdk:lambda:updateAlias"]),
      ],
      says: "allows lambda:InvokeFunction, which nothing asks for as worker",
    },
    "the log of a machine that keeps none": {
      of: [role("worker"), grant("worker", allow("logs:CreateLogDelivery", "*")), machine([...invoke])],
      says: "logs:CreateLogDelivery",
    },
    "what flow logs do not do": {
      of: [
        role("worker"),
        grant("worker", allow(["logs:PutLogEvents", "logs:DeleteLogStream"], "*")),
        flowLog("worker"),
      ],
      says: "allows logs:DeleteLogStream,",
    },
  },
  passes: {
    "what the code calls, and the key of what it reads": {
      of: [
        role("worker"),
        grant("worker", allow("s3:GetObject", bucket), allow("kms:Decrypt", "*")),
        fn("it", "worker", code("reads")),
      ],
      options,
    },
    "what the chosen service calls": {
      of: [role("worker"), grant("worker", allow("s3:GetObject", bucket)), fn("it", "worker", code("both", "reports"))],
      options,
    },
    "what Lambda itself needs": {
      of: [
        role("worker"),
        grant(
          "worker",
          allow(["logs:CreateLogStream", "logs:PutLogEvents"], at("/letters")),
          allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
          allow(["ec2:CreateNetworkInterface", "ec2:DescribeSubnets"], "*"),
          allow("sqs:SendMessage", `arn:aws:sqs:eu-west-1:${account}:failed`),
        ),
        fn("it", "worker", { ...code("none"), ...logging("/letters"), ...inVpc, ...failing }, placed),
      ],
      options,
    },
    "what starting a task needs": {
      of: [
        role("worker"),
        grant(
          "worker",
          allow(["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "logs:PutLogEvents"], "*"),
          allow("secretsmanager:GetSecretValue", secret),
        ),
        task("none", container("none", { secrets: [{ name: "A", valueFrom: secret }] }), "worker"),
      ],
      options,
    },
    "telemetry that the collector beside a task sends": {
      of: [
        role("worker"),
        grant("worker", allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")),
        task("worker", traced({ telemetry: { enabled: true } })),
      ],
      options,
    },
    "telemetry that a copy of the collector sends": {
      of: [
        role("worker"),
        grant("worker", allow("xray:PutTraceSegments", "*")),
        task("worker", { ...traced(), image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/copy@sha256:1` }),
      ],
      options,
    },
    "commands in tasks that a service allows": {
      of: [
        role("worker"),
        grant("worker", allow("ssmmessages:OpenDataChannel", "*")),
        task("worker", container("none")),
        resource("aws:ecs/service:Service", { enableExecuteCommand: true, taskDefinition: "it" }, { name: "service" }),
      ],
      options,
    },
    "what the states of a machine call, its log and its traces": {
      of: [
        role("worker"),
        grant(
          "worker",
          allow(["lambda:InvokeFunction", "lambda:UpdateAlias", "events:PutEvents", "sqs:SendMessage"], "*"),
          allow(["logs:CreateLogDelivery", "xray:GetSamplingRules"], "*"),
        ),
        machine([...invoke, "arn:aws:states:::sqs:sendMessage", "arn:aws:states:::events:putEvents", ...shift], {
          loggingConfiguration: { level: "ALL" },
          tracingConfiguration: { enabled: true },
        }),
      ],
    },
    "the roles of a revision that a machine loads": {
      of: [
        role("worker"),
        grant("worker", allow(["ecs:UpdateService", "iam:PassRole"], "*")),
        machine(["arn:aws:states:::aws-sdk:ecs:updateService"]),
      ],
    },
    "a role that no code runs as": { of: [role("worker"), grant("worker", allow("s3:GetObject", bucket))], options },
  },
});
