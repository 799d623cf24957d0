import type { Resource } from "../../resource.ts";
import { items, text } from "../reading.ts";
import type { Asked, Question } from "./needs.ts";

type Lists = Pick<Asked, "actions" | "may">;

const logs = (...names: string[]) => names.map((name) => `logs:${name}`);

/** What services ask of roles that they are given for one purpose, by type and input; each list from the manual that is named. */
const purposes: Readonly<Record<string, Lists>> = {
  // Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs"
  "aws:ec2/flowLog:FlowLog iamRoleArn": {
    actions: logs("CreateLogStream", "PutLogEvents", "DescribeLogGroups", "DescribeLogStreams"),
    may: logs("CreateLogGroup"),
  },
  // the AWS managed policy AmazonRDSEnhancedMonitoringRole
  "aws:rds/instance:Instance monitoringRoleArn": {
    actions: logs("CreateLogGroup", "PutRetentionPolicy", "CreateLogStream", "PutLogEvents"),
    may: logs("DescribeLogStreams", "GetLogEvents"),
  },
  // the AWS managed policy AmazonAPIGatewayPushToCloudWatchLogs, which API Gateway tries before it takes the role
  "aws:apigateway/account:Account cloudwatchRoleArn": {
    actions: logs(
      "CreateLogGroup",
      "CreateLogStream",
      "DescribeLogGroups",
      "DescribeLogStreams",
      "PutLogEvents",
    ).concat(logs("GetLogEvents", "FilterLogEvents")),
  },
  // the AWS managed policy AmazonECSInfrastructureRolePolicyForLoadBalancers
  "aws:ecs/service:Service loadBalancers.*.advancedConfiguration.roleArn": {
    actions: ["DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth"]
      .concat(["ModifyListener", "ModifyRule", "RegisterTargets", "DeregisterTargets"])
      .map((action) => `elasticloadbalancing:${action}`),
  },
  // ECS developer guide, "Permissions required for Lambda functions in Amazon ECS blue/green deployments"
  "aws:ecs/service:Service deploymentConfiguration.lifecycleHooks.*.roleArn": { actions: ["lambda:InvokeFunction"] },
};

/** What a service asks of a role for the one thing it is given for; undefined for a purpose that is not known here. */
export function serviceQuestions(by: Resource, path: string): Question[] | undefined {
  const lists = purposes[`${by.type} ${path}`];
  if (lists)
    return [{ ask: () => [{ ...lists, who: `the service that gets ${path.split(".").at(-1)} of ${by.name}` }] }];
  return by.type === "aws:rds/proxy:Proxy" ? [proxyQuestion(by)] : undefined;
}

/** From the Amazon RDS user guide, "Setting up RDS Proxy": its own log-in to the database, by token or by secrets. */
const proxyQuestion = ({ props, name }: Resource): Question => ({
  *ask() {
    const secrets = items(props, "auths").filter((auth) => text(auth, "secretArn"));
    if (secrets.length > 0)
      yield { actions: ["secretsmanager:GetSecretValue"], may: ["kms:Decrypt"], who: `the log-in of ${name}` };
    if (text(props, "defaultAuthScheme") === "IAM_AUTH")
      yield { actions: ["rds-db:connect"], who: `the log-in of ${name}` };
  },
});
