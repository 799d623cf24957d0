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
  for (const [what, args] of Object.entries({
    "the document": { document: changed((d) => (d.info.title = "Practice")) },
    "the user pool": { userPoolArn: `${userPoolArn}d` },
    "an origin": { allowedOrigins: ["https://app.example.com"] },
    compression: { minimumCompressionBytes: 0 },
    "the door under AWS's own host name": { executeApiEndpoint: false },
    "the TLS policy": { tlsPolicy: "SecurityPolicy_TLS13_1_3_2025_09" },
  } satisfies Record<string, Partial<RestApiArgs>>)) {
    it(`is made anew when ${what} changes`, async () => {
      assert.notEqual(await hashOf(args), await hashOf({}));
    });
  }

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
