import { readFileSync } from "node:fs";
import type { PackConfig } from "./judge.ts";
import type { Tier } from "./rule.ts";

/**
 * The configuration of the pack for one stack: `policies/<stack>.json` where there is such a file, else the one of the
 * stack's tier. The pack takes it by itself; `--policy-pack-config` lays another over it.
 */
export function packConfig(stack: string, tier: Tier): PackConfig {
  const config = read(stack) ?? read(tier) ?? {};
  const told = stackRules.map((rule) => {
    const own = config[rule] ?? {};
    return [rule, { stack, ...(typeof own === "string" ? { enforcementLevel: own } : own) }] as const;
  });
  return { ...config, ...Object.fromEntries(told) };
}

/** The rules that have to know which stack they judge: what is committed for it, and how its resources are named. */
const stackRules = ["iam-blast-radius", "iam-no-new-access", "iam-proof"];

/** The tier in the configuration the engine hands to the pack's process; the strict one where it says none. */
export function tierIn(configuration: string | undefined): Tier {
  const settings = Object.entries(JSON.parse(configuration || "{}") as Record<string, unknown>);
  return settings.some(([key, value]) => key.endsWith(":tier") && value === "dev") ? "dev" : "prod";
}

function read(name: string): PackConfig | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`${encodeURIComponent(name)}.json`, import.meta.url), "utf8")) as PackConfig;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`policies/${name}.json is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
