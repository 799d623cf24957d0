import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

interface Manifest {
  version: string;
  pulumi?: { resource?: boolean; name?: string; version?: string };
}

/** Where `require(specifier)` in a file of `folder` would lead. */
export const resolveFrom = (folder: string, specifier: string) =>
  createRequire(join(folder, "index.js")).resolve(specifier);

/** The manifest of an installed package, as seen from `folder`. */
export function manifestOf(folder: string, name: string): Manifest {
  return JSON.parse(readFileSync(resolveFrom(folder, `${name}/package.json`), "utf8")) as Manifest;
}

/** The provider packages installed for a program in `folder`: what the engine must have a plugin for. */
export function providerPackages(folder: string): { name: string; version: string }[] {
  const installed = dirname(dirname(resolveFrom(folder, "@pulumi/pulumi/package.json")));
  return readdirSync(installed).flatMap((name) => {
    const { pulumi, version } = manifestOf(folder, `@pulumi/${name}`);
    return pulumi?.resource ? [{ name: pulumi.name ?? name, version: pulumi.version ?? version }] : [];
  });
}
