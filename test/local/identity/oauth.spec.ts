import assert from "node:assert/strict";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import {
  bench,
  callback,
  claimsOf,
  nodes,
  password,
  pkce,
  poolId,
  postForm,
  somebody,
  stopBenches,
  type Bench,
} from "./fixture.ts";
import { Browser } from "./browser.ts";

describe("the OAuth endpoints", () => {
  let under: Bench;
  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  const token = (form: Record<string, string>, secret?: string) =>
    postForm(`${under.identity.url}/oauth2/token`, form, secret);
  const machine = (more: Record<string, string> = {}, secret = under.identity.clientSecret("machine")) =>
    token({ grant_type: "client_credentials", client_id: "machine", ...more }, secret);

  /** Signs a new user in through the pages and returns what the app gets back, with what it needs to redeem it. */
  async function codeFlow(more: Record<string, string> = {}) {
    const username = somebody();
    const attributes = { "custom:clinic": "north" };
    const sub = await under.identity.createUser({ username, password, attributes });
    const browser = new Browser(under.identity.url);
    const { verifier, challenge } = pkce();
    const request = { response_type: "code", client_id: "browser", redirect_uri: callback, state: "s&1", ...more };
    const proof = { code_challenge: challenge, code_challenge_method: "S256" };
    await browser.get(`/oauth2/authorize?${new URLSearchParams({ ...request, ...proof })}`);
    const back = await browser.submit({ username, password });
    const { code, state } = Object.fromEntries(new URL(back.location!).searchParams);
    const redeem = { grant_type: "authorization_code", client_id: "browser", redirect_uri: callback, code: code! };
    return { back, state, redeem, verifier, sub, browser, username };
  }

  it("signs in through the page and exchanges the code for tokens", async () => {
    const { back, state, redeem, verifier, sub, username } = await codeFlow({
      scope: "openid clinic/patients.read",
      nonce: "n1",
    });
    assert.deepEqual([back.status, back.location!.startsWith(`${callback}?code=`), state], [302, true, "s&1"]);
    const { status, body, headers } = await token({ ...redeem, code_verifier: verifier });
    assert.deepEqual([status, body.token_type, body.expires_in], [200, "Bearer", 900]);
    assert.equal(headers.get("cache-control"), "no-store");
    const access = claimsOf(body.access_token);
    assert.deepEqual(
      [access.sub, access.client_id, access.token_use, access.scope, access.username, access.version],
      [sub, "browser", "access", "openid clinic/patients.read", sub, 2],
    );
    const id = claimsOf(body.id_token);
    assert.deepEqual([id.aud, id.nonce, id.email, id["cognito:username"]], ["browser", "n1", username, sub]);
    assert.equal(id["custom:clinic"], "north");
  });

  it("gives tokens aws-jwt-verify accepts with the keys that are served", async () => {
    const { redeem, verifier, sub } = await codeFlow();
    const { body } = await token({ ...redeem, code_verifier: verifier });
    const keys = await (await fetch(`${under.identity.url}/${poolId}/.well-known/jwks.json`)).json();
    const verified = (tokenUse: "access" | "id", scope?: string) => {
      const verifierOf = CognitoJwtVerifier.create({ userPoolId: poolId, clientId: "browser", tokenUse, scope });
      verifierOf.cacheJwks(keys as any);
      return verifierOf.verify(tokenUse === "id" ? body.id_token : body.access_token);
    };
    assert.equal((await verified("access", "clinic/patients.write")).sub, sub);
    assert.equal((await verified("id")).aud, "browser");
    await assert.rejects(verified("access", "clinic/patients.erase"));
  });

  it("gives the client's scopes when none are asked for, and no id token without openid", async () => {
    const all = await codeFlow();
    const { body } = await token({ ...all.redeem, code_verifier: all.verifier });
    assert.equal(claimsOf(body.access_token).scope, "openid email clinic/patients.read clinic/patients.write");
    const narrow = await codeFlow({ scope: "clinic/patients.read" });
    assert.equal((await token({ ...narrow.redeem, code_verifier: narrow.verifier })).body.id_token, undefined);
  });

  it("fails on a wrong verifier, on none, on a reused code and on a late one", async () => {
    const wrong = await codeFlow();
    const invalid = { error: "invalid_grant" };
    assert.deepEqual((await token({ ...wrong.redeem, code_verifier: pkce().verifier })).body, invalid);
    assert.deepEqual((await token({ ...wrong.redeem, code_verifier: wrong.verifier })).body, invalid);
    const none = await codeFlow();
    assert.deepEqual((await token(none.redeem)).body, invalid);
    const twice = await codeFlow();
    assert.equal((await token({ ...twice.redeem, code_verifier: twice.verifier })).status, 200);
    assert.deepEqual((await token({ ...twice.redeem, code_verifier: twice.verifier })).body, invalid);
    const late = await codeFlow();
    under.pass(301);
    assert.deepEqual((await token({ ...late.redeem, code_verifier: late.verifier })).body, invalid);
  });

  it("refreshes until the refresh token is revoked or ends", async () => {
    const { redeem, verifier } = await codeFlow();
    const { refresh_token = "" } = (await token({ ...redeem, code_verifier: verifier })).body;
    const refresh = () => token({ grant_type: "refresh_token", client_id: "browser", refresh_token });
    const { body } = await refresh();
    assert.deepEqual([claimsOf(body.access_token).client_id, body.refresh_token], ["browser", undefined]);
    const foreign = { grant_type: "refresh_token", client_id: "plain", refresh_token };
    assert.deepEqual((await token(foreign)).body, { error: "invalid_grant" });
    await postForm(`${under.identity.url}/oauth2/revoke`, { client_id: "browser", token: refresh_token });
    assert.deepEqual((await refresh()).body, { error: "invalid_grant" });

    const other = await codeFlow();
    const second = (await token({ ...other.redeem, code_verifier: other.verifier })).body.refresh_token;
    under.pass(12 * 3600 + 1);
    const late = { grant_type: "refresh_token", client_id: "browser", refresh_token: second };
    assert.deepEqual((await token(late)).body, { error: "invalid_grant" });
  });

  it("gives a machine a token of its own, by Basic or by body", async () => {
    const { status, body } = await machine();
    assert.deepEqual([status, Object.keys(body).sort()], [200, ["access_token", "expires_in", "token_type"]]);
    const { sub, client_id, username, scope, token_use } = claimsOf(body.access_token);
    assert.deepEqual(
      [sub, client_id, username, scope, token_use],
      ["machine", "machine", undefined, "clinic/patients.read clinic/patients.write", "access"],
    );
    const client_secret = under.identity.clientSecret("machine")!;
    const form = {
      grant_type: "client_credentials",
      client_id: "machine",
      client_secret,
      scope: "clinic/patients.read",
    };
    assert.equal(claimsOf((await token(form)).body.access_token).scope, "clinic/patients.read");
  });

  it("fails on a machine without its secret, with a wrong one, or asking too much", async () => {
    const form = { grant_type: "client_credentials", client_id: "machine" };
    for (const [refused, error] of [
      [await token(form), "invalid_client"],
      [await machine({}, "wrong"), "invalid_client"],
      [await machine({ scope: "clinic/patients.erase" }), "invalid_scope"],
      [await machine({ grant_type: "password" }), "unsupported_grant_type"],
      [await token({ ...form, client_id: "browser" }), "unauthorized_client"],
      [await token({ ...form, client_id: "nobody" }), "invalid_client"],
    ] as const) {
      assert.deepEqual([refused.status, refused.body], [400, { error }]);
    }
  });

  it("tells the bearer of an openid token about the user, and nobody else", async () => {
    const { redeem, verifier, sub, username } = await codeFlow({ scope: "openid email" });
    const { body } = await token({ ...redeem, code_verifier: verifier });
    const ask = (bearer: string) =>
      fetch(`${under.identity.url}/oauth2/userInfo`, { headers: { Authorization: `Bearer ${bearer}` } });
    const told = await (await ask(body.access_token)).json();
    assert.deepEqual(told, { sub, email: username, email_verified: "true", username: sub });
    assert.equal((await ask((await machine()).body.access_token)).status, 401);
    assert.equal((await ask("a.b.c")).status, 401);
  });

  it("says in its discovery document where everything is", async () => {
    const document = (await (
      await fetch(`${under.identity.url}/${poolId}/.well-known/openid-configuration`)
    ).json()) as any;
    assert.deepEqual(
      [document.issuer, document.jwks_uri, document.token_endpoint],
      [
        `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`,
        `${under.identity.url}/${poolId}/.well-known/jwks.json`,
        `${under.identity.url}/oauth2/token`,
      ],
    );
    assert.equal((await fetch(`${under.identity.url}/eu-west-1_other/.well-known/jwks.json`)).status, 404);
  });

  it("serves no OAuth where the pool has no domain", async () => {
    const bare = await bench(nodes().filter(({ type }) => !type.includes("Domain")));
    const form = { grant_type: "client_credentials", client_id: "machine" };
    const answer = await postForm(`${bare.identity.url}/oauth2/token`, form, bare.identity.clientSecret("machine"));
    assert.deepEqual(answer.body, { error: "invalid_client" });
  });
});
