import { readDocument } from "../policies/iam/document.ts";
import { effectivePermissions } from "../policies/iam/permissions.ts";
import { includes } from "../policies/iam/prover.ts";
import type { Node } from "./graph.ts";

/** Why a client cannot use the database: there is no way to it, or it is not let in. */
export interface Refusal {
  kind: "unreachable" | "denied";
  /** For whoever looks at the laptop's output: what is missing in the program. */
  reason: string;
}

/**
 * Why the function or service called `name`, with these environment variables, cannot use the database, as security groups and
 * roles of the graph say; undefined when it can. A database on a laptop has neither, so the lane asks here.
 */
export function databaseRefusal(name: string, variables: Record<string, string>, nodes: Node[]): Refusal | undefined {
  // Whoever is told of no user asks for no database.
  if (!variables.DATABASE_SECRET_ARN && !variables.DATABASE_USER) return undefined;
  const instance = nodes.find(({ type }) => type === "aws:rds/instance:Instance")!;
  const { groups, role } = clientCalled(name, nodes);
  for (const [from, to] of hops(groups, variables.DATABASE_HOST, instance, nodes)) {
    if (!mayCall(from, to, nodes)) {
      return { kind: "unreachable", reason: `no security group of ${name} may call the database's` };
    }
  }
  const wanted = permissionFor(variables, instance);
  const held = effectivePermissions(documentsOf(role, nodes).map((policy) => readDocument(policy, "identity")));
  const asked = effectivePermissions([readDocument({ Version: "2012-10-17", Statement: [wanted] }, "identity")]);
  if (includes(held, asked).answer !== "violated") return undefined;
  return { kind: "denied", reason: `the role of ${name} has no ${wanted.Action} on ${wanted.Resource}` };
}

/** Security groups and role of a function, or of a service's tasks. */
function clientCalled(name: string, nodes: Node[]): { groups: string[]; role: string } {
  const node = nodes.find(
    ({ type, outputs }) =>
      (type === "aws:lambda/function:Function" || type === "aws:ecs/service:Service") && outputs.name === name,
  )!;
  const { inputs } = node;
  if (node.type === "aws:lambda/function:Function") {
    return { groups: inputs.vpcConfig?.securityGroupIds ?? [], role: inputs.role };
  }
  const task = nodes.find(({ outputs }) => outputs.arn === inputs.taskDefinition)!;
  return { groups: inputs.networkConfiguration?.securityGroups ?? [], role: task.inputs.taskRoleArn };
}

type Groups = readonly string[];

/** From the client to the database, by way of the proxy where its address is the one that the client knows. */
function hops(client: Groups, host: string | undefined, instance: Node, nodes: Node[]): [from: Groups, to: Groups][] {
  const target: Groups = instance.inputs.vpcSecurityGroupIds ?? [];
  const proxy = nodes.find(({ type, outputs }) => type === "aws:rds/proxy:Proxy" && outputs.endpoint === host);
  if (!proxy) return [[client, target]];
  const between: Groups = proxy.inputs.vpcSecurityGroupIds ?? [];
  return [
    [client, between],
    [between, target],
  ];
}

/** Whether the rules of both sides let one of the first groups call one of the second. */
function mayCall(from: Groups, to: Groups, nodes: Node[]): boolean {
  const rule = (kind: string, owner: string, other: string) =>
    nodes.some(
      ({ type, inputs }) =>
        type === `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule` &&
        inputs.securityGroupId === owner &&
        inputs.referencedSecurityGroupId === other,
    );
  return from.some((caller) => to.some((called) => rule("Egress", caller, called) && rule("Ingress", called, caller)));
}

/** What the client asks of IAM before it logs in: the owner's secret, or a token for its user. */
function permissionFor({ DATABASE_SECRET_ARN: secret, DATABASE_USER: user }: Record<string, string>, instance: Node) {
  const { arn, resourceId } = instance.outputs as { arn: string; resourceId: string };
  if (!secret) {
    const [, partition, , region, account] = arn.split(":");
    const resource = `arn:${partition}:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`;
    return { Effect: "Allow", Action: "rds-db:connect", Resource: resource };
  }
  // The tag that RDS puts on the secret it manages.
  const tagged = { StringEquals: { "secretsmanager:ResourceTag/aws:rds:primaryDBInstanceArn": arn } };
  return { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret, Condition: tagged };
}

function documentsOf(roleArn: string, nodes: Node[]): unknown[] {
  const role = nodes.find(({ type, outputs }) => type === "aws:iam/role:Role" && outputs.arn === roleArn);
  return nodes
    .filter(({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs.role === role?.id)
    .map(({ inputs }) => JSON.parse(inputs.policy) as unknown);
}
