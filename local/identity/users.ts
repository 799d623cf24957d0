import { randomUUID } from "node:crypto";
import type { Attributes } from "./attributes.ts";
import type { ConfirmationCode } from "./codes.ts";
import { ServiceError } from "./errors.ts";
import type { PasswordHash } from "./password.ts";
import type { PoolSettings } from "./settings.ts";
import type { SrpRecord } from "./srp.ts";
import type { Totp } from "./totp.ts";

export interface User {
  /** What tokens carry as `username`: chosen, or equal to `sub` where an attribute serves as user name. */
  username: string;
  sub: string;
  attributes: Attributes;
  /** New addresses that wait for their code; the old ones hold until then. */
  pending: Attributes;
  status: "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";
  enabled: boolean;
  password?: PasswordHash;
  srp?: SrpRecord;
  /** Milliseconds; a temporary password is refused from then on. */
  temporaryUntil?: number;
  codes: Record<string, ConfirmationCode>;
  totp?: Totp;
  /** Whether the user asked for a second factor where the pool leaves it open. */
  wantsMfa: boolean;
  failures: number;
  lockedUntil: number;
  createdAt: number;
  modifiedAt: number;
}

/** The users of one pool, in memory for one run, at most `limit` of them. */
export class Users {
  readonly #settings: PoolSettings;
  readonly #now: () => number;
  readonly #limit: number;
  readonly #users = new Map<string, User>();
  readonly #handles = new Map<string, User>();

  constructor(settings: PoolSettings, now: () => number, limit: number) {
    this.#settings = settings;
    this.#now = now;
    this.#limit = limit;
  }

  /** By user name, `sub`, or an attribute that stands for the user name. */
  find(handle: string): User | undefined {
    return this.#handles.get(this.#normal(handle));
  }

  all(): User[] {
    return [...this.#users.values()];
  }

  /** A new user. Fails when the name or an attribute that serves as name is taken, or the pool is full. */
  add(handle: string, attributes: Attributes, status: User["status"]): User {
    if (this.#users.size >= this.#limit) {
      throw new ServiceError("LimitExceededException", `Exceeded the limit of ${this.#limit} users in one local pool.`);
    }
    const sub = randomUUID();
    const user: User = {
      username: this.#settings.usernameAttributes.length ? sub : handle,
      sub,
      attributes,
      status,
      enabled: true,
      codes: {},
      pending: {},
      wantsMfa: false,
      failures: 0,
      lockedUntil: 0,
      createdAt: this.#now(),
      modifiedAt: this.#now(),
    };
    this.#claim(user);
    this.#users.set(sub, user);
    return user;
  }

  /** Changes attributes and with them the names the user answers to. Fails, changing nothing, when a name is taken. */
  update(user: User, changes: Attributes): void {
    const before = user.attributes;
    this.#release(user);
    user.attributes = { ...before, ...changes };
    try {
      this.#claim(user);
    } catch (error) {
      user.attributes = before;
      this.#claim(user);
      throw error;
    }
    user.modifiedAt = this.#now();
  }

  remove(user: User): void {
    this.#release(user);
    this.#users.delete(user.sub);
  }

  #claim(user: User): void {
    const taken = this.#names(user).find(([, name]) => this.#handles.has(name));
    if (taken) {
      const [source] = taken;
      throw source === "username"
        ? new ServiceError("UsernameExistsException", "User already exists")
        : this.#settings.usernameAttributes.includes(source)
          ? new ServiceError("UsernameExistsException", `An account with the given ${source} already exists.`)
          : new ServiceError("AliasExistsException", `An account with the given ${source} already exists.`);
    }
    for (const [, name] of this.#names(user)) this.#handles.set(name, user);
  }

  #release(user: User): void {
    for (const [, name] of this.#names(user)) this.#handles.delete(name);
  }

  /** Every name the user answers to, with where it comes from. An alias counts once it is verified. */
  #names({ username, sub, attributes }: User): [source: string, name: string][] {
    const { usernameAttributes, aliasAttributes } = this.#settings;
    const verified = (name: string) => name === "preferred_username" || attributes[`${name}_verified`] === "true";
    const sources = [...usernameAttributes, ...aliasAttributes.filter(verified)].filter((name) => attributes[name]);
    const own: [string, string][] =
      username === sub
        ? [["sub", sub]]
        : [
            ["username", username],
            ["sub", sub],
          ];
    return [...own, ...sources.map((name): [string, string] => [name, attributes[name]!])].map(([source, name]) => [
      source,
      this.#normal(name),
    ]);
  }

  #normal(handle: string): string {
    return this.#settings.caseSensitive ? handle : handle.toLowerCase();
  }
}
