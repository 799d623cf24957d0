import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { ApiGatewayAccount } from "../../../components/api/account.ts";
import { graph, only } from "../../../local/graph.ts";
import { RestApi } from "../../../components/api/rest-api.ts";
import { place } from "../place.ts";
import { fixture, scopes, services } from "./fixture.ts";

const userPoolArn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc";

describe("ApiGatewayAccount", () => {
  const account = () => graph(() => void new ApiGatewayAccount("api-account", { place }));

  it("is left behind when the stack goes, because other APIs log through it", async () => {
    const { nodes } = await account();
    const kept = nodes.filter(({ parent }) => parent === "api-account");
    assert.deepEqual(
      kept.map(({ options }) => options.retainOnDelete),
      [true, true, true],
    );
  });

  it("gives API Gateway, and nobody else, the one policy it demands", async () => {
    const { nodes } = await account();
    const [role, grant] = [
      only(nodes, "aws:iam/role:Role"),
      only(nodes, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
    ];
    assert.deepEqual(JSON.parse(role.inputs["assumeRolePolicy"]).Statement[0].Principal, {
      Service: "apigateway.amazonaws.com",
    });
    assert.equal(
      grant.inputs["policyArn"],
      "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    );
    assert.equal(only(nodes, "aws:apigateway/account:Account").inputs["cloudwatchRoleArn"], role.outputs["arn"]);
  });

  it("comes before the stage that logs through it, like the permissions to call what is behind it", async () => {
    let awaited: unknown;
    const transformations: pulumi.ResourceTransformation[] = [
      ({ name, opts }) => {
        if (name === "api-stage") awaited = opts.dependsOn;
        return undefined;
      },
    ];
    await graph(() => {
      const dependsOn = [new ApiGatewayAccount("api-account", { place })];
      const args = { place, document: fixture(), services, scopes, userPoolArn };
      void new RestApi("api", args, { dependsOn, transformations });
    });
    assert.deepEqual(
      (awaited as { __name: string }[]).map(({ __name }) => __name),
      ["api-account", "api-patients-permission"],
    );
  });
});
