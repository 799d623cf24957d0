import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Calls, Program } from "../facts/calls.ts";
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
    const calls = new Map<string, Omit<Program["calls"][number], "services"> & { services: string[] }>();
    const unread = new Map<string, string>();
    for (const service of chosen.length > 0 ? chosen : [""]) {
      const { uses, nameless } = reach(code, code.file(entry)!, (from, to) => {
        // one service runs in a process: what only another one's folder holds is not run
        const owner = ownerOf(code.pathOf(to));
        return owner !== undefined && owner !== service && ownerOf(code.pathOf(from)) === undefined;
      });
      for (const node of nameless) unread.set(code.placeOf(node), "an import whose module is named at run time");
      for (const { node, ...use } of uses) {
        const meaning = meaningOf(use, packages);
        const at = code.placeOf(node);
        if (!meaning) continue;
        if ("unread" in meaning) unread.set(at, meaning.unread);
        else {
          const key = `${at} ${meaning.call}`;
          const known = calls.get(key);
          if (!known) calls.set(key, { at, ...meaning, services: [service] });
          else if (!known.services.includes(service)) known.services.push(service);
        }
      }
    }
    const inOrder = [...calls.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
    return {
      calls: inOrder.map(({ services: some, ...call }) =>
        some.length >= chosen.length ? call : { ...call, services: some },
      ),
      unread: [...unread].map(([at, what]) => ({ at, what })),
    };
  };
  const named = entries.map((file) => `${programs}/${file}`);
  return {
    variable,
    programs: Object.fromEntries(named.map((entry) => [entry.replace(/\.ts$/, ""), programOf(entry)])),
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
