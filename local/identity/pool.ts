import { Bounded } from "../bounded.ts";
import { Grants } from "./grants.ts";
import type { Challenge } from "./challenge.ts";
import type { Client } from "./client.ts";
import { issueCode, type Message, type MessageKind } from "./codes.ts";
import { notFound } from "./errors.ts";
import type { AuthorizationCode } from "./oauth/code.ts";
import type { BrowserSession } from "./oauth/browser.ts";
import { randomToken } from "./secrets.ts";
import type { PoolSettings } from "./settings.ts";
import { newSigner, type Signer } from "./signer.ts";
import type { Totp } from "./totp.ts";
import { Users, type User } from "./users.ts";

/** A user pool that runs: what the graph says, and the state of this run. */
export interface Pool {
  settings: PoolSettings;
  clients: Map<string, Client>;
  users: Users;
  signer: Signer;
  grants: Grants;
  /** Sign-ins that wait for their next answer, by `Session`. */
  challenges: Bounded<Challenge>;
  /** Authenticator apps that signed-in users are setting up, by `sub`. */
  enrolments: Bounded<Totp>;
  /** Authorization codes not yet exchanged. */
  codes: Bounded<AuthorizationCode>;
  /** Browsers that signed in on the hosted pages, by cookie. */
  browsers: Bounded<BrowserSession>;
  /** From which the answers about users who do not exist are made, the same each time. */
  decoyKey: string;
  /** Milliseconds since 1970. */
  now: () => number;
  deliver: (message: Message) => void;
}

/** What one pool holds at most. */
const limits = { users: 10_000, grants: 20_000, challenges: 10_000, codes: 10_000, browsers: 10_000 };

export async function openPool(
  settings: PoolSettings,
  now: () => number,
  deliver: (message: Message) => void,
): Promise<Pool> {
  return {
    settings,
    clients: new Map(settings.clients.map((client) => [client.id, client])),
    users: new Users(settings, now, limits.users),
    signer: await newSigner(settings.issuer),
    grants: new Grants(limits.grants, now),
    challenges: new Bounded(limits.challenges, now),
    enrolments: new Bounded(limits.challenges, now),
    codes: new Bounded(limits.codes, now),
    browsers: new Bounded(limits.browsers, now),
    decoyKey: randomToken(),
    now,
    deliver,
  };
}

/** The running pools, found by what requests name: a pool id or a client id. */
export interface Pools {
  pool(id: string): Pool;
  client(id: string): { pool: Pool; client: Client };
  all: Pool[];
}

export function poolsBy(all: Pool[]): Pools {
  return {
    all,
    pool: (id) => {
      const pool = all.find(({ settings }) => settings.id === id);
      if (!pool) throw notFound(`User pool ${id} does not exist.`);
      return pool;
    },
    client: (id) => {
      const pool = all.find(({ clients }) => clients.has(id));
      if (!pool) throw notFound(`User pool client ${id} does not exist.`);
      return { pool, client: pool.clients.get(id)! };
    },
  };
}

/** Sends the user a fresh code and tells where it went, in the shape of Cognito's `CodeDeliveryDetails`. */
export function sendCode(pool: Pool, user: User, kind: MessageKind, to = addressOf(user)) {
  pool.deliver({ to, code: issueCode(user, kind, pool.now()), kind });
  return deliveryTo(to);
}

const addressOf = ({ attributes, username }: User) => attributes.email ?? attributes.phone_number ?? username;

/** Where a code went, masked as Cognito masks it: `p***@e***`. */
export function deliveryTo(to: string) {
  const [local = "", host] = to.split("@");
  return host === undefined
    ? { Destination: `+*******${to.slice(-4)}`, DeliveryMedium: "SMS", AttributeName: "phone_number" }
    : { Destination: `${local[0]}***@${host[0]}***`, DeliveryMedium: "EMAIL", AttributeName: "email" };
}
