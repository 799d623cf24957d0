/**
 * A map that forgets: every entry has a lifetime, and past `limit` entries the oldest goes first, so callers who never
 * come back cannot fill the memory.
 */
export class Bounded<V> {
  readonly #entries = new Map<string, { value: V; expires: number }>();
  readonly #limit: number;
  readonly #now: () => number;

  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  set(key: string, value: V, lifetimeMs: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expires: this.#now() + lifetimeMs });
    if (this.#entries.size <= this.#limit) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.expires > this.#now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** The value, which is gone from then on. */
  take(key: string): V | undefined {
    const value = this.get(key);
    this.#entries.delete(key);
    return value;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  deleteWhere(matches: (value: V) => boolean): void {
    for (const [key, { value }] of this.#entries) if (matches(value)) this.#entries.delete(key);
  }
}
