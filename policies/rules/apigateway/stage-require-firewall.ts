import { pointsTo } from "../../facts/links.ts";
import { text } from "../../facts/reading.ts";
import { about } from "../../facts/subjects.ts";
import { any } from "../../facts/unknown.ts";
import { ofType, type Resource } from "../../resource.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "apigateway-stage-require-firewall",
  topic: "exposure",
  holds: "a stage of a REST API that the internet reaches stands behind a web application firewall",
  why: "The authorizer knows who asks; floods, scanners and known attack strings are the firewall's part.",
  fix: "associate a wafv2 web ACL with the stage",
  source: "AWS Security Hub APIGateway.4",
  severity: "medium",
  level: { dev: "disabled", prod: "mandatory" },
  *checkStack(resources) {
    const associations = ofType(resources, "aws:wafv2/webAclAssociation:WebAclAssociation");
    const inside = ofType(resources, "aws:apigateway/restApi:RestApi").filter(isPrivate);
    yield* about(ofType(resources, "aws:apigateway/stage:Stage"), function* (stage) {
      if (any(inside, (api) => pointsTo(stage, "restApi", api))) return;
      if (!any(associations, (association) => pointsTo(association, "resourceArn", stage))) {
        yield "no web ACL is associated with it";
      }
    });
  },
};

const isPrivate = ({ props }: Resource) => text(props, "endpointConfiguration.types") === "PRIVATE";
