import assert from "node:assert/strict";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { generateSync } from "otplib";
import { bench, claimsOf, nodes, password, poolId, somebody, stopBenches, type Bench } from "./fixture.ts";

describe("a user's own account", () => {
  let under: Bench;
  let sdk: Bench["sdk"];
  before(async () => {
    const userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdates: ["email"] };
    const rotation = { refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 } };
    const browser = { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"], ...rotation };
    under = await bench(nodes({ pool: { userAttributeUpdateSettings, mfaConfiguration: "OPTIONAL" }, browser }));
    ({ sdk } = under);
  });
  after(stopBenches);

  const signIn = (USERNAME: string, ClientId = "plain") =>
    sdk.send(
      new cognito.InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
    );
  const signedIn = async () => {
    const username = somebody();
    const sub = await under.identity.createUser({ username, password });
    return { username, sub, AccessToken: (await signIn(username)).AuthenticationResult!.AccessToken };
  };
  const emailOf = async (AccessToken?: string) => {
    const { UserAttributes } = await sdk.send(new cognito.GetUserCommand({ AccessToken }));
    return UserAttributes!.find(({ Name }) => Name === "email")!.Value;
  };

  it("moves to a new address once that is proved, and not before", async () => {
    const { username, AccessToken } = await signedIn();
    const next = somebody();
    const UserAttributes = [{ Name: "email", Value: next }];
    await sdk.send(new cognito.UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
    assert.equal(await emailOf(AccessToken), username);
    const Code = under.codeFor(next);
    await sdk.send(new cognito.VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
    assert.equal(await emailOf(AccessToken), next);
    assert.ok((await signIn(next)).AuthenticationResult);
    await assert.rejects(signIn(username), { name: "UserNotFoundException" });
  });

  it("fails on an address that is somebody else's", async () => {
    const other = await signedIn();
    const { username, AccessToken } = await signedIn();
    const UserAttributes = [{ Name: "email", Value: other.username }];
    await sdk.send(new cognito.UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
    const Code = under.codeFor(other.username);
    const verify = new cognito.VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code });
    await assert.rejects(sdk.send(verify), { message: "An account with the given email already exists." });
    assert.deepEqual([await emailOf(AccessToken), !!(await signIn(username)).AuthenticationResult], [username, true]);
  });

  it("takes a second factor up by choice, and never the same code twice", async () => {
    const { username, AccessToken } = await signedIn();
    const { SecretCode = "" } = await sdk.send(new cognito.AssociateSoftwareTokenCommand({ AccessToken }));
    const codeAt = (ahead: number) =>
      generateSync({ secret: SecretCode, epoch: Math.floor(Date.now() / 1000) + ahead });
    const used = codeAt(0);
    await sdk.send(new cognito.VerifySoftwareTokenCommand({ AccessToken, UserCode: used }));
    assert.ok((await signIn(username)).AuthenticationResult);
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await sdk.send(new cognito.SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    const { ChallengeName, Session } = await signIn(username);
    assert.equal(ChallengeName, "SOFTWARE_TOKEN_MFA");
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) => {
      const ChallengeResponses = { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE };
      const response = { ClientId: "plain", ChallengeName, Session, ChallengeResponses };
      return sdk.send(new cognito.RespondToAuthChallengeCommand(response));
    };
    await assert.rejects(answer(used), { name: "CodeMismatchException" });
    assert.ok((await answer(codeAt(30))).AuthenticationResult);

    const guessed = await signIn(username);
    const guess = () => {
      const ChallengeResponses = { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: codeAt(9_000_000) };
      const response = { ClientId: "plain", ChallengeName, Session: guessed.Session, ChallengeResponses };
      return sdk.send(new cognito.RespondToAuthChallengeCommand(response));
    };
    for (let i = 0; i < 4; i++) await assert.rejects(guess(), { name: "CodeMismatchException" });
    await assert.rejects(guess(), { name: "LimitExceededException" });
  });

  it("gets a new refresh token with each exchange where the client rotates, the old one ending after its grace", async () => {
    const { username } = await signedIn();
    const { RefreshToken } = (await signIn(username, "browser")).AuthenticationResult!;
    const exchange = (token?: string) =>
      sdk.send(new cognito.GetTokensFromRefreshTokenCommand({ ClientId: "browser", RefreshToken: token }));
    const next = (await exchange(RefreshToken)).AuthenticationResult!.RefreshToken;
    assert.notEqual(next, RefreshToken);
    assert.ok((await exchange(RefreshToken)).AuthenticationResult);
    under.pass(11);
    await assert.rejects(exchange(RefreshToken), { name: "NotAuthorizedException" });
    assert.ok((await exchange(next)).AuthenticationResult);
  });

  it("ends with the user: neither tokens nor name remain", async () => {
    const { username, AccessToken } = await signedIn();
    await sdk.send(new cognito.DeleteUserCommand({ AccessToken }));
    await assert.rejects(sdk.send(new cognito.GetUserCommand({ AccessToken })), { name: "NotAuthorizedException" });
    await assert.rejects(signIn(username), { name: "UserNotFoundException" });
  });

  it("is closed by an administrator, tokens and all", async () => {
    const { username, AccessToken } = await signedIn();
    await sdk.send(new cognito.AdminDisableUserCommand({ UserPoolId: poolId, Username: username }));
    await assert.rejects(sdk.send(new cognito.GetUserCommand({ AccessToken })), { name: "NotAuthorizedException" });
    await assert.rejects(signIn(username), { message: "User is disabled." });
  });

  it("lets an administrator sign in for the user where the client allows", async () => {
    const { username, sub } = await signedIn();
    const request = { UserPoolId: poolId, AuthParameters: { USERNAME: username, PASSWORD: password } };
    const as = (ClientId: string) =>
      sdk.send(new cognito.AdminInitiateAuthCommand({ ...request, ClientId, AuthFlow: "ADMIN_USER_PASSWORD_AUTH" }));
    assert.equal(claimsOf((await as("plain")).AuthenticationResult!.IdToken!).sub, sub);
    await assert.rejects(as("browser"), { name: "InvalidParameterException" });
  });
});
