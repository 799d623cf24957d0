import { randomBytes } from "node:crypto";
import { accessToken, machineClient } from "./access-token.ts";
import type { Identity } from "./identity/identity.ts";

/** Makes a user where people can sign in, and says with what they do it and where. Nothing to say where no client lets them. */
export async function userLines({ signInPage, createUser }: Identity): Promise<string[]> {
  if (!signInPage) return [];
  const { poolId, url, returnsTo } = signInPage;
  const user = { poolId, username: "you@example.com", password: `Aa1-${randomBytes(9).toString("base64url")}` };
  await createUser(user);
  return [
    `user       ${user.username} with password ${user.password}`,
    `pages      ${url}\n           and then back to ${returnsTo} with a code`,
  ];
}

/** What to type to use the API at `url`, and to get another token when that one has expired. */
export async function curlLines(url: string, identity: Identity, env: NodeJS.ProcessEnv): Promise<string[]> {
  const curl = asksProxy(env) ? 'curl --noproxy "*"' : "curl";
  const client = machineClient(identity);
  const token = await accessToken(identity);
  if (!client || !token) return [`${curl} ${url}/patients`];
  return [
    `${curl} -H "Authorization: Bearer ${token}" ${url}/patients\n`,
    "once that token has expired, this gets another one:",
    `${curl} -u ${client.id}:${identity.clientSecret(client.id)} -d grant_type=client_credentials ${identity.url}/oauth2/token`,
  ];
}

/** Whether curl, which knows nothing of the loopback address, would ask a proxy: for http it reads the first one in lower case only. */
const asksProxy = ({ http_proxy, all_proxy, ALL_PROXY }: NodeJS.ProcessEnv) =>
  Boolean(http_proxy || all_proxy || ALL_PROXY);
