import { permissionRules } from "./permission-rules.ts";
import type { Rule } from "./rule.ts";
import { rule as apigatewayDomainNameRequireModernTls } from "./rules/apigateway/domain-name-require-modern-tls.ts";
import { rule as apigatewayMethodRequireAuthorizer } from "./rules/apigateway/method-require-authorizer.ts";
import { rule as apigatewayRestApiDisallowOpenCors } from "./rules/apigateway/rest-api-disallow-open-cors.ts";
import { rule as apigatewayRestApiRequireAuthorizer } from "./rules/apigateway/rest-api-require-authorizer.ts";
import { rule as apigatewayStageRequireAccessLogs } from "./rules/apigateway/stage-require-access-logs.ts";
import { rule as apigatewayStageRequireFirewall } from "./rules/apigateway/stage-require-firewall.ts";
import { rule as apigatewayStageRequireThrottling } from "./rules/apigateway/stage-require-throttling.ts";
import { rule as apigatewayStageRequireTracing } from "./rules/apigateway/stage-require-tracing.ts";
import { rule as apigatewayv2RouteRequireAuthorizer } from "./rules/apigatewayv2/route-require-authorizer.ts";
import { rule as apigatewayv2StageRequireAccessLogs } from "./rules/apigatewayv2/stage-require-access-logs.ts";
import { rule as cloudwatchAlarmRequireAction } from "./rules/cloudwatch/alarm-require-action.ts";
import { rule as cloudwatchStackRequireAlarms } from "./rules/cloudwatch/stack-require-alarms.ts";
import { rule as codebuildProjectDisallowPlainSecrets } from "./rules/codebuild/project-disallow-plain-secrets.ts";
import { rule as codebuildProjectRequireHardening } from "./rules/codebuild/project-require-hardening.ts";
import { rule as codebuildProjectRequireLogs } from "./rules/codebuild/project-require-logs.ts";
import { rule as codebuildWebhookRequireFilter } from "./rules/codebuild/webhook-require-filter.ts";
import { rule as codepipelinePipelineRequireApproval } from "./rules/codepipeline/pipeline-require-approval.ts";
import { rule as cognitoUserPoolClientRequireSafeFlows } from "./rules/cognito/user-pool-client-require-safe-flows.ts";
import { rule as cognitoUserPoolRequireDeletionProtection } from "./rules/cognito/user-pool-require-deletion-protection.ts";
import { rule as cognitoUserPoolRequireMfa } from "./rules/cognito/user-pool-require-mfa.ts";
import { rule as cognitoUserPoolRequireStrongPasswords } from "./rules/cognito/user-pool-require-strong-passwords.ts";
import { rule as dockerbuildImageDisallowPlainSecrets } from "./rules/dockerbuild/image-disallow-plain-secrets.ts";
import { rule as ec2InstanceDisallowPlainSecrets } from "./rules/ec2/instance-disallow-plain-secrets.ts";
import { rule as ec2NatGatewayLimitCount } from "./rules/ec2/nat-gateway-limit-count.ts";
import { rule as ec2SecurityGroupDisallowOpenIngress } from "./rules/ec2/security-group-disallow-open-ingress.ts";
import { rule as ec2SecurityGroupIsolateDatabase } from "./rules/ec2/security-group-isolate-database.ts";
import { rule as ec2VpcRequireFlowLogs } from "./rules/ec2/vpc-require-flow-logs.ts";
import { rule as ecrRepositoryRequireImmutableTags } from "./rules/ecr/repository-require-immutable-tags.ts";
import { rule as ecrRepositoryRequireLifecycle } from "./rules/ecr/repository-require-lifecycle.ts";
import { rule as ecrRepositoryRequireScanning } from "./rules/ecr/repository-require-scanning.ts";
import { rule as ecsClusterRequireInsights } from "./rules/ecs/cluster-require-insights.ts";
import { rule as ecsServiceDisallowPublicIp } from "./rules/ecs/service-disallow-public-ip.ts";
import { rule as ecsServiceDisallowUnauditedCommands } from "./rules/ecs/service-disallow-unaudited-commands.ts";
import { rule as ecsServiceRequireRollback } from "./rules/ecs/service-require-rollback.ts";
import { rule as ecsServiceRequireTwoZones } from "./rules/ecs/service-require-two-zones.ts";
import { rule as ecsTaskDefinitionDisallowPlainSecrets } from "./rules/ecs/task-definition-disallow-plain-secrets.ts";
import { rule as ecsTaskDefinitionRequireHardening } from "./rules/ecs/task-definition-require-hardening.ts";
import { rule as ecsTaskDefinitionRequireImageDigest } from "./rules/ecs/task-definition-require-image-digest.ts";
import { rule as kmsKeyDisallowLockout } from "./rules/kms/key-disallow-lockout.ts";
import { rule as kmsKeyRequireRotation } from "./rules/kms/key-require-rotation.ts";
import { rule as lambdaFunctionDisallowPlainSecrets } from "./rules/lambda/function-disallow-plain-secrets.ts";
import { rule as lambdaFunctionLimitMemory } from "./rules/lambda/function-limit-memory.ts";
import { rule as lambdaFunctionLimitTimeout } from "./rules/lambda/function-limit-timeout.ts";
import { rule as lambdaFunctionRequireFailureDestination } from "./rules/lambda/function-require-failure-destination.ts";
import { rule as lambdaFunctionRequireImageDigest } from "./rules/lambda/function-require-image-digest.ts";
import { rule as lambdaFunctionRequireLogGroup } from "./rules/lambda/function-require-log-group.ts";
import { rule as lambdaFunctionRequireTracing } from "./rules/lambda/function-require-tracing.ts";
import { rule as lambdaFunctionUrlRequireAuth } from "./rules/lambda/function-url-require-auth.ts";
import { rule as lambdaPermissionRequireSource } from "./rules/lambda/permission-require-source.ts";
import { rule as lbListenerRequireModernTls } from "./rules/lb/listener-require-modern-tls.ts";
import { rule as lbListenerRuleRequireToken } from "./rules/lb/listener-rule-require-token.ts";
import { rule as lbLoadBalancerDisallowInvalidHeaders } from "./rules/lb/load-balancer-disallow-invalid-headers.ts";
import { rule as lbLoadBalancerRequireAccessLogs } from "./rules/lb/load-balancer-require-access-logs.ts";
import { rule as lbLoadBalancerRequireDeletionProtection } from "./rules/lb/load-balancer-require-deletion-protection.ts";
import { rule as lbLoadBalancerRequireFirewall } from "./rules/lb/load-balancer-require-firewall.ts";
import { rule as logsLogGroupRequireRetention } from "./rules/logs/log-group-require-retention.ts";
import { rule as pulumiProviderRequireDefaultTags } from "./rules/pulumi/provider-require-default-tags.ts";
import { rule as pulumiStatefulResourceRequireProtect } from "./rules/pulumi/stateful-resource-require-protect.ts";
import { rule as rdsInstanceDisallowPlainPassword } from "./rules/rds/instance-disallow-plain-password.ts";
import { rule as rdsInstanceDisallowPublicAccess } from "./rules/rds/instance-disallow-public-access.ts";
import { rule as rdsInstanceLimitSize } from "./rules/rds/instance-limit-size.ts";
import { rule as rdsInstanceRequireBackups } from "./rules/rds/instance-require-backups.ts";
import { rule as rdsInstanceRequireDeletionProtection } from "./rules/rds/instance-require-deletion-protection.ts";
import { rule as rdsInstanceRequireEncryption } from "./rules/rds/instance-require-encryption.ts";
import { rule as rdsInstanceRequireIamLogin } from "./rules/rds/instance-require-iam-login.ts";
import { rule as rdsInstanceRequireMultiAz } from "./rules/rds/instance-require-multi-az.ts";
import { rule as rdsInstanceRequirePerformanceInsights } from "./rules/rds/instance-require-performance-insights.ts";
import { rule as rdsParameterGroupRequireTls } from "./rules/rds/parameter-group-require-tls.ts";
import { rule as s3BucketDisallowPublicAcl } from "./rules/s3/bucket-disallow-public-acl.ts";
import { rule as s3BucketRequirePublicAccessBlock } from "./rules/s3/bucket-require-public-access-block.ts";
import { rule as s3BucketRequireTls } from "./rules/s3/bucket-require-tls.ts";
import { rule as secretsmanagerSecretVersionDisallowPlainValue } from "./rules/secretsmanager/secret-version-disallow-plain-value.ts";
import { rule as snsTopicAllowAlarms } from "./rules/sns/topic-allow-alarms.ts";
import { rule as snsTopicRequireEncryption } from "./rules/sns/topic-require-encryption.ts";
import { rule as sqsQueueRequireEncryption } from "./rules/sqs/queue-require-encryption.ts";
import { rule as ssmParameterDisallowPlainSecrets } from "./rules/ssm/parameter-disallow-plain-secrets.ts";
import { rule as exceptionLedger } from "./rules/exception/ledger.ts";

