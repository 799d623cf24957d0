import assert from "node:assert/strict";
import { RestApi, type RestApiArgs } from "../../../components/api/rest-api.ts";
import { graph, only } from "../../../local/graph.ts";
import { place } from "../place.ts";
import { changed, fixture, scopes, services } from "./fixture.ts";

const userPoolArn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc";

async function deploymentOf(args: Partial<RestApiArgs>) {
  const program = () => void new RestApi("api", { place, document: fixture(), services, scopes, userPoolArn, ...args });
  return only((await graph(program)).nodes, "aws:apigateway/deployment:Deployment");
}
const hashOf = async (args: Partial<RestApiArgs>): Promise<string> =>
  (await deploymentOf(args)).inputs["triggers"].document;

describe("the deployment of a RestApi", () => {
  it("is made anew when the document, the compression, an origin or the user pool changes", async () => {
    const hash = await hashOf({});
    for (const args of [
      { document: changed((d) => (d.info.title = "Practice")) },
      { minimumCompressionBytes: 0 },
      { userPoolArn: `${userPoolArn}d` },
      { allowedOrigins: ["https://app.example.com"] },
    ]) {
      assert.notEqual(await hashOf(args), hash);
    }
  });

  it("stays when keys move in the document", async () => {
    const { openapi, ...rest } = fixture();
    assert.equal(await hashOf({ document: { ...rest, openapi } }), await hashOf({}));
  });

  it("stays when limits and logs change, which belong to the stage", async () => {
    for (const args of [{ throttleRate: 1 }, { logRetentionDays: 7 }, { firewall: true }]) {
      assert.equal(await hashOf(args), await hashOf({}));
    }
  });

  it("is created before the old one is deleted, so that the stage always has one", async () => {
    assert.equal((await deploymentOf({})).options.deleteBeforeReplace, undefined);
  });
});
