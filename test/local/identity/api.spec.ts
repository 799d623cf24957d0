import assert from "node:assert/strict";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { bench, claimsOf, password, poolId, somebody, stopBenches, type Bench } from "./fixture.ts";

describe("the user pool API", () => {
  let under: Bench;
  const send: cognito.CognitoIdentityProviderClient["send"] = (...args: any[]) => (under.sdk.send as any)(...args);
  const signIn = (USERNAME: string, PASSWORD = password, ClientId = "plain") =>
    send(
      new cognito.InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );
  const seeded = async () => {
    const username = somebody();
    const sub = await under.identity.createUser({ username, password });
    return { username, sub };
  };

  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  it("signs a user up, confirms by code and signs in", async () => {
    const Username = somebody();
    const ClientId = "plain";
    const signedUp = await send(new cognito.SignUpCommand({ ClientId, Username, Password: password }));
    assert.deepEqual(
      [signedUp.UserConfirmed, signedUp.CodeDeliveryDetails],
      [false, { Destination: "p***@c***", DeliveryMedium: "EMAIL", AttributeName: "email" }],
    );
    await assert.rejects(signIn(Username), { name: "UserNotConfirmedException" });
    const wrong = under.codeFor(Username) === "000000" ? "000001" : "000000";
    const confirm = (ConfirmationCode: string) =>
      send(new cognito.ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
    await assert.rejects(confirm(wrong), { name: "CodeMismatchException" });
    await confirm(under.codeFor(Username));
    const { AuthenticationResult } = await signIn(Username.toUpperCase());
    assert.deepEqual([AuthenticationResult?.TokenType, AuthenticationResult?.ExpiresIn], ["Bearer", 3600]);
    assert.equal(claimsOf(AuthenticationResult!.IdToken!).email_verified, true);
  });

  it("gives an access token that speaks for the user alone, whatever the client's scopes", async () => {
    const { username, sub } = await seeded();
    const access = claimsOf((await signIn(username)).AuthenticationResult!.AccessToken!);
    const { origin_jti, event_id, jti, auth_time, iat, exp, ...rest } = access;
    assert.deepEqual(rest, {
      sub,
      iss: `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`,
      client_id: "plain",
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      username: sub,
    });
    assert.deepEqual([exp - iat, auth_time, new Set([origin_jti, event_id, jti]).size], [3600, iat, 3]);
  });

  it("gives an id token about the user", async () => {
    const { username, sub } = await seeded();
    const id = claimsOf((await signIn(username)).AuthenticationResult!.IdToken!);
    for (const varying of ["origin_jti", "event_id", "jti", "auth_time", "iat", "exp"]) {
      assert.ok(delete id[varying]);
    }
    assert.deepEqual(id, {
      sub,
      aud: "plain",
      email: username,
      email_verified: true,
      iss: `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`,
      "cognito:username": sub,
      token_use: "id",
    });
  });

  it("refreshes, and tells the user who they are", async () => {
    const { username, sub } = await seeded();
    const first = (await signIn(username)).AuthenticationResult!;
    const refreshed = await send(
      new cognito.InitiateAuthCommand({
        ClientId: "plain",
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: first.RefreshToken! },
      }),
    );
    const { AccessToken, RefreshToken } = refreshed.AuthenticationResult!;
    assert.equal(RefreshToken, undefined);
    assert.equal(claimsOf(AccessToken!).origin_jti, claimsOf(first.AccessToken!).origin_jti);
    assert.deepEqual((await send(new cognito.GetUserCommand({ AccessToken }))).UserAttributes, [
      { Name: "sub", Value: sub },
      { Name: "email", Value: username },
      { Name: "email_verified", Value: "true" },
    ]);
  });

  it("ends every token of a user who signs out everywhere", async () => {
    const { username } = await seeded();
    const { AccessToken, RefreshToken } = (await signIn(username)).AuthenticationResult!;
    await send(new cognito.GlobalSignOutCommand({ AccessToken }));
    await assert.rejects(send(new cognito.GetUserCommand({ AccessToken })), {
      message: "Access Token has been revoked",
    });
    const refresh = new cognito.InitiateAuthCommand({
      ClientId: "plain",
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: RefreshToken! },
    });
    await assert.rejects(send(refresh), { name: "NotAuthorizedException", message: "Invalid Refresh Token" });
  });

  it("revokes a refresh token with what came out of it", async () => {
    const { username } = await seeded();
    const { AccessToken, RefreshToken } = (await signIn(username)).AuthenticationResult!;
    await send(new cognito.RevokeTokenCommand({ ClientId: "plain", Token: RefreshToken }));
    await assert.rejects(send(new cognito.GetUserCommand({ AccessToken })), { name: "NotAuthorizedException" });
    const wrongKind = new cognito.RevokeTokenCommand({ ClientId: "plain", Token: AccessToken });
    await assert.rejects(send(wrongKind), { name: "UnsupportedTokenTypeException" });
  });

  it("replaces a forgotten password by code, once", async () => {
    const { username } = await seeded();
    await send(new cognito.ForgotPasswordCommand({ ClientId: "plain", Username: username }));
    const reset = (Password: string) =>
      new cognito.ConfirmForgotPasswordCommand({
        ClientId: "plain",
        Username: username,
        ConfirmationCode: under.codeFor(username),
        Password,
      });
    await assert.rejects(send(reset("weak")), { name: "InvalidPasswordException" });
    await send(reset("Another-Horse-10"));
    await assert.rejects(send(reset("Another-Horse-11")), { name: "ExpiredCodeException" });
    await assert.rejects(signIn(username), { name: "NotAuthorizedException" });
    assert.ok((await signIn(username, "Another-Horse-10")).AuthenticationResult);
  });

  it("changes a password for one who knows the old", async () => {
    const { username } = await seeded();
    const { AccessToken } = (await signIn(username)).AuthenticationResult!;
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      send(new cognito.ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
    await assert.rejects(change("Wrong-Horse-99", "Another-Horse-10"), { message: "Incorrect username or password." });
    await change(password, "Another-Horse-10");
    assert.ok((await signIn(username, "Another-Horse-10")).AuthenticationResult);
  });
});
