import assert from "node:assert/strict";
import { startIssuer, type Issuer } from "../../issuer.ts";
import { tokenVerifier, type Verify } from "../../../../app/platform/identity/token.ts";

describe("the token verifier of the plain server", () => {
  let issuer: Issuer;
  let verify: Verify;
  before(async () => {
    issuer = await startIssuer();
    verify = tokenVerifier(issuer.environment);
  });
  after(() => issuer.stop());

  const bearer = async (claims: object = {}) => `Bearer ${await issuer.token(claims)}`;
  const refused = (header: string | undefined, challenge: string) =>
    assert.rejects(Promise.resolve(verify(header)), (error: any) => {
      assert.deepEqual([error.status, error.headers["www-authenticate"]], [401, challenge]);
      return true;
    });

  it("finds the caller and the scopes", async () => {
    const caller = await verify(await bearer({ sub: "person-1", scope: "clinic/patients.read openid" }));
    assert.deepEqual(caller, { id: "person-1", scopes: new Set(["clinic/patients.read", "openid"]) });
  });

  it("asks for a token where there is none", async () => {
    for (const header of [undefined, "", "Basic YTpi", "Bearer", "Bearer a b"]) await refused(header, "Bearer");
  });

  const wrong: Record<string, object> = {
    "has expired": { exp: 1_000_000_000 },
    "comes from another issuer": { iss: "https://example.org" },
    "was given to another client": { client_id: "other" },
    "is an ID token": { token_use: "id" },
    "is for later": { nbf: 4_000_000_000 },
  };
  for (const [what, claims] of Object.entries(wrong)) {
    it(`refuses a token that ${what}`, async () => refused(await bearer(claims), 'Bearer error="invalid_token"'));
  }

  it("refuses a token that another key signed, was changed, or is unsigned", async () => {
    const token = await issuer.token({});
    const [header, , signature] = token.split(".");
    const payload = Buffer.from(JSON.stringify({ token_use: "access", client_id: "web" })).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const bad of [await issuer.forged({}), `${header}.${payload}.${signature}`, `${none}.${payload}.`, "x"]) {
      await refused(`Bearer ${bad}`, 'Bearer error="invalid_token"');
    }
  });

  it("answers 503 while the issuer cannot be reached", async () => {
    const away = tokenVerifier({ ...issuer.environment, TOKEN_JWKS_URI: "http://127.0.0.1:1/jwks.json" });
    await assert.rejects(Promise.resolve(away(await bearer())), { status: 503, code: "issuer-unreachable" });
  });

  it("fails on a missing setting by its name", () => {
    assert.throws(() => tokenVerifier({ TOKEN_ISSUER: "x" }), /environment variable TOKEN_CLIENT_IDS is not set/);
  });
});
