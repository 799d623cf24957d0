import { rule } from "../../../../policies/rules/apigateway/stage-require-firewall.ts";
import { laws, resource } from "../../laws.ts";

const arn = "arn:aws:apigateway:eu-west-1::/restapis/abc123/stages/live";
const stage = resource("aws:apigateway/stage:Stage", { stageName: "live" }, { outputs: { arn } });
const acl = (resourceArn: string) =>
  resource("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn }, { name: "acl" });

laws(rule, {
  violates: {
    "no firewall": { of: [stage], says: "no web ACL" },
    "the firewall of another stage": { of: [stage, acl(arn.replace("live", "old"))], says: "no web ACL" },
  },
  passes: {
    "a firewall": { of: [stage, acl(arn)] },
    "a firewall that will point to a stage that is not there yet": {
      of: [stage, { ...acl("04da6b54-80e4-46f7-96ec-b56ff0331ba9"), dependencies: { resourceArn: ["it"] } }],
    },
  },
});