/** The rules over single resources and their settings. */
const settingRules: readonly Rule[] = [
  apigatewayDomainNameRequireModernTls,
  apigatewayMethodRequireAuthorizer,
  apigatewayRestApiDisallowOpenCors,
  apigatewayRestApiRequireAuthorizer,
  apigatewayStageRequireAccessLogs,
  apigatewayStageRequireFirewall,
  apigatewayStageRequireThrottling,
  apigatewayStageRequireTracing,
  apigatewayv2RouteRequireAuthorizer,
  apigatewayv2StageRequireAccessLogs,
  cloudwatchAlarmRequireAction,
  cloudwatchStackRequireAlarms,
  codebuildProjectDisallowPlainSecrets,
  codebuildProjectRequireHardening,
  codebuildProjectRequireLogs,
  codebuildWebhookRequireFilter,
  codepipelinePipelineRequireApproval,
  cognitoUserPoolClientRequireSafeFlows,
  cognitoUserPoolRequireDeletionProtection,
  cognitoUserPoolRequireMfa,
  cognitoUserPoolRequireStrongPasswords,
  dockerbuildImageDisallowPlainSecrets,
  ec2InstanceDisallowPlainSecrets,
  ec2NatGatewayLimitCount,
  ec2SecurityGroupDisallowOpenIngress,
  ec2SecurityGroupIsolateDatabase,
  ec2VpcRequireFlowLogs,
  ecrRepositoryRequireImmutableTags,
  ecrRepositoryRequireLifecycle,
  ecrRepositoryRequireScanning,
  ecsClusterRequireInsights,
  ecsServiceDisallowPublicIp,
  ecsServiceDisallowUnauditedCommands,
  ecsServiceRequireRollback,
  ecsServiceRequireTwoZones,
  ecsTaskDefinitionDisallowPlainSecrets,
  ecsTaskDefinitionRequireHardening,
  ecsTaskDefinitionRequireImageDigest,
  kmsKeyDisallowLockout,
  kmsKeyRequireRotation,
  lambdaFunctionDisallowPlainSecrets,
  lambdaFunctionLimitMemory,
  lambdaFunctionLimitTimeout,
  lambdaFunctionRequireFailureDestination,
  lambdaFunctionRequireImageDigest,
  lambdaFunctionRequireLogGroup,
  lambdaFunctionRequireTracing,
  lambdaFunctionUrlRequireAuth,
  lambdaPermissionRequireSource,
  lbListenerRequireModernTls,
  lbListenerRuleRequireToken,
  lbLoadBalancerDisallowInvalidHeaders,
  lbLoadBalancerRequireAccessLogs,
  lbLoadBalancerRequireDeletionProtection,
  lbLoadBalancerRequireFirewall,
  logsLogGroupRequireRetention,
  pulumiProviderRequireDefaultTags,
  pulumiStatefulResourceRequireProtect,
  rdsInstanceDisallowPlainPassword,
  rdsInstanceDisallowPublicAccess,
  rdsInstanceLimitSize,
  rdsInstanceRequireBackups,
  rdsInstanceRequireDeletionProtection,
  rdsInstanceRequireEncryption,
  rdsInstanceRequireIamLogin,
  rdsInstanceRequireMultiAz,
  rdsInstanceRequirePerformanceInsights,
  rdsParameterGroupRequireTls,
  s3BucketDisallowPublicAcl,
  s3BucketRequirePublicAccessBlock,
  s3BucketRequireTls,
  secretsmanagerSecretVersionDisallowPlainValue,
  snsTopicAllowAlarms,
  snsTopicRequireEncryption,
  sqsQueueRequireEncryption,
  ssmParameterDisallowPlainSecrets,
];

/** Every rule of the pack, in the order of their ids; last the one that looks at which exceptions the others needed. */
export const catalogue: readonly Rule[] = [
  ...[...settingRules, ...permissionRules].sort((a, b) => (a.id < b.id ? -1 : 1)),
  exceptionLedger,
];
