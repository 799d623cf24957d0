import assert from "node:assert/strict";
import { endpointsOf } from "../../../components/network/endpoint-uses.ts";
import { Network, type NetworkArgs } from "../../../components/network/network.ts";
import { graph, inputsOf, only, unknownValue, type Node } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const record = (args: Partial<NetworkArgs> = {}, preview = false) =>
  graph(
    () => {
      const network = new Network("network", { place, ...args });
      const { vpcId, isolatedSubnetIds, privateSubnetIds, publicSubnetIds } = network;
      return { vpcId, isolatedSubnetIds, privateSubnetIds, publicSubnetIds };
    },
    { preview },
  );
const build = async (args: Partial<NetworkArgs> = {}, preview = false) => (await record(args, preview)).nodes;

const vpcIn = (nodes: Node[]) => only(nodes, "awsx:ec2:Vpc").inputs;
const endpointsIn = (nodes: Node[]) =>
  inputsOf(nodes, "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ serviceName, vpcEndpointType }) => [
    serviceName,
    vpcEndpointType,
  ]);

describe("Network", () => {
  for (const [arg, input, standard, other] of [
    ["cidrBlock", "cidrBlock", "10.0.0.0/16", "10.8.0.0/20"],
    ["availabilityZones", "numberOfAvailabilityZones", 2, 3],
  ] as const) {
    it(`has ${arg} ${standard} unless told otherwise`, async () => {
      assert.equal(vpcIn(await build())[input], standard);
      assert.equal(vpcIn(await build({ [arg]: other }))[input], other);
    });
  }

  it("resolves the names of its endpoints and lays subnets out one by one", async () => {
    const { enableDnsHostnames, enableDnsSupport, subnetStrategy, availabilityZoneCidrMask } = vpcIn(await build());
    assert.deepEqual([enableDnsHostnames, enableDnsSupport], [true, true]);
    assert.deepEqual([subnetStrategy, availabilityZoneCidrMask], ["Auto", 18]);
  });

  for (const [egress, strategy, kinds, endpoints] of [
    ["none", "None", ["Private", "Isolated"], []],
    ["endpoints", "None", ["Private", "Isolated"], ["s3 Gateway", "secretsmanager Interface"]],
    ["single-nat", "Single", ["Private", "Isolated", "Public"], ["s3 Gateway"]],
    ["nat-per-az", "OnePerAz", ["Private", "Isolated", "Public"], ["s3 Gateway"]],
  ] as const) {
    it(`with egress ${egress} has ${kinds.length} kinds of subnets and ${endpoints.length} endpoints`, async () => {
      const nodes = await build({ egress });
      assert.deepEqual(vpcIn(nodes).natGateways, { strategy });
      assert.deepEqual(
        vpcIn(nodes).subnetSpecs.map(({ type }: any) => type),
        kinds,
      );
      const found = endpointsIn(nodes).map(
        ([service, type]) => `${service.replace("com.amazonaws.eu-west-1.", "")} ${type}`,
      );
      assert.deepEqual(found, endpoints);
    });
  }

  it("has endpoints unless told otherwise, for exactly the services named", async () => {
    assert.deepEqual(endpointsIn(await build()), endpointsIn(await build({ egress: "endpoints" })));
    const nodes = await build({ endpoints: { "ecr.api": [], logs: [] } });
    const found = endpointsIn(nodes).map(([service]) => service);
    assert.deepEqual(
      found,
      ["s3", "ecr.api", "logs"].map((service) => `com.amazonaws.eu-west-1.${service}`),
    );
  });

  it("holds each endpoint to what it was made for, and the way to S3 to images' layers", async () => {
    const nodes = await build({ endpoints: { ...endpointsOf(place), logs: [] } });
    const policyOf = (all: Node[], service: string) =>
      inputsOf(all, "aws:ec2/vpcEndpoint:VpcEndpoint").find(({ serviceName }) => serviceName.endsWith(service))!.policy;
    const [storage, secrets, logs] = ["s3", "secretsmanager", "logs"].map((service) => policyOf(nodes, service));
    assert.deepEqual(JSON.parse(storage).Statement[0].Action, ["s3:GetObject"]);
    assert.deepEqual(JSON.parse(secrets).Statement[0].Action, ["secretsmanager:GetSecretValue"]);
    assert.equal(logs, undefined);
    assert.equal(policyOf(await build({ egress: "single-nat" }), "s3"), undefined);
  });

  it("says which endpoints it has, and what they cost together", async () => {
    const { outputs } = await graph(() => {
      const network = new Network("network", { place, tasks: { commands: false } });
      const { endpoints, storagePrefixListId, monthlyCost } = network;
      return { endpoints, storagePrefixListId, monthlyCost };
    });
    const { endpoints, storagePrefixListId, monthlyCost } = outputs as Record<string, any>;
    const services = ["secretsmanager", "ecr.api", "ecr.dkr", "logs", "xray", "execute-api"];
    assert.deepEqual(endpoints, services);
    assert.match(storagePrefixListId, /^pl-/);
    assert.equal(monthlyCost, "endpoints: $96.36 a month and $0.01 a GB");
  });

  it("puts interface endpoints into private subnets, behind a group that admits nobody yet", async () => {
    const { nodes, outputs } = await record();
    const [, secrets] = inputsOf(nodes, "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.deepEqual(secrets!.subnetIds, outputs.privateSubnetIds);
    assert.equal(secrets!.privateDnsEnabled, true);
    assert.deepEqual(secrets!.securityGroupIds, [only(nodes, "aws:ec2/securityGroup:SecurityGroup").id]);
    assert.deepEqual(inputsOf(nodes, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), []);
  });

  it("routes S3 from every subnet", async () => {
    const [storage] = inputsOf(await build(), "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.equal(storage!.routeTableIds.length, 4);
  });

  it("closes the default security group", async () => {
    const { ingress, egress, vpcId } = only(await build(), "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs;
    assert.deepEqual([ingress, egress], [[], []]);
    assert.equal(vpcId, (await record()).outputs.vpcId);
  });

  it("adds public subnets for a load balancer, without a NAT gateway", async () => {
    const { nodes, outputs } = await record({ publicSubnets: true });
    assert.equal((outputs.publicSubnetIds as string[]).length, 2);
    assert.deepEqual(vpcIn(nodes).natGateways, { strategy: "None" });
    assert.deepEqual((await record()).outputs.publicSubnetIds, []);
  });

  it("records connections only when told to, in a group of its own", async () => {
    assert.deepEqual(inputsOf(await build(), "aws:ec2/flowLog:FlowLog"), []);
    const nodes = await build({ flowLogs: true, logRetentionDays: 365 });
    const { trafficType, logDestinationType } = only(nodes, "aws:ec2/flowLog:FlowLog").inputs;
    assert.deepEqual([trafficType, logDestinationType], ["ALL", "cloud-watch-logs"]);
    const logs = only(nodes, "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(logs, { name: "/aws/vpc/slipway-test-network", retentionInDays: 365 });
    const standard = only(await build({ flowLogs: true }), "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.equal(standard.retentionInDays, 30);
  });

  it("lets flow logs write that group and nothing else, for this account only", async () => {
    const [trust, grant] = policiesIn(await build({ flowLogs: true })).map(({ Statement }) => Statement);
    assert.deepEqual(trust[0].Condition, {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/*" },
    });
    const group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vpc/slipway-test-network";
    assert.deepEqual(grant[0].Resource, [group, `${group}:log-stream:*`]);
    assert.deepEqual(grant[1].Action, ["logs:DescribeLogGroups"]);
  });

  for (const args of [
    {},
    { egress: "none" },
    { egress: "nat-per-az", flowLogs: true, availabilityZones: 3 },
  ] as const) {
    it(`shows at preview what it creates at update, with ${JSON.stringify(args)}`, async () => {
      const [preview, update] = [await build(args, true), await build(args)];
      assert.deepEqual(outline(preview), outline(update));
      assert.deepEqual(policiesIn(preview), policiesIn(update));
      assert.ok(!JSON.stringify(policiesIn(preview)).includes(unknownValue));
    });
  }

  for (const [why, args, message] of [
    ["one zone", { availabilityZones: 1 }, /^availabilityZones must be 2 or 3, got 1: use 2/],
    ["an egress it does not know", { egress: "proxy" }, /^egress must be one of none, endpoints, .* got "proxy"/],
    ["a block of another size", { cidrBlock: "10.0.0.0/8" }, /^cidrBlock must be .* got "10.0.0.0\/8"/],
    [
      "endpoints beside a NAT gateway",
      { egress: "single-nat", endpoints: { logs: [] } },
      /^endpoints has no effect with egress single-nat/,
    ],
    [
      "a full service name",
      { endpoints: { "com.amazonaws.eu-west-1.logs": [] } },
      /^endpoints must name services .* got "com\.amazonaws/,
    ],
    ["an odd retention", { flowLogs: true, logRetentionDays: 2 }, /^logRetentionDays .* got 2: use 3/],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args as Partial<NetworkArgs>), { message });
    });
  }
});
