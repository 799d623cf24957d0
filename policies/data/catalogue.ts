import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Row } from "./action-row.ts";
import edition from "./edition.json" with { type: "json" };

/** AWS's own word for what an action does. */
export type Level = "Permissions management" | "Write" | "Tagging" | "Read" | "List";

/** One action of the service authorization data. */
export interface Action {
  /** Place in the catalogue, which is its place in every action set. */
  readonly id: number;
  /** `service:Name`, in AWS's spelling. */
  readonly name: string;
  readonly level: Level;
  /** Character codes of the name alone, in lower case. */
  readonly letters: readonly number[];
  /** ARN templates of what it acts on; empty when it supports no resource but `*`. One list for all actions of a service on the same. */
  readonly resources: readonly ResourceType[];
  /** Whether AWS requires one of the resources. */
  readonly requiresResource: boolean;
  /** Those of the resources that AWS calls required: of alternatives, of which a request names one, all are. */
  readonly required: readonly ResourceType[];
}

export interface ResourceType {
  readonly name: string;
  /** For example `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`. */
  readonly arn: string;
}

export interface Service {
  readonly prefix: string;
  /** Place of its first action in the catalogue. */
  readonly first: number;
  readonly count: number;
  readonly actions: readonly Action[];
  readonly byName: ReadonlyMap<string, Action>;
  /** Condition keys of the service, lower case, with their types. */
  readonly keys: ReadonlyMap<string, string>;
}

/** A service as its line holds it, after its prefix and the number of its actions. */
interface Packed {
  types: string[];
  actions: string;
  keys: string[];
}

/** All services, by place and by prefix. */
interface Index {
  readonly all: readonly Service[];
  readonly byPrefix: ReadonlyMap<string, Service>;
}

const byId = new Array<Action | undefined>(edition.size);
let index: Index | undefined;

/** Read when the first document asks, so that a process starts without. */
const services = (): Index => (index ??= readIndex());

function readIndex(): Index {
  const text = gunzipSync(readFileSync(new URL("services.txt.gz", import.meta.url))).toString("utf8");
  const all: Service[] = [];
  let first = 0;
  for (const line of text.split("\n")) {
    const [prefix = "", count = ""] = line.split(" ", 2);
    all.push(lazyService({ prefix, count: Number(count), line }, first));
    first += Number(count);
  }
  return { all, byPrefix: new Map(all.map((service) => [service.prefix.toLowerCase(), service])) };
}

/** The service authorization data: every AWS service, its actions and what they act on. */
export const catalogue = {
  /** Day the data was taken. */
  date: edition.date,
  /** Number of actions. */
  size: edition.size,
  /** Whether this process has read the data: it starts without. */
  get isRead(): boolean {
    return index !== undefined;
  },
  get services(): readonly Service[] {
    return services().all;
  },
  /** The service with a prefix, in any case. */
  service: (prefix: string): Service | undefined => services().byPrefix.get(prefix.toLowerCase()),
  /** The action with a full name, in any case. */
  find(name: string): Action | undefined {
    const lower = name.toLowerCase();
    const colon = lower.indexOf(":");
    return services().byPrefix.get(lower.slice(0, colon))?.byName.get(lower.slice(colon + 1));
  },
  /** The action at a place of the catalogue. */
  action(id: number): Action {
    const known = byId[id];
    if (known) return known;
    const { all } = services();
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((all[middle] as Service).first <= id) low = middle;
      else high = middle - 1;
    }
    const service = all[low] as Service;
    return service.actions[id - service.first] as Action;
  },
};

/** A line is read at first use: a document mentions a handful of the 450 services. */
function lazyService({ prefix, count, line }: { prefix: string; count: number; line: string }, first: number): Service {
  let packed: Packed | undefined;
  let rows: Action[] | undefined;
  let names: Map<string, Action> | undefined;
  let typed: Map<string, string> | undefined;
  const open = () => (packed ??= JSON.parse(line.slice(line.indexOf("{"))) as Packed);
  const read = () => {
    if (!rows) {
      const { actions, types } = open();
      const common = { prefix, types: types.map(readType), lists: new Map<string, readonly ResourceType[]>() };
      rows = actions
        .split("\n")
        .filter(Boolean)
        .map((row, place) => new Row(row, { ...common, id: first + place }));
      for (const row of rows) byId[row.id] = row;
    }
    return rows;
  };
  return {
    prefix,
    first,
    count,
    get actions() {
      return read();
    },
    get byName() {
      return (names ??= new Map(read().map((action) => [action.name.slice(prefix.length + 1).toLowerCase(), action])));
    },
    get keys() {
      return (typed ??= new Map(open().keys.map((key) => key.toLowerCase().split(" ") as [string, string])));
    },
  };
}

function readType(row: string): ResourceType {
  const space = row.lastIndexOf(" "); // names of types may have spaces, ARNs have none
  return { name: row.slice(0, space), arn: row.slice(space + 1) };
}
