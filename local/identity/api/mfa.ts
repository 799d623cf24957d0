import { openChallenge, takeChallenge, userOf, type Pending } from "../challenge.ts";
import { invalidParameter, notAuthorized, ServiceError } from "../errors.ts";
import type { Pool, Pools } from "../pool.ts";
import { acceptTotp, newTotp, unsuitableCode } from "../totp.ts";
import { bearerIn } from "./caller.ts";
import { optionalText, text, type Input } from "./input.ts";

/** Starts the set-up of an authenticator app, by access token or within the MFA_SETUP challenge. */
export async function associateSoftwareToken(pools: Pools, input: Input) {
  const totp = newTotp();
  if (optionalText(input, "Session") !== undefined) {
    const { pool, pending } = setupIn(pools, input);
    userOf(pool, pending.challenge);
    return {
      SecretCode: totp.secret,
      Session: reopen(pool, { ...pending, challenge: { ...pending.challenge, totp } }),
    };
  }
  const { pool, user } = await bearerIn(pools, input);
  refuseWithoutMfa(pool);
  pool.enrolments.set(user.sub, totp, 10 * 60_000);
  return { SecretCode: totp.secret };
}

/** Proves that the app works by its first code. */
export async function verifySoftwareToken(pools: Pools, input: Input) {
  const code = text(input, "UserCode");
  if (optionalText(input, "Session") !== undefined) {
    const { pool, pending } = setupIn(pools, input);
    const { totp } = pending.challenge;
    if (!totp || !acceptTotp(totp, code, pool.now())) {
      pool.challenges.set(pending.session, pending.challenge, 3 * 60_000);
      throw unsuitableCode();
    }
    const challenge = { ...pending.challenge, totp: { ...totp, verified: true } };
    return { Status: "SUCCESS", Session: reopen(pool, { ...pending, challenge }) };
  }
  const { pool, user } = await bearerIn(pools, input);
  const totp = pool.enrolments.get(user.sub);
  if (!totp || !acceptTotp(totp, code, pool.now())) throw unsuitableCode();
  pool.enrolments.delete(user.sub);
  user.totp = totp;
  return { Status: "SUCCESS" };
}

export async function setUserMfaPreference(pools: Pools, input: Input) {
  const { pool, user } = await bearerIn(pools, input);
  refuseWithoutMfa(pool);
  const settings = (input.SoftwareTokenMfaSettings ?? {}) as Input;
  if (settings.Enabled === true && !user.totp) throw invalidParameter("User has not verified software token mfa");
  if (settings.Enabled !== undefined) user.wantsMfa = settings.Enabled === true;
  return {};
}

/** The challenge of the session, which leads to the pool: `Session` comes without a client id here. */
function setupIn(pools: Pools, input: Input): { pool: Pool; pending: Pending } {
  const session = text(input, "Session");
  const pool = pools.all.find(({ challenges }) => challenges.get(session)?.name === "MFA_SETUP");
  if (!pool) throw notAuthorized("Invalid session for the user, session is expired.");
  const client = pool.clients.get(pool.challenges.get(session)!.clientId)!;
  return { pool, pending: { challenge: takeChallenge(pool, client, session), session } };
}

function reopen(pool: Pool, { challenge: { name, sub, totp, clientId } }: Pending): string {
  return openChallenge(pool, pool.clients.get(clientId)!, { name, ...(sub !== undefined && { sub }), totp }).session;
}

function refuseWithoutMfa(pool: Pool): void {
  if (pool.settings.mfa !== "OFF") return;
  throw new ServiceError(
    "SoftwareTokenMFANotFoundException",
    "Software Token MFA has not been enabled by the userPool",
  );
}
