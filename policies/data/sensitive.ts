import { catalogue, type Action } from "./catalogue.ts";

/**
 * Lists of actions by what they can do to somebody else. Facts gathered from the service authorization reference and from the
 * lists of iann0036/iam-dataset (MIT), salesforce/cloudsplaining (BSD-3) and duo-labs/parliament (BSD-3); chosen and ordered here.
 */
const set = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(" ")).map((name) => name.toLowerCase()));

/** Reading what the account keeps: contents, not descriptions. */
export const dataActions = set(
  "s3:GetObject s3:GetObjectVersion s3:GetObjectTorrent s3:SelectObjectContent s3express:CreateSession",
  "secretsmanager:GetSecretValue ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:GetParameterHistory",
  "kms:Decrypt kms:ReEncryptFrom dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:Scan dynamodb:GetRecords",
  "dynamodb:PartiQLSelect dynamodb:ExportTableToPointInTime dax:GetItem dax:BatchGetItem dax:Query dax:Scan",
  "sqs:ReceiveMessage kinesis:GetRecords rds-data:ExecuteStatement rds-data:BatchExecuteStatement rds-db:connect",
  "redshift-data:ExecuteStatement redshift-data:GetStatementResult rds:DownloadDBLogFilePortion codecommit:GitPull",
  "athena:GetQueryResults athena:GetQueryResultsStream cassandra:Select es:ESHttpGet es:ESHttpPost aoss:APIAccessAll",
  "codeartifact:ReadFromRepository codeartifact:GetPackageVersionAsset glacier:GetJobOutput mediastore:GetObject",
);

/** Kinds of data for which "every one in the account" is as bad as "every one there is". */
const vaults = new Set(["s3", "secretsmanager", "ssm", "kms"]);

/** Calls whose answer is a credential. */
export const credentialActions = set(
  "chime:CreateApiKey cloud9:CreateEnvironmentToken codeartifact:GetAuthorizationToken",
  "codepipeline:PollForJobs cognito-identity:GetCredentialsForIdentity cognito-identity:GetOpenIdToken",
  "cognito-identity:GetOpenIdTokenForDeveloperIdentity cognito-idp:DescribeUserPoolClient connect:GetFederationToken",
  "ec2:GetPasswordData ec2-instance-connect:SendSSHPublicKey gamelift:GetInstanceAccess iam:CreateAccessKey",
  "iam:CreateLoginProfile iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential iam:UpdateAccessKey",
  "lightsail:DownloadDefaultKeyPair lightsail:GetBucketAccessKeys lightsail:GetKeyPair",
  "lightsail:GetRelationalDatabaseMasterUserPassword mediapackage:RotateIngestEndpointCredentials",
  "redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM redshift-serverless:GetCredentials",
  "snowball:GetJobUnlockCode storagegateway:DescribeChapCredentials sts:GetFederationToken appsync:ListApiKeys",
);

/** Writes to a resource's own policy that the access level "Permissions management" misses. */
const exposing = set(
  "ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute rds:ModifyDBClusterSnapshotAttribute ram:CreateResourceShare",
  "ram:AssociateResourceShare codeartifact:PutDomainPermissionsPolicy codeartifact:PutRepositoryPermissionsPolicy",
  "cognito-identity:SetIdentityPoolRoles schemas:PutResourcePolicy kinesis:PutResourcePolicy lambda:CreateFunctionUrlConfig",
  "lambda:UpdateFunctionUrlConfig ecr:SetRepositoryPolicy ecr:PutRegistryPolicy ds:ShareDirectory ds:CreateTrust",
);
/** Policy writes without lasting reach: about single objects, or what replication and sharing need every day. */
const mild = set(
  "s3:PutObjectAcl s3:PutObjectVersionAcl s3:ObjectOwnerOverrideToBucketOwner s3:BypassGovernanceRetention",
  "s3:PutBucketOwnershipControls ram:AssociateResourceShare cloudformation:SetStackPolicy",
  "sns:SetTopicAttributes sqs:SetQueueAttributes ec2:CreateNetworkInterfacePermission lambda:CreateFunctionUrlConfig",
);

/** Of the level "Permissions management" by AWS's word, but plain use of a resource. */
const uses = set("rds-db:connect bedrock-agentcore:InvokeGateway bedrock-agentcore:InvokeWebSearch");

/** `*` is fine, or a condition is the way to narrow: cloudwatch:namespace for metrics. */
const starIsFine = set(
  "cloudwatch:PutMetricData cloudwatch:GetMetricData cloudwatch:GetMetricStatistics cloudwatch:ListMetrics",
  "route53:GetChange iam:CreateVirtualMFADevice iam:SimulatePrincipalPolicy iam:SimulateCustomPolicy iam:GetAccountAuthorizationDetails",
);

/** A test that looks each action up once: a name is compared at the first question, a flag at the next. */
function matcher(names: ReadonlySet<string>): (action: Action) => boolean {
  const known = new Int8Array(catalogue.size);
  return ({ id, name }) => (known[id] ||= names.has(name.toLowerCase()) ? 1 : -1) === 1;
}

/** The answer of `judge` for each action, found at the first question. */
function remembered<T extends string>(judge: (action: Action) => T): (action: Action) => T {
  const known = new Array<T | "">(catalogue.size).fill("");
  return (action) => (known[action.id] || (known[action.id] = judge(action))) as T;
}

export const readsData = matcher(dataActions);
export const readsVault = (action: Action) => readsData(action) && vaults.has(action.name.split(":")[0] as string);
const isExposing = matcher(exposing);
const isMild = matcher(mild);
const isUse = matcher(uses);
const isStarFine = matcher(starIsFine);

/** How strictly an action asks for named resources: always, by preference, or not at all. */
export const scoping = remembered((action): "must" | "may" | "never" => {
  if (isStarFine(action)) return "may";
  if (action.resources.length === 0) return "never";
  if (action.requiresResource || readsData(action)) return "must";
  // S3 lists a bucket and an access point as alternatives, both optional: one of them is always there to be named
  if (action.name.startsWith("s3:")) return "must";
  return action.level === "Read" || action.level === "List" ? "may" : "must";
});

const verbs = ["Put", "Set", "Add", "Grant", "BatchGrant", "Create", "Authorize", "Modify", "Update", "Attach", "Enable"];
const nouns = ["Policy", "Policies", "Permission", "Permissions", "Grant", "Acl", "PublicAccessBlock", "Attributes"].concat(
  ["Attribute", "SnapshotAccess", "DataLakeSettings", "Replication"],
);

/** Whether an action changes who may reach a resource: `strong` for the resource's own policy, `weak` for the rest, or `no`. */
export const managesPermissions = remembered((action): "strong" | "weak" | "no" => {
  const [service, name] = action.name.split(":") as [string, string];
  if (service === "iam" || service === "organizations" || service === "iot") return "no";
  const listed = isExposing(action);
  if (action.level !== "Permissions management" && !listed) return "no";
  if (isUse(action)) return "no";
  if (isMild(action)) return "weak";
  const writes = verbs.some((verb) => name.startsWith(verb)) && nouns.some((noun) => name.endsWith(noun));
  return listed || writes ? "strong" : "weak";
});
