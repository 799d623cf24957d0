import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { configuration, settingsIn, type Project } from "./configuration.ts";
import { graph, type Graph, type GraphOptions } from "./graph.ts";

const root = new URL("../", import.meta.url);

/** Where the project lies. */
export const projectDirectory = fileURLToPath(root);

export interface RecordOptions extends Pick<GraphOptions, "preview" | "answers"> {
  /** Settings over those of the stack's file, keys with their namespace. */
  config?: Record<string, string>;
}

/**
 * Records the program of the project as the stack configures it: the same program, the same YAML files, no engine.
 * Fails when the stack has no file, or as the program fails.
 */
export async function recordStack(stack: string, { config: changed, ...options }: RecordOptions = {}): Promise<Graph> {
  const { name, main } = await readYaml<Project>("Pulumi.yaml");
  const config = await stackConfig(stack, changed);
  const { default: program } = await import(new URL(main, root).href);
  return graph(program, { project: name, stack, config, ...options });
}

/** The configuration the engine would hand to the program: `changed` over the stack's file over the defaults in `Pulumi.yaml`. */
export async function stackConfig(
  stack: string,
  changed: Record<string, string> = {},
): Promise<Record<string, string>> {
  const project = await readYaml<Project>("Pulumi.yaml");
  if (!existsSync(new URL(`Pulumi.${stack}.yaml`, root))) {
    throw new Error(
      `stack "${stack}" has no Pulumi.${stack}.yaml: use one of ${(await stackNames()).join(", ")}, or write that file`,
    );
  }
  const file = `Pulumi.${stack}.yaml`;
  return configuration(project, { name: file, given: settingsIn(file, await readYaml(file)) }, changed);
}

/** The stacks that have a file, in the order of their names. */
export async function stackNames(): Promise<string[]> {
  const files = await readdir(root);
  return files.flatMap((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}

async function readYaml<T>(file: string): Promise<T> {
  try {
    return (parse(await readFile(new URL(file, root), "utf8")) ?? {}) as T;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
