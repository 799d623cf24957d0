import { text } from "../../facts/reading.ts";
import { shown } from "../../facts/shown.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "apigateway-domain-name-require-modern-tls",
  topic: "encryption",
  holds: "a domain of an API speaks TLS 1.2 or newer",
  why: "TLS 1.0 and 1.1 are broken, and clients that still offer them can be talked down to them.",
  fix: "set securityPolicy to TLS_1_2 or a TLS 1.3 policy",
  source: "RFC 8996; API Gateway developer guide, security policies",
  severity: "high",
  level: "mandatory",
  types: ["aws:apigateway/domainName:DomainName", "aws:apigatewayv2/domainName:DomainName"],
  *check({ type, props }) {
    const at = type.startsWith("aws:apigatewayv2") ? "domainNameConfiguration.securityPolicy" : "securityPolicy";
    const policy = text(props, at);
    if (!policy || !(policy === "TLS_1_2" || policy.startsWith("SecurityPolicy_TLS13_")))
      yield `${at} is ${shown(policy)}`;
  },
};
