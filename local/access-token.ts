import type { Identity } from "./identity/identity.ts";

/** The client that gets tokens in its own name; undefined when no pool has one. */
export const machineClient = ({ pools }: Identity) =>
  pools.flatMap(({ clients }) => clients).find(({ grants }) => grants.includes("client_credentials"));

/** An access token with every scope, from the machine client by the front way; undefined when the pool has no such client. */
export async function accessToken(identity: Identity): Promise<string | undefined> {
  const client = machineClient(identity);
  if (!client) return undefined;
  const basic = Buffer.from(`${client.id}:${identity.clientSecret(client.id)}`).toString("base64");
  const response = await fetch(`${identity.url}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: client.scopes.join(" ") }),
  });
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
