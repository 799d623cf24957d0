import assert from "node:assert/strict";
import { ClientGroup, type ClientGroupArgs } from "../../../components/network/client-group.ts";
import { graph, inputsOf, only } from "../../../local/graph.ts";
import { outline } from "../place.ts";

const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const build = async (args: Partial<ClientGroupArgs> = {}, preview = false) => {
  const program = () => void new ClientGroup("functions", { vpcId: "vpc-1", purpose: "Functions", ...args });
  return (await graph(program, { preview })).nodes;
};

describe("ClientGroup", () => {
  it("neither calls nor is called by anybody by itself", async () => {
    const nodes = await build();
    assert.deepEqual([...inputsOf(nodes, ingress), ...inputsOf(nodes, egress)], []);
    const group = only(nodes, "aws:ec2/securityGroup:SecurityGroup").inputs;
    assert.deepEqual(group, { vpcId: "vpc-1", description: "Functions" });
  });

  it("calls endpoints on port 443, by group", async () => {
    const nodes = await build({ endpointSecurityGroupId: "sg-endpoints" });
    const own = only(nodes, "aws:ec2/securityGroup:SecurityGroup").id;
    const rule = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "Functions to AWS services" };
    const out = { ...rule, securityGroupId: own, referencedSecurityGroupId: "sg-endpoints" };
    const into = { ...rule, securityGroupId: "sg-endpoints", referencedSecurityGroupId: own };
    assert.deepEqual(inputsOf(nodes, egress), [out]);
    assert.deepEqual(inputsOf(nodes, ingress), [into]);
  });

  it("reads from S3 by the list of its addresses only", async () => {
    const [rule, ...more] = inputsOf(await build({ storagePrefixListId: "pl-s3" }), egress);
    const { prefixListId, cidrIpv4, fromPort, toPort, description } = rule!;
    assert.deepEqual([prefixListId, cidrIpv4, fromPort, toPort, more.length], ["pl-s3", undefined, 443, 443, 0]);
    assert.equal(description, "Functions to S3");
  });

  it("calls the internet over HTTPS only when told to", async () => {
    const [rule, ...more] = inputsOf(await build({ internet: true }), egress);
    assert.deepEqual([rule!.cidrIpv4, rule!.fromPort, rule!.toPort, more.length], ["0.0.0.0/0", 443, 443, 0]);
  });

  it("shows at preview what it creates at update", async () => {
    const args = { endpointSecurityGroupId: "sg-endpoints", internet: true };
    assert.deepEqual(outline(await build(args, true)), outline(await build(args)));
  });
});
