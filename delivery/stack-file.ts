import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);

/** What the project's files say about a stack, without Pulumi: a roll-back must not need the engine or its state. */
export interface StackFile {
  project: string;
  stack: string;
  region: string;
}

/** Reads the stack's files. Fails when the stack has none or names no region. */
export async function stackFile(stack: string): Promise<StackFile> {
  if (!/^[\w-]+$/.test(stack) || !existsSync(new URL(`Pulumi.${stack}.yaml`, root))) {
    throw new Error(`--stack "${stack}" has no Pulumi.${stack}.yaml: name a stack that has one`);
  }
  const read = async (file: string) => parse(await readFile(new URL(file, root), "utf8"));
  const region: unknown = (await read(`Pulumi.${stack}.yaml`))?.config?.["aws:region"];
  if (typeof region !== "string") throw new Error(`Pulumi.${stack}.yaml has no aws:region: set it`);
  return { project: (await read("Pulumi.yaml")).name, stack, region };
}
