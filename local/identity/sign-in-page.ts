import type { PoolSettings } from "./settings.ts";

/** The hosted page of a client that signs people in by a browser. */
export interface SignInPage {
  poolId: string;
  /** The page, with all it has to be asked with. */
  url: string;
  /** Where it sends the browser afterwards, with a code. */
  returnsTo: string;
}

/** The page of the first client that takes part in the code flow, in a pool with a domain; undefined where there is none. */
export function signInPage(url: string, pools: readonly PoolSettings[]): SignInPage | undefined {
  for (const { id: poolId, clients } of pools.filter(({ domain }) => domain !== undefined)) {
    const client = clients.find((one) => one.grants.includes("code") && one.servesPoolUsers && one.callbackUrls[0]);
    if (!client) continue;
    const returnsTo = client.callbackUrls[0]!;
    const asked = new URLSearchParams({ client_id: client.id, response_type: "code", redirect_uri: returnsTo });
    return { poolId, url: `${url}/login?${asked.toString()}`, returnsTo };
  }
  return undefined;
}
