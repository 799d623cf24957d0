import type { AddressInfo } from "node:net";
import { once } from "node:events";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Node } from "../graph.ts";
import type { Message } from "./codes.ts";
import { openPool, poolsBy } from "./pool.ts";
import { createUser, type NewUser } from "./seed.ts";
import { identityApp } from "./server.ts";
import { poolsIn } from "./settings.ts";
import { signInPage, type SignInPage } from "./sign-in-page.ts";
import type { KeySet } from "./signer.ts";

export type { KeySet } from "./signer.ts";
export type { Message } from "./codes.ts";

export interface IdentityOptions {
  /** The recorded graph: every user pool in it is served, with its clients and domain. */
  nodes: Node[];
  /** Defaults to 0: any free port. */
  port?: number;
  /** Defaults to the loopback address 127.0.0.1. */
  host?: string;
  /** The time in milliseconds. Defaults to the machine's clock. */
  now?: () => number;
  /** Takes what Cognito would send by mail or SMS. Defaults to dropping it. */
  onMessage?: (message: Message) => void;
  /** Milliseconds a client has to send its request. Defaults to 10 000. */
  requestTimeoutMs?: number;
}

/** A small Cognito that runs. Users, keys and tokens live in memory, for this run only. */
export interface Identity {
  /** Where the user pool API (at the root), the OAuth endpoints and the key sets are served. */
  url: string;
  /** What `iss` says in the pool's tokens: AWS's name for the pool, not the local address. */
  issuer(poolId: string): string;
  /** The pool's public keys, for checking tokens in the same process. */
  jwks(poolId: string): KeySet;
  pools: { id: string; name: string; clients: { id: string; name: string; grants: string[]; scopes: string[] }[] }[];
  /** Where people sign in by a browser; undefined where no client of the graph lets them. */
  signInPage: SignInPage | undefined;
  /** The secret of a client with `generateSecret`, drawn at this start; undefined for a public client. */
  clientSecret(clientId: string): string | undefined;
  /** A confirmed user with this password, made through the service's own public API. Resolves to the user's `sub`. */
  createUser(user: NewUser): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the service. Rejects when the port is taken or a pool's id tells no region. */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const {
    nodes,
    port = 0,
    host = "127.0.0.1",
    now = Date.now,
    onMessage = () => {},
    requestTimeoutMs = 10_000,
  } = options;
  const all = await Promise.all(poolsIn(nodes).map((settings) => openPool(settings, now, onMessage)));
  const pools = poolsBy(all);
  let url = "";
  const server = createAdaptorServer({
    fetch: identityApp(pools, () => url).fetch,
    serverOptions: {
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: requestTimeoutMs / 4,
      // Longer than clients keep an idle connection: it is never this side that hangs up while a request is on its way.
      keepAliveTimeout: 60_000,
      maxHeaderSize: 16_384,
    },
  }) as Server;
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  url = `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
  return {
    url,
    issuer: (poolId) => pools.pool(poolId).settings.issuer,
    jwks: (poolId) => pools.pool(poolId).signer.jwks,
    pools: all.map(({ settings: { id, name, clients } }) => ({
      id,
      name,
      clients: clients.map((client) => ({
        id: client.id,
        name: client.name,
        grants: client.grants,
        scopes: client.scopes,
      })),
    })),
    signInPage: signInPage(
      url,
      all.map(({ settings }) => settings),
    ),
    clientSecret: (clientId) => pools.client(clientId).client.secret,
    createUser: (user) => createUser(url, { poolId: all[0]?.settings.id ?? "", ...user }),
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
