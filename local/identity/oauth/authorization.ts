import type { Client } from "../client.ts";
import type { Pool, Pools } from "../pool.ts";
import { errorPage, withParameters } from "./redirect.ts";

/** A request of an app to sign a user in, checked. */
export interface AuthorizationRequest {
  pool: Pool;
  client: Client;
  redirectUri: string;
  scopes: string[];
  state?: string;
  nonce?: string;
  codeChallenge?: string;
  prompt?: string;
  loginHint?: string;
  /** The request as it came, to carry from page to page. */
  query: string;
}

/** The request, or where to send the browser instead. */
export type Reading = { request: AuthorizationRequest } | { refused: string };

/**
 * Checks a request as Cognito does. An unknown client or a foreign redirect ends on the error page; every other fault
 * goes back to the app. A challenge has to be S256. As at AWS a request without one is served: to insist is the app's part.
 */
export function readAuthorization(pools: Pools, query: string): Reading {
  const parameters = new URLSearchParams(query);
  const repeated = [...parameters.keys()].find((key) => parameters.getAll(key).length > 1);
  if (repeated !== undefined) return { refused: errorPage("invalid_request") };
  const get = (name: string) => parameters.get(name) || undefined;
  const clientId = get("client_id");
  const redirectUri = get("redirect_uri");
  if (!clientId) return { refused: errorPage("Required String parameter 'client_id' is not present") };
  if (!redirectUri) return { refused: errorPage("Required String parameter 'redirect_uri' is not present", clientId) };
  const found = oauthClient(pools, clientId);
  if (!found) return { refused: errorPage("invalid_client", clientId) };
  const { pool, client } = found;
  if (!client.callbackUrls.includes(redirectUri)) return { refused: errorPage("redirect_mismatch", clientId) };
  if (!client.servesPoolUsers) return { refused: errorPage("Login pages unavailable", clientId) };

  const state = get("state");
  const refuse = (error: string, error_description?: string) => ({
    refused: withParameters(redirectUri, { error_description, state, error }),
  });
  const codeChallenge = get("code_challenge");
  const method = get("code_challenge_method");
  const fault = faultOf(client, get("response_type"), codeChallenge, method);
  if (fault) return refuse(fault);
  const scopes = scopesFor(client, get("scope"));
  if (!scopes) return refuse("invalid_request", "invalid_scope");
  const details = { state, nonce: get("nonce"), codeChallenge, prompt: get("prompt"), loginHint: get("login_hint") };
  return { request: { pool, client, redirectUri, scopes, ...details, query: parameters.toString() } };
}

/** A client that takes part in OAuth. Without a domain its pool has no such endpoints at all. */
export function oauthClient(pools: Pools, id: string): { pool: Pool; client: Client } | undefined {
  const pool = pools.all.find(({ clients, settings }) => clients.has(id) && settings.domain !== undefined);
  return pool && { pool, client: pool.clients.get(id)! };
}

/** The scopes asked for, or all the client has when it asks for none; undefined when one is not the client's. */
export function scopesFor(client: Client, asked: string | undefined): string[] | undefined {
  const scopes = [...new Set((asked ?? "").split(" ").filter(Boolean))];
  if (scopes.length === 0) return client.scopes;
  return scopes.every((scope) => client.scopes.includes(scope)) ? scopes : undefined;
}

function faultOf(
  client: Client,
  type: string | undefined,
  codeChallenge: string | undefined,
  method: string | undefined,
) {
  if (type !== "code" && type !== "token") return "invalid_request";
  // The implicit grant is not served here, whatever the graph allows: OAuth 2.1 dropped it.
  if (type === "token" || !client.grants.includes("code")) return "unauthorized_client";
  if (codeChallenge === undefined && method === undefined) return undefined;
  return method === "S256" && /^[\w-]{43}$/.test(codeChallenge ?? "") ? undefined : "invalid_request";
}
