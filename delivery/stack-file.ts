import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

/** Where the project's files are. */
export const root = new URL("../", import.meta.url);

/** What the project's files say about a stack, without Pulumi: a roll-back must not need the engine or its state. */
export interface StackFile {
  project: string;
  stack: string;
  region: string;
  /** The only account it may be in, where its files name one. */
  accountId?: string;
  /** Where its image comes from: build, promoted or one image; undefined where the stack's own file does not say. */
  image?: string;
}

/** Reads the stack's files. Fails when the stack has none, names no region, or an account that is none. */
export async function stackFile(stack: string, folder: URL): Promise<StackFile> {
  if (!/^[\w-]+$/.test(stack) || !existsSync(new URL(`Pulumi.${stack}.yaml`, folder))) {
    throw new Error(`--stack "${stack}" has no Pulumi.${stack}.yaml: name a stack that has one`);
  }
  const read = async (file: string) => parse(await readFile(new URL(file, folder), "utf8"));
  const config = (await read(`Pulumi.${stack}.yaml`))?.config ?? {};
  const region: unknown = config["aws:region"];
  if (typeof region !== "string") throw new Error(`Pulumi.${stack}.yaml has no aws:region: set it`);
  const { name: project, config: defaults } = (await read("Pulumi.yaml")) as ProjectFile;
  const image: unknown = config[`${project}:image`];
  const accountId = accountIn(`${project}:accountId`, config[`${project}:accountId`] ?? defaults?.accountId?.default);
  return { project, stack, region, accountId, ...(typeof image === "string" && { image }) };
}

interface ProjectFile {
  name: string;
  config?: { accountId?: { default?: unknown } };
}

/** Twelve digits, which YAML takes for a number where nobody has quoted them; undefined where any account will do. */
function accountIn(name: string, given: unknown): string | undefined {
  if (given === undefined || given === null || given === "") return undefined;
  const accountId = typeof given === "number" ? String(given).padStart(12, "0") : given;
  if (typeof accountId === "string" && /^\d{12}$/.test(accountId)) return accountId;
  throw new Error(`${name} must be twelve digits, or nothing, got ${JSON.stringify(given)}`);
}
