import assert from "node:assert/strict";
import { Fleet, type FleetDoor } from "../../components/fleet.ts";
import type { ServiceSettings } from "../../components/service-settings.ts";
import { collectorImageUri } from "../../components/service/collector.ts";
import { graph, inputsOf, only, type Node } from "../../local/graph.ts";
import { outline, place } from "./place.ts";
import { asFargate, asLambda, build, ways } from "./workload-fixture.ts";

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
    const functions = inputsOf(nodes, "aws:lambda/function:Function").map(({ name }) => name);
    assert.deepEqual(functions, ["slipway-test-patients-probe"]);
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
      ["fleet-front-group", "patients-probe-group", 9080],
      ["patients-group", "fleet-front-group", 8080],
    ]);
    const { networkConfiguration } = only(nodes, "aws:ecs/service:Service").inputs;
    assert.deepEqual(
      networkConfiguration.securityGroups.map((id: string) => groups.get(id)),
      ["fleet-tasks-group", "patients-group"],
    );
    assert.deepEqual(rules("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").sort(), [
      ["fleet-front-group", "patients-group", 8080],
      ["fleet-link-group", "fleet-front-group", 80],
      ["fleet-tasks-group", "0.0.0.0/0", 443],
      ["patients-probe-group", "fleet-front-group", 9080],
    ]);
  });

  it("reaches keys, images and AWS without the internet where the network has no way there", async () => {
    const { nodes } = await build(asFargate, true, false, { ways });
    const outs = inputsOf(nodes, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
    const tasks = nodes.find(({ name }) => name === "fleet-tasks-group")!.id;
    const reached = outs.filter(({ securityGroupId }) => securityGroupId === tasks);
    const targets = reached.map(
      ({ referencedSecurityGroupId, prefixListId, cidrIpv4 }) => referencedSecurityGroupId ?? prefixListId ?? cidrIpv4,
    );
    assert.deepEqual(targets, ["sg-endpoints", "pl-s3"]);
    const { containerDefinitions } = only(nodes, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    const [service, collector] = JSON.parse(containerDefinitions);
    const keys = service.environment.find(({ name }: { name: string }) => name === "TOKEN_JWKS_URI").value;
    assert.match(keys, /^https:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/live\/jwks\.json$/);
    const [, digest] = collectorImageUri.split("@");
    const repository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-test-fleet-collector";
    assert.equal(collector.image, `${repository}@${digest}`);
    const execution = nodes.find(({ name }) => name === "patients-execution-grant")!.inputs;
    const pull = JSON.parse(execution.policy).Statement.find(({ Sid }: { Sid: string }) => Sid === "PullImages");
    const images = ["slipway-test-app", "slipway-test-fleet-collector"];
    assert.deepEqual(
      pull.Resource,
      images.map((name) => `arn:aws:ecr:eu-west-1:123456789012:repository/${name}`),
    );
  });

  const { name: domainName, zoneId } = { name: "api.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
  const door: FleetDoor = { domain: { name: domainName, zoneId }, subnetIds: ["public-1", "public-2"] };
  const open: ServiceSettings = { ...asFargate, strategy: { kind: "rolling" }, public: true };

  const steps: ServiceSettings = { ...asFargate, strategy: { kind: "steps" } };
  for (const [settings, last] of [
    [asFargate, "patients-service"],
    [steps, "patients-revision"],
    [open, "patients-door-service"],
  ] as const) {
    it(`is called once ${last} stands, and not as soon as there is a load balancer`, async () => {
      const { backend } = (await build(settings, true, false, { door })).made;
      const awaited: Set<{ __name: string }> = await (backend as any).origin.allResources();
      assert.ok([...awaited].some(({ __name }) => __name === last));
    });
  }

  it("is reached by the internet under a name, with a token for each scope, and by the gateway in the same way", async () => {
    const { nodes, made } = await build(open, true, false, { door, internal: false });
    assert.deepEqual(inputsOf(nodes, "aws:apigatewayv2/vpcLink:VpcLink"), []);
    const { internal, subnets } = only(nodes, "aws:lb/loadBalancer:LoadBalancer").inputs;
    assert.deepEqual([internal, subnets], [false, ["public-1", "public-2"]]);
    const rules = inputsOf(nodes, "aws:lb/listenerRule:ListenerRule").sort((a, b) => a.priority - b.priority);
    assert.deepEqual(
      rules.map(({ actions }) => actions.map(({ type }: { type: string }) => type)),
      [["jwt-validation", "forward"], ["forward"]],
    );
    const { issuer, additionalClaims } = rules[0]!.actions[0].jwtValidation;
    assert.equal(issuer, "https://issuer");
    assert.deepEqual(additionalClaims[1].values, ["clinic/patients.read"]);
    assert.equal(made.backend.runtime, "public");
    // Nothing that belongs to this load balancer may be taken for what stood behind the other one.
    const bound = ["aws:ecs/service:Service", "aws:lb/targetGroup:TargetGroup", "aws:lb/listenerRule:ListenerRule"];
    const names = nodes.filter(({ type }) => bound.includes(type)).map(({ name }) => name);
    assert.equal(names.length, 5);
    assert.ok(names.every((name) => name.startsWith("patients-door-")));
    assert.deepEqual(
      made.watched.flatMap((watched) => (watched.kind === "service" ? [watched.serviceName] : [])),
      ["slipway-test-patients-door"],
    );
  });

  it("keeps to the inside what is not public, beside a door", async () => {
    const { nodes, made } = await build(asFargate, true, false, { door });
    const inside = ["fleet-front-listener", "fleet-front-test"];
    const listeners = inside.map((wanted) => nodes.find(({ name }) => name === wanted)!.outputs.arn);
    const rules = inputsOf(nodes, "aws:lb/listenerRule:ListenerRule").map(({ listenerArn }) => listenerArn);
    assert.deepEqual([rules, made.backend.runtime], [listeners, "fargate"]);
  });

  it("has a firewall in front of the door only where it is asked for", async () => {
    const guarded = async (firewall: boolean) =>
      inputsOf((await build(open, true, false, { door: { ...door, firewall } })).nodes, "aws:wafv2/webAcl:WebAcl")
        .length;
    assert.deepEqual([await guarded(false), await guarded(true)], [0, 1]);
  });

  it("lets the gateway through the door's firewall with everybody's tokens from one address", async () => {
    const given = { door: { ...door, firewall: true, openPaths: ["/health/patients"] } };
    const [acl] = inputsOf((await build(open, true, false, given)).nodes, "aws:wafv2/webAcl:WebAcl");
    const rates = acl!.rules.map(({ name, statement }: any) => [name, statement.rateBasedStatement?.aggregateKeyType]);
    assert.deepEqual(rates.slice(0, 2), [
      ["address-limit", "IP"],
      ["caller-limit", "CUSTOM_KEYS"],
    ]);
    assert.ok(
      JSON.stringify(acl!.rules[0].statement.rateBasedStatement.scopeDownStatement).includes("/health/patients"),
    );
  });

  it("fails where it is public and the fleet has no door, or not and there is nothing else", async () => {
    await assert.rejects(build(open), /service "patients" has public true: give the fleet a door/);
    await assert.rejects(
      build(asFargate, true, false, { door, internal: false }),
      /public false: give the fleet internal/,
    );
  });

  it("has its keys' API watched, since no token is verified without them", async () => {
    let kinds: string[] = [];
    await graph(() => {
      const fleet = new Fleet("fleet", { place, vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], ways });
      kinds = fleet.watched.map((watched) => (watched.kind === "api" ? watched.apiName : watched.kind));
    });
    assert.deepEqual(kinds, ["balancer", "slipway-test-fleet-keys"]);
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
