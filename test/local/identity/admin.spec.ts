import assert from "node:assert/strict";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { bench, nodes, password, poolId, somebody, stopBenches, type Bench } from "./fixture.ts";

describe("administration of a pool", () => {
  let under: Bench;
  const send: cognito.CognitoIdentityProviderClient["send"] = (...args: any[]) => (under.sdk.send as any)(...args);
  const signIn = (USERNAME: string, PASSWORD = password) =>
    send(
      new cognito.InitiateAuthCommand({
        ClientId: "plain",
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );

  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  it("asks an invited user for a password of their own", async () => {
    const Username = somebody();
    await send(new cognito.AdminCreateUserCommand({ UserPoolId: poolId, Username }));
    const challenge = await signIn(Username, under.codeFor(Username));
    assert.equal(challenge.ChallengeName, "NEW_PASSWORD_REQUIRED");
    const answer = (NEW_PASSWORD: string) =>
      send(
        new cognito.RespondToAuthChallengeCommand({
          ClientId: "plain",
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session: challenge.Session,
          ChallengeResponses: { USERNAME: Username, NEW_PASSWORD },
        }),
      );
    await assert.rejects(answer("weak"), { name: "InvalidPasswordException" });
    assert.ok((await answer(password)).AuthenticationResult);
    await assert.rejects(answer(password), { name: "NotAuthorizedException" });
  });

  it("fails on a session that another client began", async () => {
    const Username = somebody();
    await send(new cognito.AdminCreateUserCommand({ UserPoolId: poolId, Username }));
    const { Session, ChallengeName } = await signIn(Username, under.codeFor(Username));
    const ChallengeResponses = { USERNAME: Username, NEW_PASSWORD: password };
    const answer = { ClientId: "browser", ChallengeName, Session, ChallengeResponses };
    const refusal = { message: "Invalid session for the user, session is expired." };
    await assert.rejects(send(new cognito.RespondToAuthChallengeCommand(answer)), refusal);
  });

  it("lists users in pages and by filter", async () => {
    const username = somebody();
    const sub = await under.identity.createUser({ username, password });
    await under.identity.createUser({ username: somebody(), password });
    const list = (rest: object) => send(new cognito.ListUsersCommand({ UserPoolId: poolId, ...rest }));
    const [found] = (await list({ Filter: `email = "${username}"` })).Users!;
    assert.deepEqual([found?.Username, found?.UserStatus, found?.Enabled], [sub, "CONFIRMED", true]);
    const first = await list({ Limit: 1 });
    const second = await list({ Limit: 1, PaginationToken: first.PaginationToken });
    assert.notEqual(first.Users![0]!.Username, second.Users![0]!.Username);
  });

  it("describes the pool and its clients as the graph has them", async () => {
    const { UserPool } = await send(new cognito.DescribeUserPoolCommand({ UserPoolId: poolId }));
    assert.deepEqual(
      [UserPool?.Id, UserPool?.UsernameAttributes, UserPool?.Policies?.PasswordPolicy?.MinimumLength],
      [poolId, ["email"], 12],
    );
    const describeClient = new cognito.DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: "machine" });
    const { UserPoolClient } = await send(describeClient);
    assert.equal(UserPoolClient?.ClientSecret, under.identity.clientSecret("machine"));
  });

  it("fails on a pool that is closed to sign-up", async () => {
    const closed = await bench(nodes({ pool: { adminCreateUserConfig: { allowAdminCreateUserOnly: true } } }));
    const signUp = new cognito.SignUpCommand({ ClientId: "plain", Username: somebody(), Password: password });
    await assert.rejects(closed.sdk.send(signUp), { message: "SignUp is not permitted for this user pool" });
  });
});
