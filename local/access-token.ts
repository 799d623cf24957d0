import type { Identity } from "./identity/identity.ts";

/** An access token with every scope, from the machine client by the front way; undefined when the pool has no such client. */
export async function accessToken({ pools, clientSecret, url }: Identity): Promise<string | undefined> {
  const client = pools.flatMap(({ clients }) => clients).find(({ grants }) => grants.includes("client_credentials"));
  if (!client) return undefined;
  const basic = Buffer.from(`${client.id}:${clientSecret(client.id)}`).toString("base64");
  const response = await fetch(`${url}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: client.scopes.join(" ") }),
  });
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
