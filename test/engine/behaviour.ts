import { isDeepStrictEqual } from "node:util";
import type { Inputs } from "../../local/answers/account.ts";
import { unknownValue } from "../../local/graph.ts";

/** Types whose chosen name no second thing of the account may have, with the input that holds it. */
export const takenNames: Record<string, string> = {
  "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
  "aws:cloudwatch/logGroup:LogGroup": "name",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "name",
  "aws:ecr/repository:Repository": "name",
  "aws:ecs/cluster:Cluster": "name",
  "aws:ecs/service:Service": "name",
  "aws:iam/policy:Policy": "name",
  "aws:iam/role:Role": "name",
  "aws:kms/alias:Alias": "name",
  "aws:lambda/function:Function": "name",
  "aws:rds/instance:Instance": "identifier",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:secretsmanager/secret:Secret": "name",
  "aws:sfn/stateMachine:StateMachine": "name",
  "aws:sns/topic:Topic": "name",
  "aws:sqs/queue:Queue": "name",
  "aws:ssm/parameter:Parameter": "name",
};

/** Inputs that AWS cannot change in place: a new value means a new thing. `*` stands for every input. */
const fixed: Record<string, string[]> = {
  "aws:apigatewayv2/vpcLink:VpcLink": ["subnetIds", "securityGroupIds"],
  "aws:appautoscaling/target:Target": ["resourceId", "scalableDimension", "serviceNamespace"],
  "aws:apigateway/deployment:Deployment": ["restApi", "triggers"],
  "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath"],
  "aws:apigateway/stage:Stage": ["restApi", "stageName"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["name", "logGroupName"],
  "aws:cognito/resourceServer:ResourceServer": ["identifier", "userPoolId"],
  "aws:cognito/userPool:UserPool": ["aliasAttributes", "usernameAttributes", "usernameConfiguration"],
  "aws:cognito/userPoolClient:UserPoolClient": ["userPoolId", "generateSecret"],
  "aws:cognito/userPoolDomain:UserPoolDomain": ["domain", "userPoolId"],
  "aws:ec2/securityGroup:SecurityGroup": ["name", "description", "vpcId"],
  "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock", "availabilityZone"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName", "vpcEndpointType"],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["repository"],
  "aws:ecr/repository:Repository": ["name", "encryptionConfigurations"],
  "aws:ecs/service:Service": ["cluster", "launchType", "schedulingStrategy"],
  // Nobody changes a revision; a new one is made.
  "aws:ecs/taskDefinition:TaskDefinition": ["*"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "role"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["*"],
  "aws:kms/key:Key": ["keyUsage", "customerMasterKeySpec", "multiRegion"],
  "aws:lambda/alias:Alias": ["name", "functionName"],
  "aws:lambda/function:Function": ["name", "packageType"],
  "aws:lambda/invocation:Invocation": ["*"],
  "aws:lambda/permission:Permission": ["*"],
  "aws:lb/listener:Listener": ["loadBalancerArn"],
  "aws:lb/listenerRule:ListenerRule": ["listenerArn"],
  "aws:lb/loadBalancer:LoadBalancer": ["internal", "loadBalancerType"],
  "aws:lb/targetGroup:TargetGroup": ["port", "protocol", "targetType", "vpcId"],
  "aws:rds/instance:Instance": ["engine", "username", "dbName", "kmsKeyId", "storageEncrypted"],
  "aws:rds/parameterGroup:ParameterGroup": ["name", "family", "description"],
  "aws:rds/subnetGroup:SubnetGroup": ["name"],
  "aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
  "aws:sqs/queue:Queue": ["name", "fifoQueue"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["*"],
  "aws:wafv2/webAcl:WebAcl": ["name", "scope"],
};

export interface Change {
  key: string;
  kind: "add" | "delete" | "update";
  replaces: boolean;
}

/** What differs between two sets of inputs; an unknown value always differs. */
export function changes(type: string, olds: Inputs, news: Inputs): Change[] {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((key) => !key.startsWith("__"));
  return keys
    .filter((key) => !isDeepStrictEqual(olds[key], news[key]))
    .map((key) => ({ key, kind: kindOf(olds[key], news[key]), replaces: isFixed(type, key) }));
}

const kindOf = (old: unknown, now: unknown) => (old === undefined ? "add" : now === undefined ? "delete" : "update");

function isFixed(type: string, key: string): boolean {
  const keys = fixed[type] ?? [];
  return keys.includes("*") || keys.includes(key) || key === takenNames[type];
}

/** A replacement must wait for the deletion of the old thing when both would have the same chosen name. */
export function deleteFirst(type: string, olds: Inputs, news: Inputs): boolean {
  const key = takenNames[type];
  return key !== undefined && news[key] !== undefined && isDeepStrictEqual(olds[key], news[key]);
}

/** Outputs that AWS computes anew on every update of a published function. */
const versioned = ["version", "qualifiedArn", "qualifiedInvokeArn"];

const publishes = (type: string, inputs: Inputs) => type === "aws:lambda/function:Function" && inputs.publish === true;

/** What the cloud added to a thing by itself. */
export function computed(state: Inputs, inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !(key in inputs)));
}

/** What a preview can know of an update's result: what the cloud added, under the new inputs, except what it will compute anew. */
export function foreseen(type: string, before: { state: Inputs; inputs: Inputs }, news: Inputs): Inputs {
  const renewed = publishes(type, news) ? versioned.filter((key) => key in before.state) : [];
  const unknowns = Object.fromEntries(renewed.map((key) => [key, unknownValue]));
  return { ...computed(before.state, before.inputs), ...news, ...unknowns };
}

/** The outputs after an update: a published function counts its version up. */
export function revised(type: string, before: { state: Inputs; inputs: Inputs }, state: Inputs): Inputs {
  if (!publishes(type, state)) return state;
  const version = String(Number(before.state.version ?? 0) + 1);
  const renewed = versioned.slice(1).filter((key) => typeof before.state[key] === "string");
  const old = new RegExp(`:${before.state.version}(?=$|/)`);
  const arns = renewed.map((key) => [key, before.state[key].replace(old, `:${version}`)]);
  return { ...state, version, ...Object.fromEntries(arns) };
}
