import { rule } from "../../../../policies/rules/apigateway/stage-require-firewall.ts";
import { laws, resource } from "../../laws.ts";

const arn = "arn:aws:apigateway:eu-west-1::/restapis/abc123/stages/live";
const stage = resource("aws:apigateway/stage:Stage", { stageName: "live" }, { outputs: { arn } });
const acl = (resourceArn: string) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn }, { name: "acl" });

const within = resource("aws:apigateway/stage:Stage", { stageName: "live", restApi: "abc123" }, { outputs: { arn } });
const api = (types: string, id = "abc123") =>
  resource("aws:apigateway/restApi:RestApi", { endpointConfiguration: { types } }, { name: "api", outputs: { id } });

laws(rule, {
  violates: {
    "no firewall": { of: [stage], says: "no web ACL" },
    "the firewall of another stage": { of: [stage, acl(arn.replace("live", "old"))], says: "no web ACL" },
    "no firewall in front of an API that the internet reaches": {
      of: [within, api("REGIONAL")],
      says: "no web ACL",
    },
    "no firewall, and a private API beside it": { of: [within, api("PRIVATE", "other")], says: "no web ACL" },
  },
  passes: {
    "a firewall": { of: [stage, acl(arn)] },
    "no firewall before a private API": { of: [within, api("PRIVATE")] },
    "a firewall that will point to a stage that is not there yet": {
      of: [stage, { ...acl("04da6b54-80e4-46f7-96ec-b56ff0331ba9"), dependencies: { resourceArn: ["it"] } }],
    },
  },
});
