import type { Context } from "hono";
import type { Client } from "../client.ts";
import type { Pool, Pools } from "../pool.ts";
import { sameSecret } from "../secrets.ts";
import { oauthClient } from "./authorization.ts";

/** A refusal of the token endpoint; the message is the `error` of RFC 6749. */
export class OAuthError extends Error {}

/** The fields of a form. A field given twice is a refusal, as RFC 6749 wants. */
export type Form = Record<string, string>;

export async function formOf(c: Context): Promise<Form> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw new OAuthError("invalid_request");
  const fields = new URLSearchParams(await c.req.text());
  const form: Form = Object.create(null);
  for (const [key, value] of fields) {
    if (form[key] !== undefined) throw new OAuthError("invalid_request");
    form[key] = value;
  }
  return form;
}

/** The client that sends the form: by Basic, by secret in the body, or by its id alone when it has no secret. */
export function authenticatedClient(pools: Pools, c: Context, form: Form): { pool: Pool; client: Client } {
  const basic = basicOf(c.req.header("authorization"));
  if (basic && form.client_id !== undefined && form.client_id !== basic.id) throw new OAuthError("invalid_request");
  const id = basic?.id ?? form.client_id;
  if (!id) throw new OAuthError("invalid_request");
  const found = oauthClient(pools, id);
  const secret = basic?.secret ?? form.client_secret;
  if (!found || !proves(found.client, secret)) throw new OAuthError("invalid_client");
  return found;
}

const proves = ({ secret }: Client, given: string | undefined): boolean =>
  secret === undefined ? given === undefined : given !== undefined && sameSecret(secret, given);

function basicOf(header: string | undefined): { id: string; secret: string } | undefined {
  if (header === undefined) return undefined;
  const [, encoded] = /^Basic ([\w+/=-]+)$/i.exec(header) ?? [];
  const [, id, secret] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded ?? "", "base64").toString()) ?? [];
  if (id === undefined || secret === undefined) throw new OAuthError("invalid_client");
  return { id, secret };
}
