import type * as aws from "@pulumi/aws";

type Statement = aws.types.input.wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatement;
type Rate = aws.types.input.wafv2.WebAclRuleStatementRateBasedStatement;

/** How requests are counted before a caller is blocked. */
export interface RateRulesArgs {
  /** Requests in five minutes. */
  limit: number;
  /** Beginnings of the paths that ask for no token, where callers share addresses. Without it every request counts for its address. */
  openPaths?: readonly string[];
}

/**
 * The rate rules of a firewall by name. Where callers share addresses, a caller is an address together with a token; nobody gains by a
 * made-up token, since what stands behind the firewall turns it away, and where it asks for none the address is counted all the same.
 */
export function rateRules({ limit, openPaths }: RateRulesArgs): Record<string, Rate> {
  const rate = { limit, evaluationWindowSec: 300 };
  const byAddress = { ...rate, aggregateKeyType: "IP" };
  if (!openPaths) return { "address-limit": byAddress };
  // A request without the header is not counted here (AWS WAF API reference, RateBasedStatementCustomKey).
  const byCaller = { ...rate, aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {} }, { header: tokenKey }] };
  return {
    "address-limit": { ...byAddress, scopeDownStatement: anyOf([withoutToken, ...openPaths.map(beginsWith)]) },
    "caller-limit": byCaller,
  };
}

// The same token in another spelling is the same caller.
const tokenKey = {
  name: "authorization",
  textTransformations: [
    { priority: 0, type: "COMPRESS_WHITE_SPACE" },
    { priority: 1, type: "LOWERCASE" },
  ],
};

const asItCame = [{ priority: 0, type: "NONE" }];

// AWS's own way to say that a header is missing (AWS WAF developer guide, "Rate limit the requests that are missing a specific header").
const withoutToken: Statement = {
  notStatement: {
    statement: {
      sizeConstraintStatement: {
        fieldToMatch: { singleHeader: { name: "authorization" } },
        comparisonOperator: "GT",
        size: 0,
        textTransformations: asItCame,
      },
    },
  },
};

// As the load balancer compares it: rules match the path as it came, in its own case.
const beginsWith = (path: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "STARTS_WITH",
    searchString: path,
    textTransformations: asItCame,
  },
});

/** WAF takes no alternative of one. */
const anyOf = (statements: Statement[]): Statement =>
  statements.length === 1 ? statements[0]! : { orStatement: { statements } };
