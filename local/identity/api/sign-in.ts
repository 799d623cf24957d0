import { nextChallenge, type Pending } from "../challenge.ts";
import type { Client } from "../client.ts";
import { invalidParameter, notAuthorized } from "../errors.ts";
import { userByPassword } from "../first-factor.ts";
import type { Pool, Pools } from "../pool.ts";
import { issueTokens, selfScope } from "../tokens.ts";
import type { User } from "../users.ts";
import { checkSecretHash } from "./caller.ts";
import { optionalText, text, texts, type Input } from "./input.ts";
import { exchangeRefreshToken } from "./refresh.ts";
import { beginSrp } from "./srp.ts";

export function initiateAuth(pools: Pools, input: Input) {
  const { pool, client } = pools.client(text(input, "ClientId"));
  const parameters = texts(input, "AuthParameters");
  switch (text(input, "AuthFlow")) {
    case "USER_PASSWORD_AUTH":
      allow(client, ["ALLOW_USER_PASSWORD_AUTH"], "USER_PASSWORD_AUTH flow not enabled for this client");
      return byPassword(pool, client, parameters);
    case "USER_SRP_AUTH":
      allow(client, ["ALLOW_USER_SRP_AUTH"], "USER_SRP_AUTH is not enabled for the client.");
      return beginSrp(pool, client, parameters);
    case "REFRESH_TOKEN_AUTH":
    case "REFRESH_TOKEN":
      allow(client, ["ALLOW_REFRESH_TOKEN_AUTH"], "Auth flow not enabled for this client");
      return exchangeRefreshToken(pool, client, parameters.REFRESH_TOKEN ?? "", parameters.SECRET_HASH);
    default:
      throw invalidParameter(`AuthFlow ${optionalText(input, "AuthFlow")} is not served by the local pool`);
  }
}

export function adminInitiateAuth(pools: Pools, input: Input) {
  const { pool, client } = pools.client(text(input, "ClientId"));
  if (pools.pool(text(input, "UserPoolId")) !== pool)
    throw notAuthorized(`Client ${client.id} belongs to another pool`);
  if (!["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"].includes(text(input, "AuthFlow"))) {
    return initiateAuth(pools, input);
  }
  const flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"];
  allow(client, flows, "Auth flow not enabled for this client");
  return byPassword(pool, client, texts(input, "AuthParameters"));
}

async function byPassword(pool: Pool, client: Client, parameters: Record<string, string>) {
  if (!parameters.USERNAME) throw invalidParameter("Missing required parameter USERNAME");
  if (!parameters.PASSWORD) throw invalidParameter("Missing required parameter PASSWORD");
  checkSecretHash(client, parameters.USERNAME, parameters.SECRET_HASH);
  return proceed(pool, client, await userByPassword(pool, client, parameters.USERNAME, parameters.PASSWORD));
}

/** The next challenge of a user who proved the password, or the tokens. */
export function proceed(pool: Pool, client: Client, user: User) {
  const pending = nextChallenge(pool, client, user);
  return pending ? challengeShape(user, pending) : tokensFor(pool, client, user);
}

export async function tokensFor(pool: Pool, client: Client, user: User) {
  const authTime = Math.floor(pool.now() / 1000);
  const grant = pool.grants.open(client, user, { scopes: [selfScope], authTime, hosted: false });
  const tokens = await issueTokens(pool, client, user, grant);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      AccessToken: tokens.access,
      IdToken: tokens.id,
      RefreshToken: pool.grants.newRefreshToken(grant),
      TokenType: "Bearer",
      ExpiresIn: tokens.expiresIn,
    },
  };
}

/** A challenge on the wire; every parameter is a string. */
function challengeShape(user: User, { challenge, session }: Pending) {
  const parameters: Record<string, string> = { USER_ID_FOR_SRP: user.username };
  if (challenge.name === "NEW_PASSWORD_REQUIRED") {
    parameters.requiredAttributes = "[]";
    parameters.userAttributes = JSON.stringify(user.attributes);
  }
  if (challenge.name === "MFA_SETUP") parameters.MFAS_CAN_SETUP = '["SOFTWARE_TOKEN_MFA"]';
  return { ChallengeName: challenge.name, Session: session, ChallengeParameters: parameters };
}

function allow(client: Client, flows: string[], refusal: string): void {
  if (!flows.some((flow) => client.authFlows.includes(flow))) throw invalidParameter(refusal);
}
