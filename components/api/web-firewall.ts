import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { validated, wholeNumberIn } from "../validated.ts";
import { rateRules, type RateRulesArgs } from "./rate-rules.ts";

export interface WebFirewallArgs {
  place: Place;
  /** ARN of the API stage or load balancer to guard. */
  resourceArn: pulumi.Input<string>;
  /** Requests one address may send in five minutes before it is blocked: 10 or more. Defaults to 2000. */
  requestsPerFiveMinutes?: number;
  /**
   * Beginnings of the paths that ask for no token, where many callers may come from one address, as behind a gateway: then an address
   * counts together with its token, and by itself only where there is none, or on these paths. Defaults to each address by itself.
   */
  openPaths?: readonly string[];
  /** How long the firewall's log is kept. Defaults to 30. */
  logRetentionDays?: number;
}

/**
 * A WAF in front of an API: a limit per caller, then AWS's common and known-bad-input rules, each decision counted and
 * logged without the Authorization header. The common rules block bodies over 8 KB.
 */
export class WebFirewall extends pulumi.ComponentResource {
  /** ARN of the web ACL. */
  readonly webAclArn: pulumi.Output<string>;

  constructor(name: string, args: WebFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:WebFirewall", name, {}, opts);
    const { limit, openPaths, logGroup, retentionInDays } = validated(this, () => check(name, args));
    const child = { parent: this };

    const acl = new wafv2.WebAcl(
      `${name}-acl`,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: [...rateLimits({ limit, openPaths }), ...managedGroups.map(managedRules)].map((rule, priority) => ({
          ...rule,
          priority,
        })),
        visibilityConfig: visible("all"),
      },
      child,
    );
    new wafv2.WebAclAssociation(`${name}-association`, { webAclArn: acl.arn, resourceArn: args.resourceArn }, child);
    const logs = new cloudwatch.LogGroup(`${name}-logs`, { name: logGroup, retentionInDays }, child);
    new wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [logs.arn],
        redactedFields: [{ singleHeader: { name: "authorization" } }],
      },
      child,
    );

    this.webAclArn = acl.arn;
    this.registerOutputs({ webAclArn: this.webAclArn });
  }
}

function check(name: string, args: WebFirewallArgs) {
  const { place, requestsPerFiveMinutes = 2000, openPaths, logRetentionDays = 30 } = args;
  const wrong = openPaths?.find((path) => !path.startsWith("/"));
  if (wrong !== undefined) {
    throw new Error(
      `openPaths must begin with a slash, got "${wrong}": name the open routes, such as /health/patients`,
    );
  }
  return {
    openPaths,
    // WAF's own bounds for a rate-based rule.
    limit: wholeNumberIn("requestsPerFiveMinutes", requestsPerFiveMinutes, 10, 2_000_000_000),
    // WAF only writes to log groups whose name begins like this.
    logGroup: `aws-waf-logs-${physicalName(place, name)}`,
    retentionInDays: logRetention(logRetentionDays),
  };
}

const managedGroups = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

const visible = (metricName: string) => ({ metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true });

// First, so that a flood is turned away by the cheapest rule. It answers 403 like the others: API Gateway gives that its own body
// and CORS headers, while a response of the firewall's own would come without either (API Gateway developer guide, gateway
// response types: "AWS WAF custom responses take precedence over custom gateway responses").
function rateLimits(args: RateRulesArgs) {
  return Object.entries(rateRules(args)).map(([name, rateBasedStatement]) => ({
    name,
    action: { block: {} },
    statement: { rateBasedStatement },
    visibilityConfig: visible(name),
  }));
}

function managedRules(group: string) {
  return {
    name: group,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
    visibilityConfig: visible(group),
  };
}
