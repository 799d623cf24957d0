import { catalogue } from "../data/catalogue.ts";

/** The IAM actions of one call: those it cannot do without, and those it needs only with some inputs or some resources. */
export interface Needed {
  readonly actions: readonly string[];
  readonly may: readonly string[];
}

/**
 * Operations that ask for other actions than the one of their name, as `needed | only with some inputs`. From the tables "API
 * operations" of the service authorization reference, read in November 2026.
 */
const differing: Readonly<Record<string, string>> = {
  "s3:CompleteMultipartUpload": "s3:PutObject",
  "s3:CopyObject": "s3:GetObject s3:PutObject | s3:GetObjectTagging",
  "s3:CreateMultipartUpload": "s3:PutObject",
  "s3:CreateSession": "s3express:CreateSession",
  "s3:DeleteBucketAnalyticsConfiguration": "s3:PutAnalyticsConfiguration",
  "s3:DeleteBucketCors": "s3:PutBucketCORS",
  "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:DeleteBucketIntelligentTieringConfiguration": "s3:PutIntelligentTieringConfiguration",
  "s3:DeleteBucketInventoryConfiguration": "s3:PutInventoryConfiguration",
  "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
  "s3:DeleteBucketMetricsConfiguration": "s3:PutMetricsConfiguration",
  "s3:DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
  "s3:DeleteBucketReplication": "s3:PutReplicationConfiguration",
  "s3:DeleteBucketTagging": "s3:PutBucketTagging",
  "s3:DeleteObjects": "s3:DeleteObject",
  "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
  "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
  "s3:GetBucketAnalyticsConfiguration": "s3:GetAnalyticsConfiguration",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetBucketIntelligentTieringConfiguration": "s3:GetIntelligentTieringConfiguration",
  "s3:GetBucketInventoryConfiguration": "s3:GetInventoryConfiguration",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "s3:GetBucketMetricsConfiguration": "s3:GetMetricsConfiguration",
  "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
  "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
  "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:HeadBucket": "s3:ListBucket",
  "s3:HeadObject": "s3:GetObject",
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
  "s3:ListObjects": "s3:ListBucket",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:ListObjectVersions": "s3:ListBucketVersions",
  "s3:ListParts": "s3:ListMultipartUploadParts",
  "s3:PutBucketAccelerateConfiguration": "s3:PutAccelerateConfiguration",
  "s3:PutBucketAnalyticsConfiguration": "s3:PutAnalyticsConfiguration",
  "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
  "s3:PutBucketIntelligentTieringConfiguration": "s3:PutIntelligentTieringConfiguration",
  "s3:PutBucketInventoryConfiguration": "s3:PutInventoryConfiguration",
  "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
  "s3:PutBucketMetricsConfiguration": "s3:PutMetricsConfiguration",
  "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
  "s3:PutBucketReplication": "s3:PutReplicationConfiguration | iam:PassRole",
  "s3:PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
  "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
  "s3:SelectObjectContent": "s3:GetObject",
  "s3:UploadPart": "s3:PutObject",
  "s3:UploadPartCopy": "s3:GetObject s3:PutObject",
  "s3:WriteGetObjectResponse": "s3-object-lambda:WriteGetObjectResponse",
  "lambda:Invoke": "lambda:InvokeFunction",
  "lambda:InvokeAsync": "lambda:InvokeFunction",
  "lambda:InvokeWithResponseStream": "lambda:InvokeFunction",
  "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
  "sqs:SendMessageBatch": "sqs:SendMessage",
  "sns:PublishBatch": "sns:Publish",
  "dynamodb:TransactGetItems": "dynamodb:GetItem",
  "dynamodb:TransactWriteItems":
    "| dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:ConditionCheckItem",
  "dynamodb:ExecuteStatement":
    "| dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
  "dynamodb:BatchExecuteStatement":
    "| dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
  "dynamodb:ExecuteTransaction":
    "| dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
  "kms:ReEncrypt": "kms:ReEncryptFrom kms:ReEncryptTo",
  "secretsmanager:BatchGetSecretValue": "secretsmanager:BatchGetSecretValue secretsmanager:GetSecretValue",
  "bedrock:Converse": "bedrock:InvokeModel",
  "bedrock:ConverseStream": "bedrock:InvokeModelWithResponseStream",
  "execute-api:DeleteConnection": "execute-api:ManageConnections",
  "execute-api:GetConnection": "execute-api:ManageConnections",
  "execute-api:PostToConnection": "execute-api:ManageConnections",
  "ses:SendEmail": "ses:SendEmail | ses:SendRawEmail ses:SendTemplatedEmail",
  // allowed to everybody who has credentials
  "sts:GetCallerIdentity": "| sts:GetCallerIdentity",
  "sts:GetSessionToken": "| sts:GetSessionToken",
};

/** What an action may ask for besides itself: the key of what is encrypted, versions, tags, the role it hands on. */
const companions: readonly (readonly [actions: string, may: string])[] = [
  ["s3:GetObject", "s3:GetObjectVersion s3:ListBucket kms:Decrypt"],
  ["s3:PutObject", "s3:PutObjectTagging s3:PutObjectAcl s3:PutObjectLegalHold s3:PutObjectRetention"],
  ["s3:PutObject sns:Publish sqs:SendMessage kinesis:PutRecord kinesis:PutRecords", "kms:GenerateDataKey kms:Decrypt"],
  ["s3:DeleteObject", "s3:DeleteObjectVersion s3:BypassGovernanceRetention"],
  ["sqs:ReceiveMessage kinesis:GetRecords dynamodb:GetRecords secretsmanager:GetSecretValue", "kms:Decrypt"],
  ["ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:GetParameterHistory", "kms:Decrypt"],
  ["secretsmanager:PutSecretValue secretsmanager:CreateSecret", "kms:GenerateDataKey kms:Decrypt"],
  ["ssm:PutParameter", "kms:Encrypt kms:GenerateDataKey"],
  ["dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:Query dynamodb:Scan", "kms:Decrypt kms:DescribeKey"],
  [
    "ecs:RunTask ecs:UpdateService ecs:RegisterTaskDefinition lambda:CreateFunction states:CreateStateMachine",
    "iam:PassRole",
  ],
  ["scheduler:CreateSchedule scheduler:UpdateSchedule events:PutTargets pipes:CreatePipe", "iam:PassRole"],
  ["glue:CreateJob sagemaker:CreateTrainingJob batch:RegisterJobDefinition ec2:RunInstances", "iam:PassRole"],
];

/** The actions of an operation of a service, by its IAM prefix; undefined for one that neither the data nor this table knows. */
export function actionsOf(prefix: string, operation: string): Needed | undefined {
  const name = `${prefix}:${operation}`;
  const told = differing[name] ?? catalogue.find(name)?.name;
  return told === undefined ? undefined : needed(told);
}

/** `needed | only with some inputs`, and what goes along with them. */
export function needed(text: string): Needed {
  const [always = "", sometimes = ""] = text.split("|").map((part) => part.trim());
  const words = (part: string) => part.split(" ").filter(Boolean);
  const actions = words(always);
  const all = [...actions, ...words(sometimes)];
  const along = companions.flatMap(([some, may]) => (words(some).some((one) => all.includes(one)) ? words(may) : []));
  return { actions, may: [...new Set([...words(sometimes), ...along])].filter((one) => !actions.includes(one)) };
}
