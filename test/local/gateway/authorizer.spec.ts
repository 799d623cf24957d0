import assert from "node:assert/strict";
import { clientId, issuer } from "./clinic.ts";
import { openFrontDoor, summary, type FrontDoor } from "./front-door.ts";
import { accessToken, idToken } from "./tokens.ts";

const unauthorized = [401, "UnauthorizedException", '{"message":"Unauthorized"}'];
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const past = Math.floor(Date.now() / 1000) - 1;

describe("Authorizer", () => {
  let door: FrontDoor;
  before(async () => (door = await openFrontDoor()));
  beforeEach(() => (door.calls.length = 0));
  after(() => door.stop());
  const ask = async (init?: RequestInit) => summary(await door.fetch("/patients/17", init));

  it("lets a token with one of the scopes pass and gives the function its claims as text", async () => {
    const exp = 1_900_000_000;
    const claims = { "cognito:groups": ["nurses", "admins"], extra: { a: 1 }, flag: true };
    const token = await accessToken("openid clinic/patients.read", { claims, expiresAt: exp });
    assert.deepEqual(await ask(bearer(token)), [200, null, ""]);
    const { iat, ...seen } = door.calls[0]!.event.requestContext.authorizer.claims;
    assert.match(iat, /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/);
    assert.deepEqual(seen, {
      iss: issuer,
      sub: "5f3c",
      jti: "9d1e",
      auth_time: "1700000000",
      token_use: "access",
      client_id: clientId,
      scope: "openid clinic/patients.read",
      username: "ada",
      exp: "Sun Mar 17 17:46:40 UTC 2030",
      "cognito:groups": "nurses,admins",
      extra: '{"a":1}',
      flag: "true",
    });
  });

  it("takes a token without the word Bearer", async () => {
    const Authorization = await accessToken("clinic/patients.read");
    assert.equal((await ask({ headers: { Authorization } }))[0], 200);
  });

  it("fails without a token", async () => {
    for (const Authorization of [undefined, "", "Bearer", "Bearer ", "Basic YTpi", "a.b.c", "Bearer null"]) {
      assert.deepEqual(
        await ask(Authorization === undefined ? {} : { headers: { Authorization } }),
        unauthorized,
        Authorization,
      );
    }
    assert.equal(door.calls.length, 0);
  });

  it("fails with a token that has expired, and says so", async () => {
    assert.deepEqual(await ask(bearer(await accessToken("clinic/patients.read", { expiresAt: past }))), [
      401,
      "UnauthorizedException",
      '{"message":"The incoming token has expired"}',
    ]);
  });

  for (const [what, parts] of [
    ["signed by someone else", { forged: true }],
    ["signed with a key the pool does not have", { kid: "other" }],
    ["of another pool", { issuer: `${issuer}x` }],
    ["of a client the pool does not have", { claims: { client_id: "stranger" } }],
    ["that is no access token", { claims: { token_use: "id", aud: clientId } }],
    ["that names no use", { claims: { token_use: undefined } }],
    ["that is not valid yet", { claims: { nbf: past + 600 } }],
  ] as const) {
    it(`fails with a token ${what}`, async () => {
      assert.deepEqual(await ask(bearer(await accessToken("clinic/patients.read", parts))), unauthorized);
      assert.equal(door.calls.length, 0);
    });
  }

  it("fails with a token whose payload was changed, or that has no signature", async () => {
    const [head, , signature] = (await accessToken("clinic/patients.write")).split(".");
    const payload = (await accessToken("clinic/patients.read", { forged: true })).split(".")[1];
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const token of [`${head}.${payload}.${signature}`, `${none}.${payload}.`])
      assert.deepEqual(await ask(bearer(token)), unauthorized);
  });

  it("fails with 403 when the token lacks the scope", async () => {
    for (const scope of ["clinic/patients.write", "", "clinic/patients.rea", "clinic/patients.read2"]) {
      assert.deepEqual(await ask(bearer(await accessToken(scope))), [
        403,
        "AccessDeniedException",
        '{"Message":"User is not authorized to access this resource"}',
      ]);
    }
    assert.equal(door.calls.length, 0);
  });

  it("lets anyone pass where the route asks for nothing", async () => {
    assert.deepEqual(await summary(await door.fetch("/patients/me")), [200, null, ""]);
    assert.equal("authorizer" in door.calls[0]!.event.requestContext, false);
  });

  it("takes ID tokens, and only those, where a route names no scopes", async () => {
    const open = await openFrontDoor({
      edit: ({ paths }) => (paths["/patients/{patientId}"].get.security = [{ cognito: [] }]),
    });
    try {
      const status = async (token: string) => (await open.fetch("/patients/17", bearer(token))).status;
      assert.equal(await status(await idToken()), 200);
      assert.equal(open.calls[0]!.event.requestContext.authorizer.claims.email_verified, "true");
      assert.equal(await status(await accessToken("clinic/patients.read")), 401);
      assert.equal(await status(await idToken({ claims: { aud: "stranger" } })), 401);
    } finally {
      await open.stop();
    }
  });

  it("lets everyone in once the document declares no authorizer", async () => {
    const open = await openFrontDoor({ edit: ({ components }) => delete components.securitySchemes });
    try {
      assert.deepEqual(await summary(await open.fetch("/patients/17")), [200, null, ""]);
    } finally {
      await open.stop();
    }
  });

  it("reads the pool's keys again when a token names one it does not know", async () => {
    const { jwks } = await import("./tokens.ts");
    const answers = [{ keys: [] }, jwks];
    const rotated = await openFrontDoor({}, { keys: async () => answers.shift()! });
    try {
      assert.equal(
        (await rotated.fetch("/patients/17", bearer(await accessToken("clinic/patients.read")))).status,
        200,
      );
    } finally {
      await rotated.stop();
    }
  });

  it("fails with 500 when the pool's keys cannot be read", async () => {
    const lost = await openFrontDoor({}, { keys: () => Promise.reject(new Error("no identity")) });
    try {
      const [status, type] = await summary(
        await lost.fetch("/patients/17", bearer(await accessToken("clinic/patients.read"))),
      );
      assert.deepEqual([status, type], [500, "AuthorizerConfigurationException"]);
    } finally {
      await lost.stop();
    }
  });

  it("judges expiry by the gateway's clock", async () => {
    const later = await openFrontDoor({}, { now: () => Date.now() + 2 * 3600 * 1000 });
    try {
      assert.equal((await later.fetch("/patients/17", bearer(await accessToken("clinic/patients.read")))).status, 401);
    } finally {
      await later.stop();
    }
  });
});
