import assert from "node:assert/strict";
import validate from "asl-validator";
import * as pulumi from "@pulumi/pulumi";
import { Rollout, type RolloutArgs } from "../../../components/delivery/rollout.ts";
import { graph, inputsOf, only, unknownValue, type Node } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const functionName = "slipway-test-patients";
const request = { method: "GET", path: "/health/patients" };

const build = async (args: Partial<RolloutArgs> = {}, preview = false): Promise<Node[]> => {
  const standard = {
    place,
    part: "patients",
    functionName,
    version: "14",
    logGroupName: `/aws/lambda/${functionName}`,
  };
  return (await graph(() => void new Rollout("patients-rollout", { ...standard, ...args }), { preview })).nodes;
};

const machineIn = (nodes: Node[]) => only(nodes, "aws:sfn/stateMachine:StateMachine").inputs;
const definitionIn = (nodes: Node[]) => JSON.parse(machineIn(nodes).definition);
const alarmsIn = (nodes: Node[]) => inputsOf(nodes, "aws:cloudwatch/metricAlarm:MetricAlarm");
const grantsIn = (nodes: Node[]) => JSON.parse(only(nodes, "aws:iam/rolePolicy:RolePolicy").inputs.policy).Statement;
const shiftsIn = (nodes: Node[]) => Object.keys(definitionIn(nodes).States).filter((name) => name.startsWith("Shift"));

