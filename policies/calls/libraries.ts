/** What a package's exports call, as in `operations.ts`: `needed | only with some inputs`. `""` calls nothing by itself. */
type Exports = Readonly<Record<string, string>>;

const parameters = "ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:PutParameter";
const documents = {
  GetCommand: "dynamodb:GetItem",
  PutCommand: "dynamodb:PutItem",
  UpdateCommand: "dynamodb:UpdateItem",
  DeleteCommand: "dynamodb:DeleteItem",
  QueryCommand: "dynamodb:Query",
  ScanCommand: "dynamodb:Scan",
  paginateQuery: "dynamodb:Query",
  paginateScan: "dynamodb:Scan",
  BatchGetCommand: "dynamodb:BatchGetItem",
  BatchWriteCommand: "dynamodb:BatchWriteItem",
  TransactGetCommand: "dynamodb:GetItem",
  TransactWriteCommand: "| dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:ConditionCheckItem",
  DynamoDBDocumentClient: "",
};

/**
 * Packages that call AWS without a command of a client in the caller's code, from the manual of each. What is not in the list of its
 * package is not read.
 */
export const libraries: Readonly<Record<string, Exports>> = {
  "@aws-sdk/rds-signer": { Signer: "rds-db:connect" },
  "@aws-sdk/dsql-signer": { DsqlSigner: "| dsql:DbConnect dsql:DbConnectAdmin" },
  "@aws-sdk/cloudfront-signer": { getSignedUrl: "", getSignedCookies: "" },
  // signs a command, which is counted where it is made
  "@aws-sdk/s3-request-presigner": { getSignedUrl: "", S3RequestPresigner: "" },
  "@aws-sdk/s3-presigned-post": { createPresignedPost: "s3:PutObject" },
  "@aws-sdk/lib-storage": { Upload: "s3:PutObject | s3:AbortMultipartUpload" },
  "@aws-sdk/lib-dynamodb": documents,
  "@aws-sdk/util-dynamodb": { marshall: "", unmarshall: "", convertToAttr: "", convertToNative: "" },
  "@aws-sdk/credential-providers": {
    fromTemporaryCredentials: "sts:AssumeRole",
    ...{ fromEnv: "", fromContainerMetadata: "", fromNodeProviderChain: "", fromIni: "", fromInstanceMetadata: "" },
  },
  "@aws-sdk/credential-provider-node": { defaultProvider: "" },
  "@aws-lambda-powertools/parameters/secrets": {
    getSecret: "secretsmanager:GetSecretValue",
    SecretsProvider: "secretsmanager:GetSecretValue",
  },
  "@aws-lambda-powertools/parameters/ssm": {
    getParameter: "ssm:GetParameter",
    getParameters: "ssm:GetParametersByPath",
    getParametersByName: "| ssm:GetParameter ssm:GetParameters",
    setParameter: "ssm:PutParameter",
    SSMProvider: `| ${parameters}`,
  },
  "@aws-lambda-powertools/parameters/appconfig": {
    getAppConfig: "appconfig:StartConfigurationSession appconfig:GetLatestConfiguration",
    AppConfigProvider: "appconfig:StartConfigurationSession appconfig:GetLatestConfiguration",
  },
  "@aws-lambda-powertools/parameters/dynamodb": { DynamoDBProvider: "| dynamodb:GetItem dynamodb:Query" },
  "@aws-lambda-powertools/idempotency/dynamodb": {
    DynamoDBPersistenceLayer: "dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem",
  },
};

/** Packages that bring parts of the AWS SDK along and make no call that asks for a permission. */
export const harmless: readonly string[] = [
  "@aws-sdk/types",
  "@aws-sdk/core",
  "@aws-sdk/util-endpoints",
  "@aws-sdk/util-arn-parser",
  // sends to the daemon of the function, for which Lambda asks the permissions itself
  "@aws-lambda-powertools/tracer",
];
