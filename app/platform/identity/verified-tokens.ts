import type { Caller } from "./caller.ts";

/** Most tokens kept: some megabytes. */
const most = 1000;

/** Longest a token is believed without another look at its signature, in milliseconds: a key that is withdrawn counts no longer than that. */
const believedMilliseconds = 5 * 60 * 1000;

/** How much of a token's end, all of it signature, it is found by: to hash the whole would cost more than to compare it. */
const tail = 32;

interface Verified {
  token: string;
  caller: Caller;
  /** Milliseconds since 1970. */
  until: number;
}

/** Tokens whose signature was good a moment ago. Checking it costs more than everything else a small request needs. */
export class VerifiedTokens {
  readonly #now: () => number;
  readonly #byTail = new Map<string, Verified>();

  /** `now` gives milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Who sent `token`, while it is still valid and was verified lately. It is the same token only if each character is. */
  get(token: string): Caller | undefined {
    const end = token.slice(-tail);
    const known = this.#byTail.get(end);
    if (known?.token !== token) return undefined;
    if (this.#now() < known.until) return known.caller;
    this.#byTail.delete(end);
    return undefined;
  }

  /** Remembers a verified token; `expiry` is its `exp`, in seconds since 1970. A token without one is not kept. */
  set(token: string, caller: Caller, expiry: number | undefined): void {
    if (expiry === undefined) return;
    const [oldest] = this.#byTail.keys();
    if (this.#byTail.size >= most && oldest !== undefined) this.#byTail.delete(oldest);
    const until = Math.min(expiry * 1000, this.#now() + believedMilliseconds);
    this.#byTail.set(token.slice(-tail), { token, caller, until });
  }
}
