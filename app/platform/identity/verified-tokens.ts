import type { Caller } from "./caller.ts";

/** Most tokens kept: some megabytes. */
const most = 1000;

/** Longest a token is believed without another look at its signature, in milliseconds: a key that is withdrawn counts no longer than that. */
const believedMilliseconds = 5 * 60 * 1000;

/** Tokens whose signature was good a moment ago. Checking it costs more than everything else a small request needs. */
export class VerifiedTokens {
  readonly #now: () => number;
  readonly #callers = new Map<string, { caller: Caller; until: number }>();

  /** `now` gives milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Who sent `token`, while it is still valid and was verified lately. */
  get(token: string): Caller | undefined {
    const known = this.#callers.get(token);
    if (known && this.#now() < known.until) return known.caller;
    if (known) this.#callers.delete(token);
    return undefined;
  }

  /** Remembers a verified token; `expiry` is its `exp`, in seconds since 1970. A token without one is not kept. */
  set(token: string, caller: Caller, expiry: number | undefined): void {
    if (expiry === undefined) return;
    const [oldest] = this.#callers.keys();
    if (this.#callers.size >= most && oldest !== undefined) this.#callers.delete(oldest);
    this.#callers.set(token, { caller, until: Math.min(expiry * 1000, this.#now() + believedMilliseconds) });
  }
}
