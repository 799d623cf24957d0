import { readSettings, type Settings } from "../../components/settings.ts";
import { graph } from "../../local/graph.ts";
import { stackConfig } from "../../local/stack.ts";

/** The settings of the dev stack with some keys given otherwise; `undefined` removes a key. */
export async function read(changes: Record<string, string | undefined> = {}): Promise<Settings> {
  const keyed = Object.entries(changes).map(([key, value]) => [key.includes(":") ? key : `slipway:${key}`, value]);
  const merged: Record<string, string> = { ...(await stackConfig("dev")), ...Object.fromEntries(keyed) };
  const config = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  let settings: Settings | undefined;
  await graph(() => void (settings = readSettings(["patients", "appointments"])), { stack: "dev", config });
  return settings!;
}
