import type { Throttle } from "./stage.ts";

/** A token bucket: holds `burst` requests and refills by `rate` a second. `now` is in milliseconds. */
export class TokenBucket {
  readonly #limits: Throttle;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  constructor(limits: Throttle, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#tokens = limits.burst;
    this.#filledAt = now();
  }

  /** Takes one token; false when there is none. */
  take(): boolean {
    const now = this.#now();
    const { rate, burst } = this.#limits;
    this.#tokens = Math.min(burst, this.#tokens + (Math.max(0, now - this.#filledAt) / 1000) * rate);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
