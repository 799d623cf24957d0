import type { Kind } from "../iam/document.ts";

/** An input that holds an IAM document, by path; a `*` in the path stands for each item of a list. */
export interface DocumentInput {
  readonly path: string;
  readonly kind: Kind;
}

const at = (kind: Kind, path: string, ...types: string[]): [string, DocumentInput][] =>
  types.map((type) => [type, { kind, path }]);

/**
 * Where the AWS provider takes IAM documents. Left out are those that only ever take away: VPC endpoint policies, and the
 * control policies of an organisation.
 */
const places: readonly [string, DocumentInput][] = [
  ...at("trust", "assumeRolePolicy", "aws:iam/role:Role"),
  ...at("identity", "inlinePolicies.*.policy", "aws:iam/role:Role"),
  ...at("identity", "policy", "aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"),
  ...at("identity", "policy", "aws:iam/userPolicy:UserPolicy", "aws:iam/groupPolicy:GroupPolicy"),
  ...at("identity", "inlinePolicy", "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"),
  ...at("resource", "policy", "aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"),
  ...at("resource", "policy", "aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"),
  ...at("resource", "policy", "aws:kms/key:Key", "aws:kms/keyPolicy:KeyPolicy"),
  ...at("resource", "policy", "aws:kms/externalKey:ExternalKey", "aws:kms/replicaKey:ReplicaKey"),
  ...at("resource", "policy", "aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretPolicy:SecretPolicy"),
  ...at("resource", "policy", "aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:ecr/registryPolicy:RegistryPolicy"),
  ...at("resource", "policy", "aws:ecrpublic/repositoryPolicy:RepositoryPolicy"),
  ...at("resource", "policy", "aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"),
  ...at("resource", "policy", "aws:s3/bucketPolicy:BucketPolicy", "aws:s3/accessPoint:AccessPoint"),
  ...at("resource", "policy", "aws:s3control/accessPointPolicy:AccessPointPolicy"),
  ...at("resource", "resourcePolicy", "aws:s3tables/tableBucketPolicy:TableBucketPolicy"),
  ...at("resource", "policy", "aws:apigateway/restApi:RestApi", "aws:apigateway/restApiPolicy:RestApiPolicy"),
  ...at("resource", "policy", "aws:lambda/resourcePolicy:ResourcePolicy", "aws:dynamodb/resourcePolicy:ResourcePolicy"),
  ...at("resource", "policy", "aws:kinesis/resourcePolicy:ResourcePolicy", "aws:efs/fileSystemPolicy:FileSystemPolicy"),
  ...at("resource", "policy", "aws:cloudwatch/eventBusPolicy:EventBusPolicy", "aws:backup/vaultPolicy:VaultPolicy"),
  ...at("resource", "policyDocument", "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"),
  ...at("resource", "accessPolicy", "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"),
  ...at("resource", "policyDocument", "aws:codeartifact/domainPermissions:DomainPermissions"),
  ...at("resource", "policyDocument", "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy"),
  ...at("resource", "policy", "aws:codebuild/resourcePolicy:ResourcePolicy", "aws:glue/resourcePolicy:ResourcePolicy"),
  ...at("resource", "policy", "aws:msk/clusterPolicy:ClusterPolicy", "aws:acmpca/policy:Policy"),
  ...at("resource", "policy", "aws:ses/identityPolicy:IdentityPolicy"),
  ...at("resource", "policy", "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy"),
  ...at("resource", "accessPolicies", "aws:opensearch/domain:Domain", "aws:opensearch/domainPolicy:DomainPolicy"),
];

const byType = new Map<string, DocumentInput[]>();
for (const [type, input] of places) byType.set(type, [...(byType.get(type) ?? []), input]);

/** The inputs of a type that hold documents. */
export const documentInputs = (type: string): readonly DocumentInput[] => byType.get(type) ?? [];
