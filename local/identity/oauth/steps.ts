import type { Context } from "hono";
import { nextChallenge, proveTotp, replacePassword, takeChallenge, userOf } from "../challenge.ts";
import { ServiceError } from "../errors.ts";
import type { User } from "../users.ts";
import { acceptTotp, newTotp, unsuitableCode } from "../totp.ts";
import { remember } from "./browser.ts";
import { redirectWithCode } from "./code.ts";
import { newPasswordForm, totpForm, type FormContext } from "./forms.ts";
import { show, type Html } from "./layout.ts";

/** Leads a user who proved the password on: to the next challenge, or back to the app with a code. */
export async function continueWith(c: Context, context: FormContext, user: User): Promise<Response> {
  const { pool, client } = context.request;
  const pending = nextChallenge(pool, client, user);
  if (!pending) return finish(c, context, user);
  if (pending.challenge.name === "MFA_SETUP") pending.challenge.totp = newTotp();
  return ask(c, context, pending.session);
}

/** One answer to a challenge. A wrong answer asks again as long as the session stands. */
export async function answerStep(c: Context, context: FormContext, fields: Record<string, string>): Promise<Response> {
  const { pool, client } = context.request;
  const { session = "", password = "", code = "" } = fields;
  const challenge = takeChallenge(pool, client, session);
  const user = userOf(pool, challenge);
  try {
    if (challenge.name === "NEW_PASSWORD_REQUIRED") {
      await replacePassword(pool, client, user, password, {});
      return await continueWith(c, context, user);
    }
    if (challenge.name === "MFA_SETUP") {
      if (!challenge.totp || !acceptTotp(challenge.totp, code.trim(), pool.now())) throw unsuitableCode();
      user.totp = challenge.totp;
      user.wantsMfa = true;
    } else {
      proveTotp(pool, session, challenge, user, code.trim());
    }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type === "LimitExceededException") throw error;
    pool.challenges.set(session, challenge, client.sessionMinutes * 60_000);
    return ask(c, context, session, error.message);
  }
  return finish(c, context, user);
}

function ask(c: Context, context: FormContext, session: string, alert?: string): Response | Promise<Response> {
  const challenge = context.request.pool.challenges.get(session)!;
  const { redirectUri } = context.request;
  const page = (title: string, body: Html) => show(c, { title, body, alert, redirectUri });
  if (challenge.name === "NEW_PASSWORD_REQUIRED")
    return page("Choose a new password", newPasswordForm(context, session));
  const secret = challenge.name === "MFA_SETUP" ? challenge.totp?.secret : undefined;
  return page(secret ? "Set up your second factor" : "Second factor", totpForm(context, session, secret));
}

function finish(c: Context, { request }: FormContext, user: User): Response {
  return c.redirect(redirectWithCode(request, user, remember(c, request.pool, user)));
}
