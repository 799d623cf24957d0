import { rule } from "../../../../policies/rules/apigateway/domain-name-require-modern-tls.ts";
import { laws, resource } from "../../laws.ts";

const rest = (props: object) => [
  resource("aws:apigateway/domainName:DomainName", { domainName: "api.clinic.example", ...props }),
];
const http = (securityPolicy: string) => [
  resource("aws:apigatewayv2/domainName:DomainName", { domainNameConfiguration: { securityPolicy } }),
];

laws(rule, {
  violates: {
    "TLS 1.0": { of: rest({ securityPolicy: "TLS_1_0" }), says: 'securityPolicy is "TLS_1_0"' },
    "no policy": { of: rest({}), says: "securityPolicy is not set" },
    "TLS 1.0 on an HTTP API": { of: http("TLS_1_0"), says: "TLS_1_0" },
  },
  passes: {
    "TLS 1.2": { of: rest({ securityPolicy: "TLS_1_2" }) },
    "TLS 1.3": { of: rest({ securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }) },
    "TLS 1.2 on an HTTP API": { of: http("TLS_1_2") },
  },
});
