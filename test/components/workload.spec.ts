import assert from "node:assert/strict";
import { Fleet } from "../../components/fleet.ts";
import { slotwise } from "../../components/delivery/stepwise.ts";
import type { ServiceSettings } from "../../components/service-settings.ts";
import { workload, type Workload, type WorkloadArgs } from "../../components/workload.ts";
import { graph, inputsOf, only, type Node } from "../../local/graph.ts";
import { outline, place } from "./place.ts";
import { imageUri } from "./service/fixture.ts";

const asLambda: ServiceSettings = { runtime: "lambda", memoryMiB: 1024, timeoutSeconds: 9 };
const asFargate: ServiceSettings = {
  ...{ runtime: "fargate", cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 6, spotPercent: 50 },
  strategy: { kind: "canary", percent: 10, bakeMinutes: 10 },
};

async function build(settings: ServiceSettings, withFleet = true, preview = false) {
  let made: Workload | undefined;
  const program = () => {
    const fleet = withFleet
      ? new Fleet("fleet", { place, vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] })
      : undefined;
    const args: WorkloadArgs = {
      ...{ place, part: "patients", imageUri, environment: { SERVICE: "patients" }, permissions: [], settings },
      asFunction: { command: ["hosts/lambda.handler"] },
      asServer: {
        ...{ repositoryName: "slipway-test-app", entryPoint: ["/var/lang/bin/node"], command: ["hosts/server.mjs"] },
        ...{ user: "1000:1000", containerPort: 8080, stopSeconds: 25, healthPath: "/health/patients", priority: 100 },
        ...{ paths: ["/patients", "/patients/*"], environment: { TOKEN_ISSUER: "https://issuer" }, vpcId: "vpc-1" },
        ...{ subnetIds: ["subnet-1", "subnet-2"], fleet, shift: slotwise("patients", { place }) },
      },
    };
    made = workload("patients", args, {});
  };
  const { nodes } = await graph(program, { preview });
  return { nodes, made: made! };
}

describe("a workload", () => {
  it("is a function, reached by its alias and watched as one", async () => {
    const { nodes, made } = await build(asLambda, false);
    const { memorySize, timeout, environment } = only(nodes, "aws:lambda/function:Function").inputs;
    assert.deepEqual([memorySize, timeout, environment.variables], [1024, 9, { SERVICE: "patients" }]);
    assert.deepEqual([made.backend.runtime, made.logGroupName], ["lambda", "/aws/lambda/slipway-test-patients"]);
    assert.deepEqual(made.watched, [{ kind: "function", functionName: "slipway-test-patients", timeoutSeconds: 9 }]);
    assert.deepEqual(inputsOf(nodes, "aws:ecs/service:Service"), []);
  });

  it("is a service on Fargate, reached by the fleet's link and told whose tokens count", async () => {
    const { nodes, made } = await build(asFargate);
    const { cpu, memory, containerDefinitions } = only(nodes, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    assert.deepEqual([cpu, memory], ["512", "1024"]);
    const [container] = JSON.parse(containerDefinitions);
    const variables = Object.fromEntries(container.environment.map(({ name, value }: any) => [name, value]));
    assert.deepEqual(
      [variables.SERVICE, variables.TOKEN_ISSUER, variables.PORT],
      ["patients", "https://issuer", "8080"],
    );
    assert.deepEqual(
      made.watched.map(({ kind }) => kind),
      ["service", "targets"],
    );
    assert.equal(made.backend.runtime, "fargate");
    assert.equal(only(nodes, "aws:ecs/service:Service").inputs.deploymentConfiguration.strategy, "CANARY");
    assert.deepEqual(inputsOf(nodes, "aws:lambda/function:Function"), []);
  });

  it("lets the gateway call the load balancer, that the tasks, and nobody else anybody", async () => {
    const { nodes } = await build(asFargate);
    const groups = new Map(
      nodes.filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup").map(({ id, name }) => [id, name]),
    );
    const rules = (type: string) =>
      inputsOf(nodes, type).map(({ securityGroupId, referencedSecurityGroupId, cidrIpv4, fromPort }) => [
        ...[groups.get(securityGroupId), groups.get(referencedSecurityGroupId) ?? cidrIpv4, fromPort],
      ]);
    assert.deepEqual(rules("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").sort(), [
      ["fleet-front-group", "fleet-link-group", 80],
      ["fleet-tasks-group", "fleet-front-group", 8080],
    ]);
    assert.deepEqual(rules("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").sort(), [
      ["fleet-front-group", "fleet-tasks-group", 8080],
      ["fleet-link-group", "fleet-front-group", 80],
      ["fleet-tasks-group", "0.0.0.0/0", 443],
    ]);
  });

  for (const settings of [asLambda, asFargate]) {
    it(`shows at preview what it creates at update on ${settings.runtime}`, async () => {
      const names = async (preview: boolean): Promise<string[]> =>
        outline((await build(settings, true, preview)).nodes as Node[]);
      assert.deepEqual(await names(true), await names(false));
    });
  }

  it("fails on Fargate without a fleet", async () => {
    await assert.rejects(build(asFargate, false), /service "patients" runs on Fargate and needs a fleet/);
  });
});
