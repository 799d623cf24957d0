import type { Rule } from "./rule.ts";
import { rule as restApiRequireAuthorizer } from "./rules/apigateway/rest-api-require-authorizer.ts";
import { rule as securityGroupDisallowOpenIngress } from "./rules/ec2/security-group-disallow-open-ingress.ts";
import { rule as logGroupRequireRetention } from "./rules/logs/log-group-require-retention.ts";
import { rule as instanceDisallowPublicAccess } from "./rules/rds/instance-disallow-public-access.ts";

/** Every rule of the pack. */
export const catalogue: readonly Rule[] = [
  restApiRequireAuthorizer,
  securityGroupDisallowOpenIngress,
  logGroupRequireRetention,
  instanceDisallowPublicAccess,
];
