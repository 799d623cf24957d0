import assert from "node:assert/strict";
import { resourceServer } from "../../../app/contract.ts";
import { UserPool } from "../../../components/auth/user-pool.ts";
import { graph } from "../../../local/graph.ts";
import { Browser } from "./browser.ts";
import { bench, claimsOf, password, pkce, postForm, somebody, stopBenches, type Bench } from "./fixture.ts";

const callback = "http://localhost:3000/signed-in";
const place = { partition: "aws", region: "eu-west-1", accountId: "123456789012", project: "slipway", stack: "dev" };

describe("the UserPool component, served from its graph", () => {
  let under: Bench;
  const idOf = (role: string) => under.identity.pools[0]!.clients.find(({ name }) => name.includes(role))!.id;
  before(async () => {
    const program = () =>
      new UserPool("auth", { place, resourceServer, callbackUrls: [callback], machineScopes: ["patients.read"] });
    const { nodes } = await graph(program);
    under = await bench(nodes);
  });
  after(stopBenches);

  it("gives the machine a token for its scopes", async () => {
    const form = { grant_type: "client_credentials", client_id: idOf("machine") };
    const secret = under.identity.clientSecret(idOf("machine"));
    const { body } = await postForm(`${under.identity.url}/oauth2/token`, form, secret);
    assert.equal(claimsOf(body.access_token).scope, "clinic/patients.read");
  });

  it("signs a person in through the page, by code and PKCE", async () => {
    const username = somebody();
    await under.identity.createUser({ username, password });
    const { verifier, challenge } = pkce();
    const common = { client_id: idOf("browser"), redirect_uri: callback };
    const proof = { code_challenge: challenge, code_challenge_method: "S256" };
    const browser = new Browser(under.identity.url);
    await browser.get(`/oauth2/authorize?${new URLSearchParams({ response_type: "code", ...common, ...proof })}`);
    const { location } = await browser.submit({ username, password });
    const code = new URL(location!).searchParams.get("code")!;
    const form = { grant_type: "authorization_code", ...common, code, code_verifier: verifier };
    const { body } = await postForm(`${under.identity.url}/oauth2/token`, form);
    const scopes = ["openid", "email", ...Object.keys(resourceServer.scopes).map((scope) => `clinic/${scope}`)];
    assert.equal(claimsOf(body.access_token).scope, scopes.join(" "));
    assert.ok(body.refresh_token && body.id_token);
  });
});
