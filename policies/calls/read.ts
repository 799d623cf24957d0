import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "typescript";
import type { Call, Calls, Program, Unread } from "../facts/calls.ts";
import { Packages } from "./packages.ts";
import { readCode } from "./program.ts";
import { reach } from "./reach.ts";
import { meaningOf } from "./uses.ts";

/** Where code lies that roles run: its entry points, and the folders of which only one is in use, by an environment variable. */
export interface Layout {
  /** Absolute path. */
  readonly folder: string;
  /** Folder of the entry points. */
  readonly programs: string;
  /** Folder that has one folder for each service. */
  readonly services: string;
  /** Environment variable that names the service. */
  readonly variable: string;
  /** Folders that hold packages. */
  readonly packages: readonly string[];
}

/** What the programs of a folder call, read from their source. */
export function callsOf({ folder, programs, services, variable, packages: folders }: Layout): Calls {
  const entries = readdirSync(`${folder}/${programs}`)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const names = existsSync(`${folder}/${services}`)
    ? readdirSync(`${folder}/${services}`, { withFileTypes: true }).filter((one) => one.isDirectory())
    : [];
  const chosen = names.map(({ name }) => name).sort();
  const code = readCode(
    folder,
    entries.map((file) => `${programs}/${file}`),
    folders,
  );
  const packages = new Packages(folders);
  const ownerOf = (path = "") => chosen.find((name) => path.startsWith(`${services}/${name}/`));

  const programOf = (entry: string): Program => {
    const calls = perService<Omit<Call, "services">>(chosen.length);
    const unread = perService<Omit<Unread, "services">>(chosen.length);
    for (const service of chosen.length > 0 ? chosen : [""]) {
      // one service runs in a process: what only another one's folder holds is loaded and not used
      const foreign = (file: SourceFile) => ![undefined, service].includes(ownerOf(code.pathOf(file)));
      const { uses, nameless } = reach(code, code.file(entry)!, {
        skip: (from, to) => foreign(to) && ownerOf(code.pathOf(from)) === undefined,
        idle: foreign,
      });
      for (const node of nameless)
        unread.add(service, { at: code.placeOf(node), what: "an import whose module is named at run time" });
      for (const { node, ...use } of uses) {
        const meaning = meaningOf(use, packages);
        const at = code.placeOf(node);
        if (!meaning) continue;
        if ("unread" in meaning) unread.add(service, { at, what: meaning.unread });
        else calls.add(service, { at, ...meaning });
      }
    }
    return { calls: calls.all(), unread: unread.all() };
  };
  const named = entries.map((file) => `${programs}/${file}`);
  return {
    variable,
    programs: Object.fromEntries(named.map((entry) => [entry.replace(/\.ts$/, ""), programOf(entry)])),
  };
}

/** Things found for some services of so many; those that all have in common name none. */
function perService<Thing extends { readonly at: string }>(count: number) {
  const found = new Map<string, { thing: Thing; services: string[] }>();
  return {
    add(service: string, thing: Thing) {
      const key = JSON.stringify(thing);
      const { services } = found.get(key) ?? found.set(key, { thing, services: [] }).get(key)!;
      if (!services.includes(service)) services.push(service);
    },
    all: () =>
      [...found.values()]
        .sort((a, b) => (a.thing.at < b.thing.at ? -1 : 1))
        .map(({ thing, services }) => (services.length >= count ? thing : { ...thing, services })),
  };
}

/** This project's code. */
export const layout: Layout = {
  folder: fileURLToPath(new URL("../../app", import.meta.url)),
  programs: "hosts",
  services: "services",
  variable: "SERVICE",
  packages: ["../../app/node_modules", "../../node_modules"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  ),
};

/** The facts as they are committed. */
export const written = (calls: Calls): string => `${JSON.stringify(calls, null, 2)}\n`;

// `node policies/calls/read.ts` writes app.json from the source code; with `--check` it only says whether the file is up to date.
const file = new URL("app.json", import.meta.url);

if (import.meta.main) {
  const text = written(callsOf(layout));
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error("policies/calls/app.json is not what the code calls: run node policies/calls/read.ts");
    process.exitCode = 1;
  }
}
