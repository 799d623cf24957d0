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
import { rule as ec2SecurityGroupDisallowOpenIngress } from "./rules/ec2/security-group-disallow-open-ingress.ts";
import { rule as ecrRepositoryRequireImmutableTags } from "./rules/ecr/repository-require-immutable-tags.ts";
import { rule as ecrRepositoryRequireLifecycle } from "./rules/ecr/repository-require-lifecycle.ts";
import { rule as ecrRepositoryRequireScanning } from "./rules/ecr/repository-require-scanning.ts";
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
import { rule as logsLogGroupRequireRetention } from "./rules/logs/log-group-require-retention.ts";
import { rule as rdsInstanceDisallowPublicAccess } from "./rules/rds/instance-disallow-public-access.ts";
import { rule as snsTopicRequireEncryption } from "./rules/sns/topic-require-encryption.ts";
import { rule as sqsQueueRequireEncryption } from "./rules/sqs/queue-require-encryption.ts";

/** Every rule of the pack, in the order of their ids. */
export const catalogue: readonly Rule[] = [
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
  ec2SecurityGroupDisallowOpenIngress,
  ecrRepositoryRequireImmutableTags,
  ecrRepositoryRequireLifecycle,
  ecrRepositoryRequireScanning,
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
  logsLogGroupRequireRetention,
  rdsInstanceDisallowPublicAccess,
  snsTopicRequireEncryption,
  sqsQueueRequireEncryption,
];