describe("Rollout", () => {
  it("shifts 10, 50, 100 per cent and watches each for two minutes more than its slowest alarm needs", async () => {
    const nodes = await build();
    assert.deepEqual(shiftsIn(nodes), ["Shift to 10 per cent", "Shift to 50 per cent", "Shift to 100 per cent"]);
    assert.match(definitionIn(nodes).Comment, /^Shifts traffic 10, 50, 100 per cent, 7 minutes each, under 3 alarms$/);
    assert.match(definitionIn(await build({ tier: "dev" })).Comment, /3 minutes each/);
  });

  it("takes other steps and bakes, as long as an execution can be", async () => {
    const nodes = await build({ steps: [100], bakeMinutes: 20 });
    assert.deepEqual(shiftsIn(nodes), ["Shift to 100 per cent"]);
    assert.match(definitionIn(nodes).Comment, /20 minutes each/);
    assert.match(definitionIn(await build({ bakeMinutes: 666 })).Comment, /666 minutes each/);
  });

  for (const args of [
    {},
    { steps: [1, 2, 3, 100], smokeTest: { request } },
    { smokeTest: { functionName: "slipway-test-probe" } },
  ]) {
    it(`has a definition that Step Functions takes, with ${JSON.stringify(args)}`, async () => {
      const { isValid, errors } = validate(definitionIn(await build(args)));
      assert.deepEqual([isValid, errors], [true, []]);
    });
  }

  for (const partition of ["aws", "aws-cn", "aws-us-gov"]) {
    it(`calls what is in its partition ${partition}`, async () => {
      const nodes = await build({ place: { ...place, partition }, smokeTest: { request } });
      const tasks = Object.values<{ Resource?: string }>(definitionIn(nodes).States).filter(({ Resource }) => Resource);
      assert.deepEqual(
        [...new Set(tasks.map(({ Resource }) => Resource))].sort(),
        ["aws-sdk:cloudwatch:describeAlarms", "aws-sdk:lambda:updateAlias", "lambda:invoke"].map(
          (call) => `arn:${partition}:states:::${call}`,
        ),
      );
    });
  }

  it("is logged in full, traced, under a chosen name", async () => {
    const nodes = await build();
    const { name, loggingConfiguration, tracingConfiguration } = machineIn(nodes);
    assert.deepEqual([name, tracingConfiguration], ["slipway-test-patients-rollout", { enabled: true }]);
    assert.deepEqual(loggingConfiguration, {
      level: "ALL",
      includeExecutionData: true,
      logDestination:
        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/slipway-test-patients-rollout:*",
    });
    const { inputs } = only(nodes, "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(inputs, { name: "/aws/vendedlogs/states/slipway-test-patients-rollout", retentionInDays: 30 });
  });

  it("may move the aliases of its function and read its alarms, and nothing else of anybody", async () => {
    const [shift, read, ...rest] = grantsIn(await build({ alarms: [{ name: "checkout-errors", minutes: 2 }] }));
    const lambda = "arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-patients";
    assert.deepEqual([shift.Action, shift.Resource], [["lambda:UpdateAlias"], [lambda]]);
    assert.deepEqual(read.Action, ["cloudwatch:DescribeAlarms"]);
    const alarms = [
      "slipway-test-patients-new-errors",
      "slipway-test-patients-new-server-errors",
      "slipway-test-patients-new-duration",
      "checkout-errors",
    ];
    assert.deepEqual(
      read.Resource,
      alarms.map((name) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`),
    );
    assert.deepEqual(
      rest.map(({ Sid }: any) => Sid),
      ["DeliverLogs", "SendTraces", "ReadSampling"],
    );
  });

  it("can be assumed by its own state machine only", async () => {
    const [trust] = JSON.parse(only(await build(), "aws:iam/role:Role").inputs.assumeRolePolicy).Statement;
    assert.deepEqual(trust.Principal, { Service: "states.amazonaws.com" });
    assert.deepEqual(trust.Condition, {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:states:eu-west-1:123456789012:stateMachine:slipway-test-patients-rollout" },
    });
  });

  it("watches the new version under the alias alone, and pages nobody", async () => {
    const alarms = alarmsIn(await build());
    const series = alarms.flatMap(({ metricQueries }) => metricQueries.flatMap(({ metric }: any) => metric ?? []));
    const ofVersion = { FunctionName: functionName, Resource: `${functionName}:live`, ExecutedVersion: "14" };
    for (const { namespace, dimensions } of series) {
      assert.deepEqual(dimensions, namespace === "AWS/Lambda" ? ofVersion : { Version: "14" });
    }
    assert.deepEqual(
      alarms
        .map(({ name, alarmActions, treatMissingData, evaluationPeriods }) => [
          name,
          alarmActions,
          treatMissingData,
          evaluationPeriods,
        ])
        .sort(),
      [
        ["slipway-test-patients-new-duration", undefined, "notBreaching", 5],
        ["slipway-test-patients-new-errors", undefined, "notBreaching", 1],
        ["slipway-test-patients-new-server-errors", undefined, "notBreaching", 1],
      ],
    );
  });

  it("counts answers of 500 and above by the version that gave them", async () => {
    const { inputs } = only(await build(), "aws:cloudwatch/logMetricFilter:LogMetricFilter");
    assert.equal(inputs.pattern, "{ $.status >= 500 }");
    assert.deepEqual(inputs.metricTransformation, {
      name: "ServerErrors",
      namespace: "slipway-test-patients-versions",
      value: "1",
      unit: "Count",
      dimensions: { Version: "$.function_version" },
    });
  });

  it("tries a new version through the test alias before it has traffic", async () => {
    const nodes = await build({ smokeTest: { request } });
    const alias = only(nodes, "aws:lambda/alias:Alias").inputs;
    assert.deepEqual(alias, { name: "test", functionName, functionVersion: "14" });
    const smoke = grantsIn(nodes).find(({ Sid }: any) => Sid === "SmokeTest");
    assert.deepEqual(smoke.Resource, ["arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-patients:test"]);
    assert.deepEqual(definitionIn(nodes).States["Smoke test"].Parameters.Payload.path, "/health/patients");
    assert.deepEqual(inputsOf(await build(), "aws:lambda/alias:Alias"), []);
  });

  it("lets a function of the caller's try it, and may invoke that one alone", async () => {
    const nodes = await build({ smokeTest: { functionName: "slipway-test-probe" } });
    const { Parameters } = definitionIn(nodes).States["Smoke test"];
    assert.deepEqual(Parameters, {
      FunctionName: "slipway-test-probe",
      Payload: { functionName, alias: "test", "version.$": "$.to" },
    });
    const smoke = grantsIn(nodes).find(({ Sid }: any) => Sid === "SmokeTest");
    assert.deepEqual(smoke.Resource, ["arn:aws:lambda:eu-west-1:123456789012:function:slipway-test-probe"]);
  });

  it("knows every document at preview, and shows what it creates at update", async () => {
    const args = { smokeTest: { request }, version: pulumi.output("14") };
    const [preview, update] = [await build(args, true), await build(args)];
    assert.deepEqual([outline(preview), policiesIn(preview)], [outline(update), policiesIn(update)]);
    assert.equal(machineIn(preview).definition, machineIn(update).definition);
    assert.ok(!JSON.stringify(policiesIn(preview)).includes(unknownValue));
  });
});
