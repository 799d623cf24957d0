import { openChallenge, type Challenge } from "../challenge.ts";
import type { Client } from "../client.ts";
import { invalidParameter, wrongCredentials } from "../errors.ts";
import { admit, countFailure, poolName, refuseWhileLocked, unknownUser } from "../first-factor.ts";
import type { Pool } from "../pool.ts";
import { sha256 } from "../secrets.ts";
import { srpChallenge, srpDecoy, srpProves } from "../srp.ts";
import type { User } from "../users.ts";
import { checkSecretHash } from "./caller.ts";

/** The server's first message of an SRP sign-in. A name that does not exist gets one too, and fails at the end. */
export function beginSrp(pool: Pool, client: Client, parameters: Record<string, string>) {
  const { USERNAME: handle, SRP_A: clientPublic, SECRET_HASH: hash } = parameters;
  if (!handle) throw invalidParameter("Missing required parameter USERNAME");
  if (!clientPublic) throw invalidParameter("Missing required parameter SRP_A");
  checkSecretHash(client, handle, hash);
  const user = pool.users.find(handle);
  if (!user && !client.hidesUnknownUsers) throw unknownUser(client);
  if (user) refuseWhileLocked(pool, user);
  const decoySeed = sha256(`${pool.decoyKey} ${handle}`);
  const exchange = srpChallenge(user?.srp ?? srpDecoy(decoySeed), clientPublic);
  if (!exchange) throw invalidParameter("SRP_A is no public value of this group");

  const userId = user?.username ?? decoyName(pool, handle, decoySeed);
  const srp = { ...exchange, userId };
  const { session } = openChallenge(pool, client, { name: "PASSWORD_VERIFIER", ...(user && { sub: user.sub }), srp });
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: exchange.record.salt.toString(16),
      // The block is opaque to clients, which send it back: here it is the session itself.
      SECRET_BLOCK: Buffer.from(session, "base64url").toString("base64"),
      SRP_B: exchange.serverPublic.toString(16),
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}

/** The session in the secret block of an answer. */
export const sessionOf = (secretBlock: string): string => Buffer.from(secretBlock, "base64").toString("base64url");

/** The user whose password the answer proves. */
export function finishSrp(pool: Pool, challenge: Challenge, answers: Record<string, string>): User {
  const user = challenge.sub === undefined ? undefined : pool.users.find(challenge.sub);
  if (user) refuseWhileLocked(pool, user);
  const { srp } = challenge;
  const secretBlock = Buffer.from(answers.PASSWORD_CLAIM_SECRET_BLOCK ?? "", "base64");
  const proven =
    srp !== undefined &&
    srpProves(
      srp,
      [poolName(pool), srp.userId, secretBlock, answers.TIMESTAMP ?? ""],
      answers.PASSWORD_CLAIM_SIGNATURE ?? "",
    );
  if (!user) throw wrongCredentials();
  if (!proven || user.srp === undefined) throw countFailure(pool, user);
  return admit(pool, user);
}

/** The name such a user would have: in a pool where an attribute serves as user name, an identifier. */
function decoyName(pool: Pool, handle: string, seed: Buffer): string {
  if (pool.settings.usernameAttributes.length === 0) return handle;
  const hex = seed.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
