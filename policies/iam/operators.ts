/** What an IAM condition operator does, its name taken apart. */
export interface Operator {
  type: "string" | "arn" | "numeric" | "date" | "bool" | "binary" | "ip" | "null";
  /** `like` understands `*` and `?` in values. */
  comparison: "equals" | "like" | "less" | "lessEquals" | "greater" | "greaterEquals";
  /** Holds when no value compares, and also when the key is absent. */
  negated: boolean;
  ignoreCase: boolean;
  /** Holds when the key is absent. */
  ifExists: boolean;
  /** `all` also holds when the key is absent; `one` is for keys with a single value. */
  quantifier: "one" | "all" | "any";
}

type Core = Pick<Operator, "type" | "comparison" | "negated" | "ignoreCase">;

const core = (
  type: Core["type"],
  comparison: Core["comparison"] = "equals",
  negated = false,
  ignoreCase = false,
): Core => ({
  type,
  comparison,
  negated,
  ignoreCase,
});

/** The operators of the IAM policy grammar, by lower-case name. AWS reads ArnEquals as ArnLike. */
const cores: Record<string, Core> = {
  stringequals: core("string"),
  stringnotequals: core("string", "equals", true),
  stringequalsignorecase: core("string", "equals", false, true),
  stringnotequalsignorecase: core("string", "equals", true, true),
  stringlike: core("string", "like"),
  stringnotlike: core("string", "like", true),
  arnequals: core("arn", "like"),
  arnlike: core("arn", "like"),
  arnnotequals: core("arn", "like", true),
  arnnotlike: core("arn", "like", true),
  numericequals: core("numeric"),
  numericnotequals: core("numeric", "equals", true),
  numericlessthan: core("numeric", "less"),
  numericlessthanequals: core("numeric", "lessEquals"),
  numericgreaterthan: core("numeric", "greater"),
  numericgreaterthanequals: core("numeric", "greaterEquals"),
  dateequals: core("date"),
  datenotequals: core("date", "equals", true),
  datelessthan: core("date", "less"),
  datelessthanequals: core("date", "lessEquals"),
  dategreaterthan: core("date", "greater"),
  dategreaterthanequals: core("date", "greaterEquals"),
  bool: core("bool"),
  binaryequals: core("binary"),
  ipaddress: core("ip"),
  notipaddress: core("ip", "equals", true),
  null: core("null"),
};

/** Reads the name of an operator, in any case; undefined when AWS has no such operator. */
export function readOperator(name: string): Operator | undefined {
  let rest = name.toLowerCase();
  let quantifier: Operator["quantifier"] = "one";
  if (rest.startsWith("forallvalues:")) quantifier = "all";
  if (rest.startsWith("foranyvalue:")) quantifier = "any";
  if (quantifier !== "one") rest = rest.slice(rest.indexOf(":") + 1);
  const ifExists = rest.endsWith("ifexists");
  const found = Object.hasOwn(cores, ifExists ? rest.slice(0, -8) : rest) && cores[ifExists ? rest.slice(0, -8) : rest];
  if (!found || (found.type === "null" && ifExists)) return undefined;
  return { ...found, ifExists, quantifier };
}
