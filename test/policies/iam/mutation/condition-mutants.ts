import { listOf, type Mutant, type Statement } from "./mutants.ts";

type Block = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One line of a condition block. */
interface Line {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A line changed so that it holds for more requests, or for others; none when it is gone. */
interface Change {
  readonly kind: string;
  readonly lines: readonly Line[];
}

/** Mutants of each line of the conditions: an Allow that applies more often, or a Deny that applies less often. */
export function conditionMutants(statement: Statement): Mutant[] {
  const block = (statement["Condition"] ?? {}) as Block;
  const lines = Object.entries(block).flatMap(([operator, pairs]) =>
    Object.entries(pairs).map(([key, values]): Line => ({ operator, key, values: listOf(values).map(String) })),
  );
  const isDeny = statement["Effect"] === "Deny";
  return lines.flatMap((line, at) =>
    (isDeny ? rarer(line) : oftener(line)).map(({ kind, lines: others }) => ({
      kind: isDeny ? `${kind} in a Deny` : kind,
      what: `${line.operator} ${line.key}`,
      statement: { ...statement, Condition: blockOf(lines.toSpliced(at, 1, ...others)) },
    })),
  );
}

function blockOf(lines: readonly Line[]): Record<string, Record<string, readonly string[]>> {
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of lines) block[operator] = { ...block[operator], [key]: values };
  return block;
}

/** Every operator that has an opposite, and that opposite. */
const opposites: readonly (readonly [string, string])[] = [
  ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
  ["StringEquals", "StringNotEquals"],
  ["StringLike", "StringNotLike"],
  ["ArnEquals", "ArnNotEquals"],
  ["ArnLike", "ArnNotLike"],
  ["NumericEquals", "NumericNotEquals"],
  ["NumericLessThanEquals", "NumericGreaterThan"],
  ["NumericLessThan", "NumericGreaterThanEquals"],
  ["DateEquals", "DateNotEquals"],
  ["DateLessThanEquals", "DateGreaterThan"],
  ["DateLessThan", "DateGreaterThanEquals"],
  ["IpAddress", "NotIpAddress"],
];

/** The operator without its quantifier and its IfExists, and both of them. */
function parted(operator: string): [before: string, core: string, after: string] {
  const [, before = "", core = "", after = ""] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  return [before, core, after];
}

function negated({ operator, ...line }: Line): Change[] {
  const [before, core, after] = parted(operator);
  const pair = opposites.find((one) => one.includes(core));
  if (!pair) return [];
  return [
    { kind: "condition negated", lines: [{ ...line, operator: before + pair[pair[0] === core ? 1 : 0] + after }] },
  ];
}

function flipped({ values, ...line }: Line): Change[] {
  const [, core] = parted(line.operator);
  if (core !== "Bool" && core !== "Null") return [];
  const other = values.map((value) => (value === "true" ? "false" : "true"));
  return [{ kind: `${core} flipped`, lines: [{ ...line, values: other }] }];
}

const oftener = (line: Line): Change[] => [
  { kind: "condition dropped", lines: [] },
  ...negated(line),
  ...flipped(line),
  ...quantified(line),
  ...toEverything(line, false),
  ...farther(line, false),
];

const rarer = (line: Line): Change[] => [
  ...negated(line),
  ...flipped(line),
  ...toEverything(line, true),
  ...farther(line, true),
];

/** By IfExists and ForAllValues a request without the key passes, too. */
function quantified({ operator, ...line }: Line): Change[] {
  const [before, core, after] = parted(operator);
  const found: Change[] = [];
  if (core === "Null") return found;
  if (after === "") found.push({ kind: "IfExists added", lines: [{ ...line, operator: `${operator}IfExists` }] });
  if (before !== "ForAllValues:")
    found.push({ kind: "ForAllValues added", lines: [{ ...line, operator: `ForAllValues:${core}${after}` }] });
  return found;
}

/** A value that covers every other one. Of a negated operator only a Deny is weakened by it. */
function toEverything({ operator, values, ...line }: Line, inDeny: boolean): Change[] {
  const [before, core, after] = parted(operator);
  if (core.includes("Not") !== inDeny) return [];
  const put = (kind: string, name: string, wide: string): Change[] =>
    values.map((_, at) => ({
      kind,
      lines: [{ ...line, operator: before + name + after, values: values.with(at, wide) }],
    }));
  if (core.startsWith("String") || core.startsWith("Arn")) {
    const like = core.replace(/Equals(IgnoreCase)?/, "Like");
    return put("value to *", like, "*");
  }
  if (!core.endsWith("IpAddress")) return [];
  return put("range to /0", core, values[0]?.includes(":") ? "::/0" : "0.0.0.0/0");
}

/** A limit far off: an Allow beyond every date and number, a Deny only there. */
function farther({ operator, values, ...line }: Line, inDeny: boolean): Change[] {
  const [, core] = parted(operator);
  const less = core.includes("Less");
  if (!less && !core.includes("Greater")) return [];
  const late = less !== inDeny;
  const isDate = core.startsWith("Date");
  const far = isDate ? (late ? "9999-12-31T00:00:00Z" : "1970-01-02T00:00:00Z") : late ? "1000000000" : "-1";
  return [
    {
      kind: isDate ? "date moved far off" : "number moved far off",
      lines: [{ ...line, operator, values: values.map(() => far) }],
    },
  ];
}
