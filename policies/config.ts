import { readFileSync } from "node:fs";
import type { PackConfig } from "./judge.ts";

/** What the engine gets for a stack by `--policy-pack-config policies/<stack>.json`; undefined for a stack without such a file. */
export function packConfig(stack: string): PackConfig | undefined {
  try {
    return JSON.parse(
      readFileSync(new URL(`${encodeURIComponent(stack)}.json`, import.meta.url), "utf8"),
    ) as PackConfig;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`policies/${stack}.json is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
