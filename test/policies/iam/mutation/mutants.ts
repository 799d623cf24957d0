import { conditionMutants } from "./condition-mutants.ts";

export type Statement = Readonly<Record<string, unknown>>;

/** One token of a statement changed so that the document gives more. */
export interface Mutant {
  /** What was done, in the words of the tables. */
  readonly kind: string;
  /** Where it was done. */
  readonly what: string;
  /** The statement as it is now; undefined when it is gone. */
  readonly statement: Statement | undefined;
}

export const listOf = (value: unknown): string[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as string[]) : [value as string];

/** Every mutant of a statement that widens its document: an Allow that gives more, or a Deny that takes less. */
export function mutants(statement: Statement): Mutant[] {
  const own = statement["Effect"] === "Deny" ? denyMutants(statement) : allowMutants(statement);
  return [...own, ...conditionMutants(statement)];
}

const allowMutants = (one: Statement): Mutant[] => [
  ...each(one, "Resource", "resource to *", (text) => (text === "*" ? [] : ["*"])),
  ...each(one, "Resource", "name to *-*", unnamed),
  // one for all: each costs a look at every action there is
  ...each(one, "Action", "action to *", () => ["*"]).slice(0, 1),
  ...each(one, "Action", "action to service:*", (text) => [`${text.split(":")[0]}:*`].filter((wide) => wide !== text)),
  ...swapped(one, "Action"),
  ...swapped(one, "Resource"),
  ...principalMutants(one),
];

const denyMutants = (one: Statement): Mutant[] => [
  { kind: "Deny removed", what: "all of it", statement: undefined },
  ...each(one, "Resource", "* to ? in a Deny", withoutStar),
  ...each(one, "Action", "* to ? in a Deny", withoutStar),
  ...swapped(one, "Action").map((mutant) => ({ ...mutant, kind: "Deny to NotAction" })),
  ...swapped(one, "Resource").map((mutant) => ({ ...mutant, kind: "Deny to NotResource" })),
];

/** The mutants that have one text of an element changed. */
function each(one: Statement, name: string, kind: string, change: (text: string) => readonly string[]): Mutant[] {
  const list = listOf(one[name]);
  return list.flatMap((text, at) =>
    change(text).map((wide) => ({
      kind,
      what: `${text} became ${wide}`,
      statement: { ...one, [name]: list.length > 1 ? list.with(at, wide) : wide },
    })),
  );
}

/** An element became its opposite. */
function swapped(one: Statement, name: "Action" | "Resource"): Mutant[] {
  const { [name]: list, ...rest } = one;
  // all but everything is nothing
  if (list === undefined || listOf(list).includes("*")) return [];
  return [{ kind: `Not${name} in an Allow`, what: name, statement: { ...rest, [`Not${name}`]: list } }];
}

/** The last part of a name that says something, as a pattern without it: `table/orders` becomes `table/*-*`. */
function unnamed(text: string): string[] {
  const wide = text.replace(/(?<=[:/])[^:/]*[A-Za-z0-9][^:/]*((?:[:/][*?]*)*)$/, "*-*$1");
  return wide === text ? [] : [wide];
}

const withoutStar = (text: string): string[] => (text.includes("*") ? [text.replace("*", "?")] : []);

const foreign = "999999999999";

function principalMutants(one: Statement): Mutant[] {
  const principal = one["Principal"];
  if (principal === undefined || principal === "*") return [];
  const lists = Object.entries(principal as Record<string, unknown>);
  const opened = [{ kind: "principal opened", what: "to *", statement: { ...one, Principal: "*" } }];
  const moved = lists.flatMap(([type, values]) =>
    listOf(values).flatMap((text, at) => {
      if (!/\d{12}/.test(text)) return [];
      const changed = listOf(values).with(at, text.replace(/\d{12}/, foreign));
      const Principal = { ...Object.fromEntries(lists), [type]: changed };
      return [{ kind: "account of a principal changed", what: text, statement: { ...one, Principal } }];
    }),
  );
  const added = { ...Object.fromEntries(lists), AWS: [...listOf(Object.fromEntries(lists)["AWS"]), foreign] };
  return [...opened, ...moved, { kind: "principal added", what: foreign, statement: { ...one, Principal: added } }];
}
