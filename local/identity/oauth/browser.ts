import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Pool } from "../pool.ts";
import { randomToken, sameSecret } from "../secrets.ts";
import type { User } from "../users.ts";

/** A browser that signed in on the hosted pages: for an hour it is not asked again. */
export interface BrowserSession {
  sub: string;
  /** Seconds. */
  authTime: number;
}

const sessionCookie = "cognito";
const csrfCookie = "XSRF-TOKEN";
const lifetimeSeconds = 3600;
// Not `secure`: the laptop serves plain HTTP on the loopback address. `Lax` lets the app's redirect carry the cookie.
const cookie = { path: "/", httpOnly: true, sameSite: "Lax" } as const;

export function signedInUser(c: Context, pool: Pool): { user: User; authTime: number } | undefined {
  const session = pool.browsers.get(getCookie(c, sessionCookie) ?? "");
  const user = session && pool.users.find(session.sub);
  return session && user?.enabled ? { user, authTime: session.authTime } : undefined;
}

/** Remembers the sign-in under a new name, so that a name planted before is worth nothing. */
export function remember(c: Context, pool: Pool, user: User): number {
  forget(c, [pool]);
  const authTime = Math.floor(pool.now() / 1000);
  const token = randomToken();
  pool.browsers.set(token, { sub: user.sub, authTime }, lifetimeSeconds * 1000);
  setCookie(c, sessionCookie, token, { ...cookie, maxAge: lifetimeSeconds });
  return authTime;
}

export function forget(c: Context, pools: Pool[]): void {
  const token = getCookie(c, sessionCookie);
  if (token === undefined) return;
  for (const pool of pools) pool.browsers.delete(token);
  deleteCookie(c, sessionCookie, cookie);
}

/** The token every form carries in a hidden field, equal to the one in the browser's cookie. */
export function csrfToken(c: Context): string {
  const known = getCookie(c, csrfCookie);
  if (known && /^[\w-]{43}$/.test(known)) return known;
  const token = randomToken();
  setCookie(c, csrfCookie, token, cookie);
  return token;
}

/** Whether the form came from one of our own pages: another site can make the browser post, but knows no cookie. */
export function isOwnForm(c: Context, form: Record<string, string>): boolean {
  const expected = getCookie(c, csrfCookie);
  return expected !== undefined && form._csrf !== undefined && sameSecret(expected, form._csrf);
}
