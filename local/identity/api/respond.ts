import { proveTotp, replacePassword, takeChallenge, userOf, type Challenge, type ChallengeName } from "../challenge.ts";
import type { Client } from "../client.ts";
import { invalidParameter, notAuthorized } from "../errors.ts";
import type { Pool, Pools } from "../pool.ts";
import { checkSecretHash } from "./caller.ts";
import { optionalText, text, texts, type Input } from "./input.ts";
import { proceed, tokensFor } from "./sign-in.ts";
import { finishSrp, sessionOf } from "./srp.ts";

type Answers = Record<string, string>;
type Answering = (
  pool: Pool,
  client: Client,
  challenge: Challenge,
  answers: Answers,
  session: string,
) => Promise<object>;

export async function respondToAuthChallenge(pools: Pools, input: Input) {
  const { pool, client } = pools.client(text(input, "ClientId"));
  const name = text(input, "ChallengeName");
  const answers = texts(input, "ChallengeResponses");
  const answer = Object.hasOwn(answering, name) ? answering[name as ChallengeName] : undefined;
  if (!answer) throw invalidParameter(`ChallengeName ${name} is not served by the local pool`);
  checkSecretHash(client, answers.USERNAME ?? "", answers.SECRET_HASH);
  // The SRP challenge travels in its secret block, which clients send back; all others have a session.
  const session =
    name === "PASSWORD_VERIFIER"
      ? sessionOf(required(answers, "PASSWORD_CLAIM_SECRET_BLOCK"))
      : (optionalText(input, "Session") ?? "");
  const challenge = takeChallenge(pool, client, session, name as ChallengeName);
  return answer(pool, client, challenge, answers, session);
}

export function adminRespondToAuthChallenge(pools: Pools, input: Input) {
  const pool = pools.pool(text(input, "UserPoolId"));
  if (!pool.clients.has(text(input, "ClientId"))) throw notAuthorized("The client belongs to another pool");
  return respondToAuthChallenge(pools, input);
}

const answering: Record<ChallengeName, Answering> = {
  PASSWORD_VERIFIER: async (pool, client, challenge, answers) => {
    required(answers, "PASSWORD_CLAIM_SIGNATURE");
    required(answers, "TIMESTAMP");
    return proceed(pool, client, finishSrp(pool, challenge, answers));
  },

  NEW_PASSWORD_REQUIRED: async (pool, client, challenge, answers, session) => {
    const user = userOf(pool, challenge);
    const prefix = "userAttributes.";
    const changes = Object.entries(answers).filter(([key]) => key.startsWith(prefix));
    const attributes = Object.fromEntries(changes.map(([key, value]) => [key.slice(prefix.length), value]));
    try {
      await replacePassword(pool, client, user, required(answers, "NEW_PASSWORD"), attributes);
    } catch (error) {
      // A password the policy refuses does not cost the user the session.
      pool.challenges.set(session, challenge, client.sessionMinutes * 60_000);
      throw error;
    }
    return proceed(pool, client, user);
  },

  SOFTWARE_TOKEN_MFA: async (pool, client, challenge, answers, session) => {
    const user = userOf(pool, challenge);
    proveTotp(pool, session, challenge, user, required(answers, "SOFTWARE_TOKEN_MFA_CODE"));
    return tokensFor(pool, client, user);
  },

  MFA_SETUP: async (pool, client, challenge) => {
    const user = userOf(pool, challenge);
    if (!challenge.totp?.verified) throw notAuthorized("The software token of this session is not verified");
    user.totp = challenge.totp;
    user.wantsMfa = true;
    return tokensFor(pool, client, user);
  },
};

function required(answers: Answers, key: string): string {
  const value = answers[key];
  if (!value) throw invalidParameter(`Missing required parameter ${key}`);
  return value;
}
