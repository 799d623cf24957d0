import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);

/** What the project's files say about a stack, without Pulumi: a roll-back must not need the engine or its state. */
export interface StackFile {
  project: string;
  stack: string;
  region: string;
  /** Where its image comes from: build, promoted or one image; undefined where the stack's own file does not say. */
  image?: string;
}

/** Reads the stack's files. Fails when the stack has none or names no region. */
export async function stackFile(stack: string): Promise<StackFile> {
  if (!/^[\w-]+$/.test(stack) || !existsSync(new URL(`Pulumi.${stack}.yaml`, root))) {
    throw new Error(`--stack "${stack}" has no Pulumi.${stack}.yaml: name a stack that has one`);
  }
  const read = async (file: string) => parse(await readFile(new URL(file, root), "utf8"));
  const config = (await read(`Pulumi.${stack}.yaml`))?.config ?? {};
  const region: unknown = config["aws:region"];
  if (typeof region !== "string") throw new Error(`Pulumi.${stack}.yaml has no aws:region: set it`);
  const project: string = (await read("Pulumi.yaml")).name;
  const image: unknown = config[`${project}:image`];
  return { project, stack, region, ...(typeof image === "string" && { image }) };
}
