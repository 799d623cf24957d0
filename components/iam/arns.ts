import type { Place } from "../names.ts";

/** An ARN in the stack's own region and account. */
function local(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** ARN of a Lambda function, without qualifier. */
export const functionArn = (place: Place, functionName: string) => local(place, "lambda", `function:${functionName}`);

/** ARN of an alias of a Lambda function. */
export const aliasArn = (place: Place, functionName: string, alias: string) =>
  `${functionArn(place, functionName)}:${alias}`;

/** ARN of a log group; its streams are `<arn>:log-stream:<name>`. */
export const logGroupArn = (place: Place, logGroupName: string) => local(place, "logs", `log-group:${logGroupName}`);

/** ARN of an SNS topic. */
export const topicArn = (place: Place, topicName: string) => local(place, "sns", topicName);

/** ARN of an SQS queue. */
export const queueArn = (place: Place, queueName: string) => local(place, "sqs", queueName);

/** ARN of an ECR repository. */
export const repositoryArn = (place: Place, repositoryName: string) =>
  local(place, "ecr", `repository/${repositoryName}`);

/** ARN of an SSM parameter; `parameter` begins with a slash. */
export const parameterArn = (place: Place, parameter: string) => local(place, "ssm", `parameter${parameter}`);

/** ARN of a Step Functions state machine. */
export const stateMachineArn = (place: Place, stateMachineName: string) =>
  local(place, "states", `stateMachine:${stateMachineName}`);

/** ARN of a CloudWatch alarm. */
export const alarmArn = (place: Place, alarmName: string) => local(place, "cloudwatch", `alarm:${alarmName}`);

/** ARN of something in EC2, for example `subnet/*`. */
export const ec2Arn = (place: Place, resource: string) => local(place, "ec2", resource);

/** ARN of an ECS service. */
export const ecsServiceArn = (place: Place, clusterName: string, serviceName: string) =>
  local(place, "ecs", `service/${clusterName}/${serviceName}`);

/** ARN of a family of task definitions, without a revision. */
export const taskFamilyArn = (place: Place, family: string) => local(place, "ecs", `task-definition/${family}`);

/** ARN of something in Elastic Load Balancing, for example `targetgroup/*`. */
export const loadBalancingArn = (place: Place, resource: string) => local(place, "elasticloadbalancing", resource);

/** ARN of an RDS instance. */
export const databaseArn = (place: Place, identifier: string) => local(place, "rds", `db:${identifier}`);

/**
 * ARN of a database user for IAM log-in. AWS invents the instance's resource id, so the user's name, unique to this project
 * and stack, carries the scope.
 */
export const databaseUserArn = (place: Place, user: string) => local(place, "rds-db", `dbuser:*/${user}`);

/** ARN of an IAM role. */
export const roleArn = (place: Place, roleName: string) =>
  `arn:${place.partition}:iam::${place.accountId}:role/${roleName}`;
