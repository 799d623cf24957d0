import assert from "node:assert/strict";
import { InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { generateSync } from "otplib";
import { bench, claimsOf, nodes, password, poolId, somebody, stopBenches, type Bench } from "./fixture.ts";

/** Signs in with Amazon's own browser library, which does its half of the SRP protocol. */
function signIn(under: Bench, username: string, secretWord: string, totp?: (secret?: string) => string) {
  const Pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: "browser", endpoint: under.identity.url });
  const user = new CognitoUser({ Username: username, Pool });
  return new Promise<{ access: string; user: CognitoUser }>((onSuccess, onFailure) => {
    const callbacks = {
      onSuccess: (session: any) => onSuccess({ access: session.getAccessToken().getJwtToken(), user }),
      onFailure,
      totpRequired: () => user.sendMFACode(totp!(), callbacks, "SOFTWARE_TOKEN_MFA"),
      mfaSetup: () =>
        user.associateSoftwareToken({
          associateSecretCode: (secret: string) => user.verifySoftwareToken(totp!(secret), "phone", callbacks),
          onFailure,
        }),
    };
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: secretWord }), callbacks as any);
  });
}

describe("sign-in by SRP, with Amazon's own client library", () => {
  let under: Bench;
  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  it("proves the password without sending it", async () => {
    const username = somebody();
    const sub = await under.identity.createUser({ username, password });
    assert.equal(claimsOf((await signIn(under, username, password)).access).sub, sub);
  });

  it("fails on a wrong password and on an unknown user in the same words", async () => {
    const username = somebody();
    await under.identity.createUser({ username, password });
    const refusal = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    await assert.rejects(signIn(under, username, "Wrong-Horse-99"), refusal);
    await assert.rejects(signIn(under, "nobody@clinic.example", password), refusal);
  });

  it("gives an unknown user the same challenge each time, as a known one has, and another in another run", async () => {
    const challenge = async (at: Bench) => {
      const AuthParameters = { USERNAME: "nobody@clinic.example", SRP_A: "abcdef" };
      const begin = new InitiateAuthCommand({ ClientId: "browser", AuthFlow: "USER_SRP_AUTH", AuthParameters });
      return (await at.sdk.send(begin)).ChallengeParameters!;
    };
    const [once, again] = [await challenge(under), await challenge(under)];
    assert.deepEqual([once.SALT, once.USER_ID_FOR_SRP], [again.SALT, again.USER_ID_FOR_SRP]);
    assert.match(once.USER_ID_FOR_SRP!, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual((await challenge(await bench())).SALT, once.SALT);
  });

  it("fails on a public value that would fix the shared secret", async () => {
    const AuthParameters = { USERNAME: "nobody@clinic.example", SRP_A: "0" };
    const begin = new InitiateAuthCommand({ ClientId: "browser", AuthFlow: "USER_SRP_AUTH", AuthParameters });
    await assert.rejects(under.sdk.send(begin), { name: "InvalidParameterException" });
  });
});

describe("a pool that insists on a second factor", () => {
  let under: Bench;
  before(async () => {
    under = await bench(nodes({ pool: { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true } } }));
  });
  after(stopBenches);

  it("has the app set up at the first sign-in, and asks for a fresh code at the next", async () => {
    const username = somebody();
    await under.identity.createUser({ username, password });
    const codeAt = (secret: string, ahead: number) =>
      generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + ahead });
    let [secret, used] = ["", ""];
    const first = await signIn(under, username, password, (given) => (used = codeAt((secret = given!), 0)));
    assert.equal(claimsOf(first.access).token_use, "access");
    under.pass(30);
    await assert.rejects(
      signIn(under, username, password, () => used),
      { name: "CodeMismatchException" },
    );
    assert.ok((await signIn(under, username, password, () => codeAt(secret, 30))).access);
  });
});
