import type { Resource } from "../resource.ts";
import { targetsAmong } from "./targets.ts";
import { isUnknown, UnknownValue } from "./unknown.ts";

/** A role handed to a service by a resource of the stack. */
export interface RoleUse {
  readonly by: Resource;
  /** Path of the input that names the role. */
  readonly path: string;
  /** Who assumes it, for example `lambda.amazonaws.com`. */
  readonly service: string;
  /** The role; undefined when it is not of the stack. */
  readonly role?: Resource;
  /** Why it cannot be told which role it is. */
  readonly unknown?: UnknownValue;
}

/** Where the AWS provider takes roles: type, path, and the service that assumes the role. From each service's user guide. */
const takes: readonly (readonly [type: string, path: string, service: string])[] = [
  ["aws:lambda/function:Function", "role", "lambda"],
  ["aws:ecs/taskDefinition:TaskDefinition", "taskRoleArn", "ecs-tasks"],
  ["aws:ecs/taskDefinition:TaskDefinition", "executionRoleArn", "ecs-tasks"],
  ["aws:ecs/service:Service", "iamRole", "ecs"],
  ["aws:ecs/service:Service", "deploymentConfiguration.lifecycleHooks.*.roleArn", "ecs"],
  ["aws:ecs/service:Service", "loadBalancers.*.advancedConfiguration.roleArn", "ecs"],
  ["aws:iam/instanceProfile:InstanceProfile", "role", "ec2"],
  ["aws:rds/instance:Instance", "monitoringRoleArn", "monitoring.rds"],
  ["aws:rds/cluster:Cluster", "monitoringRoleArn", "monitoring.rds"],
  ["aws:rds/proxy:Proxy", "roleArn", "rds"],
  ["aws:ec2/flowLog:FlowLog", "iamRoleArn", "vpc-flow-logs"],
  ["aws:apigateway/account:Account", "cloudwatchRoleArn", "apigateway"],
  ["aws:apigateway/integration:Integration", "credentials", "apigateway"],
  ["aws:apigateway/authorizer:Authorizer", "authorizerCredentials", "apigateway"],
  ["aws:apigatewayv2/integration:Integration", "credentialsArn", "apigateway"],
  ["aws:sfn/stateMachine:StateMachine", "roleArn", "states"],
  ["aws:scheduler/schedule:Schedule", "target.roleArn", "scheduler"],
  ["aws:pipes/pipe:Pipe", "roleArn", "pipes"],
  ["aws:cloudwatch/eventTarget:EventTarget", "roleArn", "events"],
  ["aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "roleArn", "logs"],
  ["aws:cloudtrail/trail:Trail", "cloudWatchLogsRoleArn", "cloudtrail"],
  ["aws:codebuild/project:Project", "serviceRole", "codebuild"],
  ["aws:codepipeline/pipeline:Pipeline", "roleArn", "codepipeline"],
  ["aws:codedeploy/deploymentGroup:DeploymentGroup", "serviceRoleArn", "codedeploy"],
  ["aws:cognito/userPool:UserPool", "smsConfiguration.snsCallerArn", "cognito-idp"],
  ["aws:s3/bucketReplicationConfig:BucketReplicationConfig", "role", "s3"],
  ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "extendedS3Configuration.roleArn", "firehose"],
  ["aws:backup/selection:Selection", "iamRoleArn", "backup"],
];

/** Every use of a role in the stack. */
export function roleUses(resources: readonly Resource[]): readonly RoleUse[] {
  let found = known.get(resources);
  if (!found) known.set(resources, (found = usesIn(resources)));
  return found;
}

/** One list of resources is asked by many rules. */
const known = new WeakMap<readonly Resource[], readonly RoleUse[]>();

const byType = new Map(takes.map(([type]) => [type, takes.filter((one) => one[0] === type)]));

function usesIn(resources: readonly Resource[]): RoleUse[] {
  const roles = targetsAmong(resources.filter(({ type }) => type === "aws:iam/role:Role"));
  return resources.flatMap((by) =>
    (byType.get(by.type) ?? []).flatMap(([, path, name]) =>
      valuesAt(by.props, path.split(".")).map((value): RoleUse => {
        const [property = ""] = path.split(".");
        const role = roles.find(value, by, property);
        const use = { by, path, service: `${name}.amazonaws.com` };
        return role === "unclear" ? { ...use, unknown: new UnknownValue(path) } : { ...use, role };
      }),
    ),
  );
}

function valuesAt(from: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (from === undefined || from === null || from === "") return [];
  if (key === undefined || isUnknown(from)) return [from];
  if (key === "*") return Array.isArray(from) ? from.flatMap((item) => valuesAt(item, rest)) : [];
  return typeof from === "object" ? valuesAt((from as Record<string, unknown>)[key], rest) : [];
}

/**
 * Whether any input of a resource mentions the role, known or by where it comes from. Throws UnknownValue when an input is
 * unknown and nobody recorded where it comes from.
 */
export function mentions({ props, dependencies }: Resource, role: Resource): boolean {
  const names = [role.outputs?.["arn"] ?? role.props["arn"], role.outputs?.["name"] ?? role.props["name"]];
  const known = names.filter((name): name is string => typeof name === "string" && !isUnknown(name) && name !== "");
  let unknown: string | undefined;
  const within = (value: unknown, path: string): boolean => {
    if (isUnknown(value)) unknown ??= path;
    if (typeof value === "string")
      return known.some((name) => (name.startsWith("arn:") ? value.includes(name) : value === name));
    if (typeof value !== "object" || value === null) return false;
    return Object.entries(value).some(([key, inner]) => within(inner, path === "" ? key : `${path}.${key}`));
  };
  if (within(props, "")) return true;
  if (Object.values(dependencies ?? {}).some((from) => from.includes(role.urn ?? role.name))) return true;
  if (unknown !== undefined && !dependencies) throw new UnknownValue(unknown);
  return false;
}
