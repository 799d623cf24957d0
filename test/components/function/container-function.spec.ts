import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ContainerFunction, type ContainerFunctionArgs } from "../../../components/function/container-function.ts";
import { graph, inputsOf, only, unknownValue, type Node } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const imageUri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${"ab".repeat(32)}`;

const build = async (args: Partial<ContainerFunctionArgs> = {}, preview = false): Promise<Node[]> => {
  const program = () => void new ContainerFunction("api", { place, part: "api", imageUri, ...args });
  return (await graph(program, { preview })).nodes;
};

const functionIn = (nodes: Node[]) => only(nodes, "aws:lambda/function:Function").inputs;
const grantsIn = (nodes: Node[]) => JSON.parse(only(nodes, "aws:iam/rolePolicy:RolePolicy").inputs.policy).Statement;

const everything: Partial<ContainerFunctionArgs> = {
  command: ["hosts/lambda.handler"],
  environment: { SERVICE: "patients" },
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
  replacementSecurityGroupIds: ["sg-0"],
  reservedConcurrency: 5,
  provisionedConcurrency: 2,
  asynchronous: true,
};

describe("ContainerFunction", () => {
  it("runs the image it was given under a chosen name, traced and versioned", async () => {
    const { name, packageType, imageUri: ran, publish, tracingConfig } = functionIn(await build());
    assert.deepEqual([name, packageType, ran, publish], ["slipway-test-api", "Image", imageUri, true]);
    assert.deepEqual(tracingConfig, { mode: "Active" });
  });

  for (const [arg, input, standard, other] of [
    ["memoryMiB", "memorySize", 512, 1024],
    ["timeoutSeconds", "timeout", 15, 29],
    ["reservedConcurrency", "reservedConcurrentExecutions", undefined, 0],
    ["environment", "environment", undefined, { SERVICE: "patients" }],
    ["command", "imageConfig", undefined, ["hosts/lambda.handler"]],
    ["architecture", "architectures", ["x86_64"], "arm64"],
  ] as const) {
    it(`has ${arg} ${JSON.stringify(standard) ?? "left out"} unless told otherwise`, async () => {
      assert.deepEqual(functionIn(await build())[input], standard);
      const shapes: Record<string, unknown> = {
        environment: { variables: other },
        command: { commands: other },
        architecture: [other],
      };
      assert.deepEqual(functionIn(await build({ [arg]: other }))[input], shapes[arg] ?? other);
    });
  }

  it("logs JSON at INFO into its own group, kept for 30 days", async () => {
    const nodes = await build();
    const logGroup = "/aws/lambda/slipway-test-api";
    assert.deepEqual(functionIn(nodes).loggingConfig, {
      logFormat: "JSON",
      applicationLogLevel: "INFO",
      systemLogLevel: "INFO",
      logGroup,
    });
    assert.deepEqual(only(nodes, "aws:cloudwatch/logGroup:LogGroup").inputs, { name: logGroup, retentionInDays: 30 });
  });

  it("takes another log level and retention", async () => {
    const nodes = await build({ logLevel: "DEBUG", logRetentionDays: 365 });
    assert.equal(functionIn(nodes).loggingConfig.applicationLogLevel, "DEBUG");
    assert.equal(only(nodes, "aws:cloudwatch/logGroup:LogGroup").inputs.retentionInDays, 365);
  });

  it("may only write its own logs and traces, and never create a log group", async () => {
    const [logs, traces, ...more] = grantsIn(await build());
    assert.deepEqual(logs.Action, ["logs:CreateLogStream", "logs:PutLogEvents"]);
    const group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/slipway-test-api";
    assert.deepEqual(logs.Resource, [`${group}:log-stream:*`]);
    assert.deepEqual(traces.Action, ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]);
    assert.deepEqual(more, []);
  });

  it("adds exactly what the caller permits", async () => {
    const read = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::inbox/*"] };
    const added = grantsIn(await build({ permissions: [read] })).slice(2);
    assert.deepEqual(added, [{ Sid: "Read", Effect: "Allow", Action: read.actions, Resource: read.resources }]);
  });

  it("joins a VPC with rights that its code is denied", async () => {
    const nodes = await build({ subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] });
    assert.deepEqual(functionIn(nodes).vpcConfig, { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] });
    const statements = grantsIn(nodes).map(({ Sid, Effect }: any) => `${Effect} ${Sid}`);
    assert.deepEqual(statements.slice(2), [
      "Allow DescribeNetwork",
      "Allow JoinNetwork",
      "Allow LeaveNetwork",
      "Deny KeepNetworkFromCode",
    ]);
    assert.equal(functionIn(nodes).replaceSecurityGroupsOnDestroy, undefined);
  });

  it("hands its interfaces to the replacement groups before it goes", async () => {
    const { replaceSecurityGroupsOnDestroy, replacementSecurityGroupIds } = functionIn(await build(everything));
    assert.deepEqual([replaceSecurityGroupsOnDestroy, replacementSecurityGroupIds], [true, ["sg-0"]]);
  });

  it("puts the live alias on the published version", async () => {
    const alias = only(await build(), "aws:lambda/alias:Alias").inputs;
    assert.deepEqual(alias, { name: "live", functionName: "slipway-test-api", functionVersion: "1" });
  });

  it("keeps instances warm on the live alias, not on a version", async () => {
    const [warm] = inputsOf(await build({ provisionedConcurrency: 2 }), warmType);
    assert.deepEqual(warm, { functionName: "slipway-test-api", qualifier: "live", provisionedConcurrentExecutions: 2 });
    assert.deepEqual(inputsOf(await build(), warmType), []);
  });

  it("keeps failed asynchronous events for two weeks, encrypted and only over TLS", async () => {
    const nodes = await build({ asynchronous: true });
    const queue = "arn:aws:sqs:eu-west-1:123456789012:slipway-test-api-dead-letters";
    const { inputs } = only(nodes, "aws:sqs/queue:Queue");
    assert.deepEqual([inputs.sqsManagedSseEnabled, inputs.messageRetentionSeconds], [true, 1209600]);
    const invoke = only(nodes, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs;
    assert.deepEqual(
      [invoke.qualifier, invoke.maximumRetryAttempts, invoke.maximumEventAgeInSeconds],
      ["live", 2, 21600],
    );
    assert.deepEqual(invoke.destinationConfig, { onFailure: { destination: queue } });
    const [refusal] = JSON.parse(only(nodes, "aws:sqs/queuePolicy:QueuePolicy").inputs.policy).Statement;
    assert.deepEqual([refusal.Effect, refusal.Condition], ["Deny", { Bool: { "aws:SecureTransport": "false" } }]);
    const send = grantsIn(nodes).find(({ Sid }: any) => Sid === "SendToQueue");
    assert.deepEqual([send.Action, send.Resource], [["sqs:SendMessage"], [queue]]);
    assert.deepEqual(inputsOf(await build(), "aws:sqs/queue:Queue"), []);
  });

  it("tells its names before AWS has answered", async () => {
    const { outputs } = await graph(
      () => {
        const { functionName, liveArn, deadLetterQueueName } = new ContainerFunction("api", {
          ...{ place, part: "api", imageUri },
          asynchronous: true,
        });
        return { functionName, liveArn, deadLetterQueueName };
      },
      { preview: true },
    );
    const liveArn = "arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-api:live";
    assert.deepEqual(outputs, {
      functionName: "slipway-test-api",
      liveArn,
      deadLetterQueueName: "slipway-test-api-dead-letters",
    });
  });

  it("knows every policy document at preview", async () => {
    const [preview, update] = [await build(everything, true), await build(everything)].map(policiesIn);
    assert.equal(preview!.length, 3);
    assert.deepEqual(preview, update);
    assert.ok(!JSON.stringify(preview).includes(unknownValue));
  });

  for (const args of [{}, everything]) {
    it(`shows at preview what it creates at update, with ${Object.keys(args).length} options`, async () => {
      const nodes = await build(args);
      assert.deepEqual(outline(await build(args, true)), outline(nodes));
      assert.deepEqual(new Set(nodes.slice(1).map(({ parent }) => parent)), new Set(["api"]));
    });
  }

  it("takes an image that is not built yet", async () => {
    assert.equal(functionIn(await build({ imageUri: pulumi.output(imageUri) })).imageUri, imageUri);
  });

  for (const [why, args, message] of [
    [
      "a tag where a digest belongs",
      { imageUri: "app:latest" },
      /^imageUri must be pinned by digest, got "app:latest": use/,
    ],
    ["too little memory", { memoryMiB: 64 }, /^memoryMiB must be a whole number from 128 to 10240, got 64/],
    ["a quarter of an hour exceeded", { timeoutSeconds: 901 }, /^timeoutSeconds .* 1 to 900, got 901/],
    ["a fraction of a second", { timeoutSeconds: 0.5 }, /^timeoutSeconds .* got 0.5/],
    ["a retention CloudWatch does not know", { logRetentionDays: 31 }, /^logRetentionDays .* got 31: use 60/],
    ["logs kept for ever", { logRetentionDays: 0 }, /^logRetentionDays .* got 0: use 30/],
    ["subnets without groups", { subnetIds: ["subnet-1"] }, /^subnetIds, securityGroupIds .* belong together/],
    ["groups without subnets", { securityGroupIds: ["sg-1"] }, /^subnetIds, securityGroupIds .* belong together/],
    ["replacement groups outside a VPC", { replacementSecurityGroupIds: ["sg-1"] }, /belong together/],
    ["negative concurrency", { reservedConcurrency: -1 }, /^reservedConcurrency .* got -1/],
    ["no warm instance", { provisionedConcurrency: 0 }, /^provisionedConcurrency .* got 0/],
    [
      "more warm instances than may run",
      { provisionedConcurrency: 3, reservedConcurrency: 2 },
      /^provisionedConcurrency 3 is above reservedConcurrency 2/,
    ],
    ["an environment over 4 KB", { environment: { LONG: "x".repeat(4096) } }, /^environment has 4107 bytes, .* 4096/],
    ["a variable Lambda sets", { environment: { AWS_REGION: "x" } }, /^environment has a variable "AWS_REGION"/],
    ["a name too long", { part: "a".repeat(60) }, /characters, the service allows 64/],
    ["a name with capitals", { part: "Api" }, /lower-case words/],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args as Partial<ContainerFunctionArgs>), (error: Error) => {
        assert.ok(pulumi.ResourceError.isInstance(error) && error.hideStack);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

const warmType = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
