import assert from "node:assert/strict";
import type { ServiceSettings } from "../../components/service-settings.ts";
import { inputsOf, only, type Node } from "../../local/graph.ts";
import { outline, policiesIn } from "./place.ts";
import { asFargate, build } from "./workload-fixture.ts";

const native = (kind: "rolling" | "blue-green" | "canary" | "linear"): ServiceSettings => ({
  ...asFargate,
  strategy: { kind, percent: 10, bakeMinutes: 10 } as never,
});
const named = (nodes: Node[], name: string) => nodes.find((node) => node.name === name)!;
const functionName = "slipway-test-patients-probe";
const functionArn = `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`;

describe("PreTrafficProbe", () => {
  let nodes: Node[];
  before(async () => void ({ nodes } = await build(asFargate)));

  it("runs the service's own image in the network, and asks for its health behind the test port", () => {
    const { inputs } = named(nodes, "patients-probe-run-function");
    const { dnsName } = only(nodes, "aws:lb/loadBalancer:LoadBalancer").outputs;
    assert.deepEqual(
      [inputs.name, inputs.imageConfig.commands, inputs.environment.variables, inputs.vpcConfig.subnetIds],
      [
        ...[functionName, ["hosts/probe.handler"]],
        ...[{ PROBE_URL: `http://${dnsName}:9080/health/patients` }, ["subnet-1", "subnet-2"]],
      ],
    );
    const { containerDefinitions } = only(nodes, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    assert.equal(inputs.imageUri, JSON.parse(containerDefinitions)[0].image);
  });

  it("may call the test port of the one load balancer, and nothing else", () => {
    const group = named(nodes, "patients-probe-group").id;
    const front = named(nodes, "fleet-front-group").id;
    assert.deepEqual(named(nodes, "patients-probe-run-function").inputs.vpcConfig.securityGroupIds, [group]);
    const outs = inputsOf(nodes, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
    const own = outs.filter(({ securityGroupId }) => securityGroupId === group);
    assert.deepEqual(
      own.map(({ referencedSecurityGroupId, fromPort, toPort }) => [referencedSecurityGroupId, fromPort, toPort]),
      [[front, 9080, 9080]],
    );
    const ins = inputsOf(nodes, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    const testers = ins.filter(({ fromPort }) => fromPort === 9080);
    assert.deepEqual(
      testers.map(({ securityGroupId, referencedSecurityGroupId }) => [securityGroupId, referencedSecurityGroupId]),
      [[front, group]],
    );
  });

  it("writes its own log and traces, joins the network by the service Lambda, and may do nothing else", () => {
    const { Statement } = JSON.parse(named(nodes, "patients-probe-run-grant").inputs.policy);
    assert.deepEqual(Statement.map(({ Sid, Effect }: { Sid: string; Effect: string }) => `${Effect} ${Sid}`).sort(), [
      "Allow DescribeNetwork",
      "Allow JoinNetwork",
      "Allow LeaveNetwork",
      "Allow SendTraces",
      "Allow WriteLogs",
      "Deny KeepNetworkFromCode",
    ]);
    assert.equal(named(nodes, "patients-probe-run-logs").inputs.name, `/aws/lambda/${functionName}`);
  });

  it("is asked by ECS once the new tasks have the test port, through a role that may ask it alone", () => {
    const { deploymentConfiguration, loadBalancers } = only(nodes, "aws:ecs/service:Service").inputs;
    const [hook, ...more] = deploymentConfiguration.lifecycleHooks;
    assert.deepEqual(
      [hook.targetType, hook.hookTargetArn, hook.lifecycleStages, more],
      ["AWS_LAMBDA", functionArn, ["POST_TEST_TRAFFIC_SHIFT"], []],
    );
    const [{ advancedConfiguration }] = loadBalancers;
    assert.equal(advancedConfiguration.testListenerRule, named(nodes, "patients-test-rule").outputs.arn);
    const [statement, ...others] = JSON.parse(named(nodes, "patients-hook-grant").inputs.policy).Statement;
    assert.deepEqual([statement.Action, statement.Resource, others], [["lambda:InvokeFunction"], [functionArn], []]);
  });

  for (const kind of ["blue-green", "linear"] as const) {
    it(`is there under ${kind} as well`, async () => {
      const { nodes: other } = await build(native(kind));
      const { deploymentConfiguration } = only(other, "aws:ecs/service:Service").inputs;
      assert.equal(deploymentConfiguration.lifecycleHooks[0].hookTargetArn, functionArn);
    });
  }

  it("is not there where nothing is shifted by ECS, and the test port is, closed to everybody", async () => {
    for (const strategy of [{ kind: "rolling" }, { kind: "steps" }] as const) {
      const { nodes: other } = await build({ ...asFargate, strategy });
      assert.deepEqual(inputsOf(other, "aws:lambda/function:Function"), []);
      assert.ok(named(other, "patients-test-rule"));
      const ins = inputsOf(other, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      assert.deepEqual(
        ins.filter(({ fromPort }) => fromPort === 9080),
        [],
      );
    }
  });

  it("shows at preview what it creates at update, every document known", async () => {
    const { nodes: preview } = await build(asFargate, true, true);
    assert.deepEqual([outline(preview), policiesIn(preview)], [outline(nodes), policiesIn(nodes)]);
  });
});
