import type { Kind } from "../../../policies/iam/document.ts";

/** A document that gives no more than its use needs. */
export interface Accepted {
  readonly name: string;
  readonly kind: Kind;
  readonly statements: readonly Record<string, unknown>[];
  readonly accounts?: readonly string[];
}

export const here = "123456789012";
/** An ARN of the account all these documents belong to. */
export const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${here}:${resource}`;
const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const identity = (name: string, ...statements: Record<string, unknown>[]): Accepted => ({
  name,
  kind: "identity",
  statements,
});

const log = arn("logs", "log-group:/orders/api");
const key = arn("kms", "key/1111aaaa-22bb-33cc-44dd-5555eeee6666");
export const role = `arn:aws:iam::${here}:role/orders-task`;

/** What principals may do. */
export const identities: readonly Accepted[] = [
  identity("writes its own log", allow(["logs:CreateLogStream", "logs:PutLogEvents"], `${log}:log-stream:*`)),
  identity(
    "sends traces",
    allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
    allow("s3:GetObject", "arn:aws:s3:::orders-inbox/*"),
  ),
  identity(
    "reads one secret",
    allow("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:orders/api-??????")),
  ),
  identity(
    "reads parameters below a path",
    allow(["ssm:GetParameter", "ssm:GetParametersByPath"], arn("ssm", "parameter/orders/api/*")),
  ),
  identity(
    "reads and writes objects",
    allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::orders-inbox/*"),
    allow("s3:ListBucket", "arn:aws:s3:::orders-inbox"),
  ),
  identity(
    "lists a home directory",
    allow("s3:ListBucket", "arn:aws:s3:::orders-homes", { StringLike: { "s3:prefix": ["home/${aws:username}/*"] } }),
  ),
  identity(
    "owns a home directory",
    allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::orders-homes/${aws:username}/*"),
  ),
  identity(
    "works on a table",
    allow(
      ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [arn("dynamodb", "table/orders"), arn("dynamodb", "table/orders/index/*")],
    ),
  ),
  identity(
    "sees its own rows",
    allow("dynamodb:Query", arn("dynamodb", "table/orders"), {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["${aws:userid}"] },
    }),
  ),
  identity(
    "consumes a queue",
    allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], arn("sqs", "orders")),
  ),
  identity("publishes to a topic", allow("sns:Publish", arn("sns", "orders-placed"))),
  identity("encrypts with a key", allow(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], key)),
  identity(
    "decrypts through one service",
    allow("kms:Decrypt", "*", { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }),
  ),
  identity(
    "publishes its metrics",
    allow("cloudwatch:PutMetricData", "*", { StringEquals: { "cloudwatch:namespace": "orders" } }),
    allow("sns:Publish", arn("sns", "orders")),
  ),
  identity(
    "stops tagged instances",
    allow(["ec2:StopInstances", "ec2:StartInstances"], arn("ec2", "instance/*"), {
      StringEquals: { "aws:ResourceTag/team": "orders" },
    }),
  ),
  identity(
    "passes one role",
    allow("iam:PassRole", role, { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
  ),
  identity(
    "deploys one service",
    allow("ecs:UpdateService", arn("ecs", "service/orders/api")),
    allow("ecs:RegisterTaskDefinition", arn("ecs", "task-definition/orders-api:*")),
    allow("iam:PassRole", role, { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
  ),
  identity(
    "updates one function",
    allow(["lambda:UpdateFunctionCode", "lambda:PublishVersion"], arn("lambda", "function:orders-api")),
  ),
  identity("calls one function", allow("lambda:InvokeFunction", arn("lambda", "function:orders-api:live"))),
  identity("assumes one role", allow("sts:AssumeRole", "arn:aws:iam::210987654321:role/orders-reader")),
  identity(
    "pushes one image",
    allow("ecr:GetAuthorizationToken", "*"),
    allow(
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload",
        "ecr:PutImage",
      ],
      arn("ecr", "repository/orders"),
    ),
  ),
  identity("logs in to the database", allow("rds-db:connect", arn("rds-db", "dbuser:db-ABC/orders"))),
  identity("starts one state machine", allow("states:StartExecution", arn("states", "stateMachine:orders"))),
  identity(
    "keeps its own keys",
    allow(["iam:CreateAccessKey", "iam:DeleteAccessKey"], `arn:aws:iam::${here}:user/\${aws:username}`),
  ),
  identity(
    "makes a linked role",
    allow("iam:CreateServiceLinkedRole", `arn:aws:iam::${here}:role/aws-service-role/ecs.amazonaws.com/*`, {
      StringLike: { "iam:AWSServiceName": "ecs.amazonaws.com" },
    }),
  ),
  identity(
    "starts one build",
    allow(["codebuild:StartBuild", "codebuild:BatchGetBuilds"], arn("codebuild", "project/orders")),
  ),
  identity(
    "reads a stream",
    allow(
      ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"],
      arn("kinesis", "stream/orders"),
    ),
  ),
  identity("sends events", allow("events:PutEvents", arn("events", "event-bus/orders"))),
];
