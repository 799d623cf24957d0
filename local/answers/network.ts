import { createHash } from "node:crypto";
import { account, arn, type Answers, type Inputs } from "./account.ts";

/** What AWS answers for VPCs and EC2 networking. */
export const networkAnswers: Answers = {
  "awsx:ec2:Vpc": (name, inputs) => {
    const zones = ["a", "b", "c"].slice(0, inputs.numberOfAvailabilityZones ?? 3);
    const kinds: string[] = (inputs.subnetSpecs ?? []).map(({ type }: Inputs) => type);
    const ids = (prefix: string, kind: string) =>
      kinds.includes(kind) ? zones.map((zone) => hexId(prefix, `${name}-${kind}-${zone}`)) : [];
    const all = (prefix: string) => kinds.flatMap((kind) => ids(prefix, kind)).map((id) => ({ id }));
    const vpcId = hexId("vpc", name);
    return {
      id: "",
      vpcId,
      vpc: { id: vpcId, cidrBlock: inputs.cidrBlock },
      publicSubnetIds: ids("subnet", "Public"),
      privateSubnetIds: ids("subnet", "Private"),
      isolatedSubnetIds: ids("subnet", "Isolated"),
      subnets: all("subnet"),
      routeTables: all("rtb"),
    };
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (name) => securityGroup(name),
  "aws:ec2/securityGroup:SecurityGroup": (name) => securityGroup(name),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (name) => securityGroupRule(name),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (name) => securityGroupRule(name),
  "aws:ec2/vpcEndpoint:VpcEndpoint": (name, { vpcEndpointType, serviceName }) => {
    const id = hexId("vpce", name);
    const gateway = vpcEndpointType === "Gateway" && { prefixListId: hexId("pl", serviceName).slice(0, 11) };
    return { id, arn: arn("ec2", `vpc-endpoint/${id}`), state: "available", ...gateway };
  },
  "aws:ec2/flowLog:FlowLog": (name) => {
    const id = hexId("fl", name);
    return { id, arn: arn("ec2", `vpc-flow-log/${id}`) };
  },
};

/** An id in the form EC2 gives, the same for the same seed. */
const hexId = (prefix: string, seed: string) =>
  `${prefix}-0${createHash("sha256").update(seed).digest("hex").slice(0, 16)}`;

const securityGroup = (name: string) => {
  const id = hexId("sg", name);
  return { id, arn: arn("ec2", `security-group/${id}`), ownerId: account.accountId };
};

const securityGroupRule = (name: string) => {
  const id = hexId("sgr", name);
  return { id, securityGroupRuleId: id, arn: arn("ec2", `security-group-rule/${id}`) };
};
