import type { Place } from "../names.ts";
import {
  databaseArn,
  databaseUserArn,
  ec2Arn,
  functionArn,
  logGroupArn,
  queueArn,
  repositoryArn,
  topicArn,
} from "./arns.ts";
import type { Statement } from "./document.ts";

/** Writing to one log group that already exists: no right to create it, so a deleted group cannot come back unowned. */
export const writeLogs = (place: Place, logGroupName: string): Statement => ({
  sid: "WriteLogs",
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [`${logGroupArn(place, logGroupName)}:log-stream:*`],
});

/** What VPC flow logs need to fill one log group. Looking for the group supports no narrower resource than `*`. */
export const deliverFlowLogs = (place: Place, logGroupName: string): Statement[] => [
  {
    sid: "WriteFlowLogs",
    actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    resources: [logGroupArn(place, logGroupName), `${logGroupArn(place, logGroupName)}:log-stream:*`],
  },
  { sid: "FindLogGroup", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
];

/** Sending trace segments. X-Ray supports no narrower resource than `*`. */
export const sendTraces: Statement = {
  sid: "SendTraces",
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};

/** Sending the spans of a collector, which sends no telemetry about itself. X-Ray supports no narrower resource than `*`. */
export const exportSpans: Statement = { sid: "ExportSpans", actions: ["xray:PutTraceSegments"], resources: ["*"] };

/**
 * What Lambda needs to place a function in a VPC. Describing supports no narrower resource than `*`; the rest is held to
 * this account and region. Lambda asks whether the role may delete before there is an interface to name, so a resource type
 * would refuse the function: all ids or one (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon
 * VPC"). The code itself gets none of it: see `keepNetworkFromCode`.
 */
export const joinNetwork = (place: Place): Statement[] => [
  { sid: "DescribeNetwork", actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], resources: ["*"] },
  {
    sid: "JoinNetwork",
    actions: ["ec2:CreateNetworkInterface"],
    resources: ["network-interface", "subnet", "security-group"].map((kind) => ec2Arn(place, `${kind}/*`)),
  },
  {
    sid: "LeaveNetwork",
    actions: ["ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
    resources: [ec2Arn(place, "*/*")],
  },
];

/**
 * Takes the rights of `joinNetwork` back from the function's own code, as the Lambda developer guide advises ("Configuring
 * VPC access", section on denying EC2 actions): requests that the code makes carry `lambda:SourceFunctionArn`.
 */
export const keepNetworkFromCode = (place: Place, functionName: string): Statement => ({
  sid: "KeepNetworkFromCode",
  effect: "Deny",
  actions: joinNetwork(place).flatMap(({ actions }) => actions),
  resources: ["*"],
  conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn(place, functionName) } },
});

/** Logging in to the database as one user, without a password. */
export const connectAs = (place: Place, user: string): Statement => ({
  sid: "ConnectToDatabase",
  actions: ["rds-db:connect"],
  resources: [databaseUserArn(place, user)],
});

/**
 * Reading the master secret that RDS manages. RDS invents the secret's name, so the tag RDS puts on it, the ARN of the one
 * instance, carries the scope.
 */
export const readMasterSecret = (place: Place, identifier: string): Statement => ({
  sid: "ReadMasterSecret",
  actions: ["secretsmanager:GetSecretValue"],
  resources: [`arn:${place.partition}:secretsmanager:${place.region}:${place.accountId}:secret:rds!db-*`],
  conditions: {
    StringEquals: { "secretsmanager:ResourceTag/aws:rds:primaryDBInstanceArn": databaseArn(place, identifier) },
  },
});

/**
 * Using one KMS key for secrets that RDS manages: Secrets Manager asks on behalf of whoever reads, and names the secret in the
 * encryption context ("Secret encryption and decryption" in its user guide).
 */
export const decryptSecrets = (place: Place, keyArn: string): Statement => ({
  sid: "DecryptMasterSecret",
  actions: ["kms:Decrypt"],
  resources: [keyArn],
  conditions: {
    StringEquals: { "kms:ViaService": `secretsmanager.${place.region}.amazonaws.com` },
    StringLike: {
      "kms:EncryptionContext:SecretARN": `arn:${place.partition}:secretsmanager:${place.region}:${place.accountId}:secret:rds!db-*`,
    },
  },
});

/** What RDS enhanced monitoring needs: its log group has the same name in every account and belongs to RDS. */
export const deliverDatabaseMetrics = (place: Place): Statement[] => [
  {
    sid: "OwnMetricsGroup",
    actions: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
    resources: [logGroupArn(place, "RDSOSMetrics")],
  },
  {
    sid: "WriteMetrics",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents"],
    resources: [`${logGroupArn(place, "RDSOSMetrics")}:log-stream:*`],
  },
];

/** Publishing to one topic. */
export const publishTo = (place: Place, topicName: string): Statement => ({
  sid: "PublishToTopic",
  actions: ["sns:Publish"],
  resources: [topicArn(place, topicName)],
});

/** Sending to one queue. */
export const sendTo = (place: Place, queueName: string): Statement => ({
  sid: "SendToQueue",
  actions: ["sqs:SendMessage"],
  resources: [queueArn(place, queueName)],
});

/** Pulling images from the named repositories. The registry's log-in supports no narrower resource than `*`. */
export const pullImages = (place: Place, ...repositoryNames: string[]): Statement[] => [
  { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
  {
    sid: "PullImages",
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    resources: repositoryNames.map((name) => repositoryArn(place, name)),
  },
];

/** Reading the named secrets and no others. */
export const readSecrets = (secretArns: readonly string[]): Statement => ({
  sid: "ReadSecrets",
  actions: ["secretsmanager:GetSecretValue"],
  resources: secretArns,
});

/**
 * What ECS Exec needs inside a task: a channel, which supports no narrower resource than `*`, one log group for what is typed, and
 * the key of both, known by its alias because KMS invents its id.
 */
export const runCommands = (
  place: Place,
  { logGroupName, keyAlias }: { logGroupName: string; keyAlias: string },
): Statement[] => [
  {
    sid: "OpenChannel",
    actions: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    resources: ["*"],
  },
  { sid: "FindCommandLog", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
  {
    sid: "RecordCommands",
    actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    resources: [logGroupArn(place, logGroupName), `${logGroupArn(place, logGroupName)}:log-stream:*`],
  },
  {
    sid: "OpenSessions",
    actions: ["kms:Decrypt"],
    resources: [`arn:${place.partition}:kms:${place.region}:${place.accountId}:key/*`],
    conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": keyAlias } },
  },
];
