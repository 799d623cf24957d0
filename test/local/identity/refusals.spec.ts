import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { bench, password, poolId, somebody, stopBenches, type Bench } from "./fixture.ts";

describe("the user pool API's refusals", () => {
  let under: Bench;
  const signUp = (Username: string, Password: string, UserAttributes?: { Name: string; Value: string }[]) =>
    under.sdk.send(new cognito.SignUpCommand({ ClientId: "plain", Username, Password, UserAttributes }));
  const signIn = (ClientId: string, USERNAME: string, PASSWORD: string, more: Record<string, string> = {}) =>
    under.sdk.send(
      new cognito.InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD, ...more },
      }),
    );
  const post = (target: string, body: string, headers: Record<string, string> = {}) =>
    fetch(under.identity.url, {
      method: "POST",
      headers: { "X-Amz-Target": `AWSCognitoIdentityProviderService.${target}`, ...headers },
      body,
    });

  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  for (const [weak, why] of [
    ["Short-1", "Password not long enough"],
    ["all-lower-case-1", "Password must have uppercase characters"],
    ["ALL-UPPER-CASE-1", "Password must have lowercase characters"],
    ["No-Digits-At-All", "Password must have numeric characters"],
  ] as const) {
    it(`fails on the password "${weak}"`, async () => {
      const message = `Password did not conform with policy: ${why}`;
      await assert.rejects(signUp(somebody(), weak), { name: "InvalidPasswordException", message });
    });
  }

  it("fails on a user name that is no e-mail address, and on one that is taken in another case", async () => {
    await assert.rejects(signUp("bob", password), { message: "Username should be an email." });
    const username = somebody();
    await signUp(username, password);
    await assert.rejects(signUp(username.toUpperCase(), password), { name: "UsernameExistsException" });
  });

  it("fails on attributes outside the schema, too long, or that only the pool may write", async () => {
    for (const [Name, Value, expected] of [
      ["custom:colour", "red", "InvalidParameterException"],
      ["custom:clinic", "far too long", "InvalidParameterException"],
      ["email_verified", "true", "NotAuthorizedException"],
    ] as const) {
      await assert.rejects(signUp(somebody(), password, [{ Name, Value }]), { name: expected });
    }
    assert.ok(await signUp(somebody(), password, [{ Name: "custom:clinic", Value: "north" }]));
  });

  it("fails on a flow the client does not allow", async () => {
    await assert.rejects(signIn("browser", "a@clinic.example", password), {
      name: "InvalidParameterException",
      message: "USER_PASSWORD_AUTH flow not enabled for this client",
    });
  });

  it("fails on an unknown user as on a wrong password where the client hides who exists", async () => {
    const secret = under.identity.clientSecret("machine")!;
    const hash = (name: string) => ({
      SECRET_HASH: createHmac("sha256", secret).update(`${name}machine`).digest("base64"),
    });
    const username = somebody();
    await under.identity.createUser({ username, password });
    const same = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    await assert.rejects(signIn("machine", "nobody@clinic.example", password, hash("nobody@clinic.example")), same);
    await assert.rejects(signIn("machine", username, "Wrong-Horse-99", hash(username)), same);
    assert.ok((await signIn("machine", username, password, hash(username))).AuthenticationResult);
    await assert.rejects(signIn("plain", "nobody@clinic.example", password), { name: "UserNotFoundException" });
  });

  it("fails without the secret hash of a client with a secret, or with a wrong one", async () => {
    const missing = "Client machine is configured with secret but SECRET_HASH was not received";
    await assert.rejects(signIn("machine", "a@clinic.example", password), { message: missing });
    const wrong = { SECRET_HASH: "d3Jvbmc=" };
    const message = "Unable to verify secret hash for client machine";
    await assert.rejects(signIn("machine", "a@clinic.example", password, wrong), { message });
  });

  it("fails for a while after five wrong passwords, then lets in again", async () => {
    const username = somebody();
    await under.identity.createUser({ username, password });
    for (let i = 0; i < 5; i++) await assert.rejects(signIn("plain", username, "Wrong-Horse-99"));
    await assert.rejects(signIn("plain", username, password), { message: "Password attempts exceeded" });
    under.pass(2);
    assert.ok((await signIn("plain", username, password)).AuthenticationResult);
  });

  it("fails on the sixth guess of a code, even a right one", async () => {
    const Username = somebody();
    await signUp(Username, password);
    const code = under.codeFor(Username);
    const guess = (ConfirmationCode: string) =>
      under.sdk.send(new cognito.ConfirmSignUpCommand({ ClientId: "plain", Username, ConfirmationCode }));
    for (let i = 0; i < 5; i++) await assert.rejects(guess(code === "111111" ? "222222" : "111111"));
    await assert.rejects(guess(code), { name: "LimitExceededException" });
  });

  it("fails on an expired access token and on an expired code", async () => {
    const username = somebody();
    await under.identity.createUser({ username, password });
    const { AccessToken } = (await signIn("plain", username, password)).AuthenticationResult!;
    await under.sdk.send(new cognito.ForgotPasswordCommand({ ClientId: "plain", Username: username }));
    under.pass(3601);
    await assert.rejects(under.sdk.send(new cognito.GetUserCommand({ AccessToken })), {
      name: "NotAuthorizedException",
    });
    const late = {
      ClientId: "plain",
      Username: username,
      ConfirmationCode: under.codeFor(username),
      Password: password,
    };
    await assert.rejects(under.sdk.send(new cognito.ConfirmForgotPasswordCommand(late)), {
      name: "ExpiredCodeException",
    });
  });

  it("fails on what is no request, with AWS's error shape", async () => {
    for (const [target, body, type] of [
      ["SignUp", "{", "SerializationException"],
      ["SignUp", "[]", "SerializationException"],
      ["SignUp", '{"Username":7,"ClientId":"plain"}', "SerializationException"],
      ["SignUp", "{}", "InvalidParameterException"],
      ["constructor", "{}", "UnknownOperationException"],
      ["ListUsers", JSON.stringify({ UserPoolId: poolId }), "MissingAuthenticationTokenException"],
      ["InitiateAuth", '{"ClientId":"nobody","AuthFlow":"USER_PASSWORD_AUTH"}', "ResourceNotFoundException"],
    ] as const) {
      const response = await post(target, body);
      const { __type } = (await response.json()) as { __type: string };
      assert.deepEqual(
        [response.status, __type, response.headers.get("x-amzn-errortype"), response.headers.get("content-type")],
        [400, type, `${type}:`, "application/x-amz-json-1.1"],
      );
    }
  });
});
