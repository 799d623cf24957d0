import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { generateSync } from "otplib";
import { bench, callback, nodes, password, pkce, poolId, somebody, stopBenches, type Bench } from "./fixture.ts";
import { Browser } from "./browser.ts";

const authorize = (changes: Record<string, string> = {}) => {
  const proof = { code_challenge: pkce().challenge, code_challenge_method: "S256" };
  const request = { response_type: "code", client_id: "browser", redirect_uri: callback, state: "s", ...proof };
  return `/oauth2/authorize?${new URLSearchParams({ ...request, ...changes })}`;
};

describe("the hosted pages", () => {
  let under: Bench;
  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  const person = async () => {
    const username = somebody();
    await under.identity.createUser({ username, password });
    return username;
  };
  const open = async (path = authorize(), from = under) => {
    const browser = new Browser(from.identity.url);
    return { browser, answer: await browser.get(path) };
  };

  it("sign up, confirm and sign in by forms alone", async () => {
    const username = somebody();
    const { browser } = await open(authorize().replace("/oauth2/authorize", "/signup"));
    const weak = await browser.submit({ username, password: "weak" });
    assert.deepEqual([weak.status, browser.text.includes("Password not long enough")], [400, true]);
    await browser.submit({ username, password });
    await browser.submit({ code: under.codeFor(username) });
    assert.match(browser.text, /^Your account is confirmed/);
    const back = await browser.submit({ username, password });
    assert.match(back.location!, /^https:\/\/clinic\.example\/signed-in\?code=[\w-]{43}&state=s$/);
  });

  it("lead one who never confirmed to a fresh code", async () => {
    const username = somebody();
    const { browser } = await open(authorize().replace("/oauth2/authorize", "/signup"));
    await browser.submit({ username, password });
    const signIn = await open();
    await signIn.browser.submit({ username, password });
    await signIn.browser.submit({ code: under.codeFor(username) });
    assert.match(signIn.browser.text, /^Your account is confirmed/);
  });

  it("choose a new password by code", async () => {
    const username = await person();
    const { browser } = await open(authorize().replace("/oauth2/authorize", "/forgotPassword"));
    await browser.submit({ username });
    await browser.submit({ code: under.codeFor(username), password: "Another-Horse-10" });
    assert.match(browser.text, /^Your password is changed/);
    assert.ok((await browser.submit({ username, password: "Another-Horse-10" })).location);
  });

  it("do not ask again within the hour, until signed out", async () => {
    const username = await person();
    const { browser } = await open();
    await browser.submit({ username, password });
    assert.ok((await browser.get(authorize())).location);
    assert.equal((await browser.get(authorize({ prompt: "login" }))).location, undefined);
    const out = await browser.get("/logout?client_id=browser&logout_uri=https%3A%2F%2Fclinic.example%2Fsigned-out");
    assert.equal(out.location, "https://clinic.example/signed-out");
    assert.equal((await browser.get(authorize())).location, undefined);
    const silent = await browser.get(authorize({ prompt: "none" }));
    assert.equal(silent.location, `${callback}?error=login_required&state=s`);
    await browser.get(authorize());
    await browser.submit({ username, password });
    under.pass(3601);
    assert.equal((await browser.get(authorize())).location, undefined);
  });

  it("leave no older sign-in of the browser valid beside the new one", async () => {
    const username = await person();
    const { browser } = await open();
    await browser.submit({ username, password });
    const older = browser.cookie("cognito")!;
    await browser.get(authorize({ prompt: "login" }));
    await browser.submit({ username, password });
    assert.ok((await browser.get(authorize())).location);
    browser.keep("cognito", older);
    assert.equal((await browser.get(authorize())).location, undefined);
  });

  it("say the same of a wrong password and an unknown user, and keep what was typed", async () => {
    const username = await person();
    for (const name of [username, "nobody@clinic.example"]) {
      const { browser } = await open();
      const { status } = await browser.submit({ username: name, password: "Wrong-Horse-99" });
      assert.deepEqual([status, browser.text.includes("Incorrect username or password.")], [400, true]);
      assert.ok(browser.html.includes(`value="${name}"`));
    }
  });

  it("fails on a form that is not the page's own", async () => {
    const username = await person();
    const forged = await open();
    assert.equal((await forged.browser.submit({ username, password, _csrf: "forged" })).status, 403);
    const cookieless = await open();
    cookieless.browser.forget("XSRF-TOKEN");
    assert.equal((await cookieless.browser.submit({ username, password })).status, 403);
  });

  it("fails on a redirect or client nobody registered, without going there", async () => {
    for (const [changes, error] of [
      [{ redirect_uri: "https://evil.example/" }, "redirect_mismatch"],
      [{ redirect_uri: `${callback}/` }, "redirect_mismatch"],
      [{ client_id: "nobody" }, "invalid_client"],
    ] as const) {
      const { browser, answer } = await open(authorize(changes));
      assert.deepEqual([answer.location, answer.status, browser.text.endsWith(error)], [undefined, 400, true]);
    }
    const { answer } = await open("/logout?client_id=browser&logout_uri=https%3A%2F%2Fevil.example");
    assert.equal(answer.location, undefined);
  });

  for (const [what, changes, query] of [
    [
      "a foreign scope",
      { scope: "clinic/patients.erase" },
      "error_description=invalid_scope&state=s&error=invalid_request",
    ],
    ["a plain challenge", { code_challenge_method: "plain" }, "state=s&error=invalid_request"],
    ["a challenge that is none", { code_challenge: "short" }, "state=s&error=invalid_request"],
    ["the implicit grant", { response_type: "token" }, "state=s&error=unauthorized_client"],
  ] as const) {
    it(`fails on ${what}, telling the app`, async () => {
      assert.equal((await open(authorize(changes))).answer.location, `${callback}?${query}`);
    });
  }

  it("run no script, quote what they repeat, and let nobody frame them", async () => {
    const { browser, answer } = await open(authorize({ state: `"><script>alert(1)</script>` }));
    assert.equal(browser.html.includes("<script"), false);
    const policy = answer.headers.get("content-security-policy")!;
    const [, style = ""] = /<style>(.*)<\/style>/s.exec(browser.html)!;
    const hash = createHash("sha256").update(style).digest("base64");
    assert.ok(policy.startsWith(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'`));
    assert.ok(policy.endsWith("frame-ancestors 'none'; form-action 'self' https://clinic.example"));
  });

  it("have an invited user choose a password, and set up a second factor where the pool insists", async () => {
    const strict = await bench(nodes({ pool: { mfaConfiguration: "ON" } }));
    const { CognitoIdentityProvider } = await import("@aws-sdk/client-cognito-identity-provider");
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const admin = new CognitoIdentityProvider({ region: "eu-west-1", endpoint: strict.identity.url, credentials });
    const username = somebody();
    await admin.adminCreateUser({ UserPoolId: poolId, Username: username });
    const { browser } = await open(authorize(), strict);
    await browser.submit({ username, password: strict.codeFor(username) });
    assert.match(browser.text, /^Choose a new password/);
    await browser.submit({ password: "weak" });
    assert.match(browser.text, /^Choose a new password Password did not conform/);
    await browser.submit({ password });
    const [, secret] = /<code>([A-Z2-7]{52})<\/code>/.exec(browser.html)!;
    const codeAt = (ahead: number) => generateSync({ secret: secret!, epoch: Math.floor(Date.now() / 1000) + ahead });
    await browser.submit({ code: "123" });
    assert.match(browser.text, /^Set up your second factor Code mismatch/);
    assert.ok((await browser.submit({ code: codeAt(0) })).location);
    const again = await open(authorize(), strict);
    await again.browser.submit({ username, password });
    assert.ok((await again.browser.submit({ code: codeAt(30) })).location);
  });
});
