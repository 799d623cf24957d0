import fc from "fast-check";
import type { Holding, Written } from "./decision.ts";
import { keys, type KeyOf } from "./world.ts";

type Pairs = Record<string, Record<string, string[]>>;

const patterns = (unit: readonly string[], most = 3) =>
  fc.array(fc.constantFrom(...unit), { maxLength: most }).map((parts) => parts.join(""));

/** What a pattern of a resource is made of; variables come with a default, with another, and with none. */
const plain = ["a", "b", "*", "?"];
const symbolic = ["a", "b", "*", "?", "${aws:username}", "${aws:PrincipalTag/u}", "${aws:PrincipalTag/u, 'b'}", "${*}"];

const cores: Record<KeyOf["type"], readonly string[]> = {
  string: ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"].concat([
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
  ]),
  arn: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
  bool: ["Bool"],
  numeric: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (one) => `Numeric${one}`,
  ),
  date: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (one) => `Date${one}`,
  ),
  ip: ["IpAddress", "NotIpAddress"],
};

/** One line of a condition block about one of some keys. */
function comparison(names: readonly string[]): fc.Arbitrary<Pairs> {
  return fc.constantFrom(...names).chain((name) => {
    const { type, wanted, multiple } = keys[name] as KeyOf;
    const quantifier = multiple
      ? fc.constantFrom("ForAllValues:", "ForAnyValue:")
      : rare("ForAllValues:", "ForAnyValue:");
    const values = fc.uniqueArray(fc.constantFrom(...wanted), { minLength: 1, maxLength: 2 });
    const compared = fc
      .tuple(quantifier, fc.constantFrom(...cores[type]), rare("IfExists"), values)
      .map(([before, core, after, list]): Pairs => ({ [`${before}${core}${after}`]: { [name]: list } }));
    const asked = fc.constantFrom("true", "false").map((value): Pairs => ({ Null: { [name]: [value] } }));
    return fc.oneof({ weight: 6, arbitrary: compared }, { weight: 1, arbitrary: asked });
  });
}

const rare = (...texts: string[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant("") }, ...texts.map((text) => fc.constant(text)));

const merged = (list: readonly Pairs[]): Pairs => {
  const all: Pairs = {};
  for (const pairs of list) for (const [name, values] of Object.entries(pairs)) all[name] = { ...all[name], ...values };
  return all;
};

const known = ["s3:GetObject", "s3:PutObject", "s3:*", "s3:Get*", "*", "sqs:*", "S3:getobject"];
const names = (unknown: boolean) =>
  fc.uniqueArray(fc.constantFrom(...known, ...(unknown ? ["s3:NewThing", "s3:New*"] : [])), {
    minLength: 1,
    maxLength: 2,
  });

const people = fc
  .uniqueArray(
    fc.constantFrom(
      "arn:aws:iam::111111111111:role/a",
      "arn:aws:iam::111111111111:role/b",
      "arn:aws:iam::111111111111:root",
      "111111111111",
      "222222222222",
      "sns.amazonaws.com",
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((list) => {
    const [services, others] = [
      list.filter((one) => one.includes("amazonaws")),
      list.filter((one) => !one.includes("amazonaws")),
    ];
    return { ...(services.length > 0 && { Service: services }), ...(others.length > 0 && { AWS: others }) };
  });

/** Who a statement of a resource policy names. */
const whom = fc.oneof(
  { weight: 4, arbitrary: people.map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: people.map((NotPrincipal) => ({ NotPrincipal })) },
  { weight: 1, arbitrary: fc.constantFrom({ Principal: "*" as const }, { Principal: { AWS: ["*"] } }) },
);

export interface Shape {
  /** Condition keys that the documents may use; none for documents without conditions. */
  readonly keys: readonly string[];
  readonly variables: boolean;
  /** Whether they name actions that AWS's data does not have. */
  readonly unknown: boolean;
  readonly principals: boolean;
}

function statement({ keys: some, variables, unknown, principals }: Shape): fc.Arbitrary<Written> {
  const list = fc.array(patterns(variables ? symbolic : plain), { minLength: 1, maxLength: 2 });
  const conditions =
    some.length === 0
      ? fc.constant({})
      : fc
          .array(comparison(some), { maxLength: 2 })
          .map((pairs) => (pairs.length > 0 ? { Condition: merged(pairs) } : {}));
  const common: fc.Arbitrary<string[]> = fc.oneof(
    { weight: 1, arbitrary: fc.constant<string[]>(["*"]) },
    { weight: 2, arbitrary: list },
  );
  return fc
    .tuple(
      fc.constantFrom("Allow", "Allow", "Deny"),
      principals ? whom : fc.constant({}),
      fc.oneof(
        { weight: 3, arbitrary: names(unknown).map((Action) => ({ Action })) },
        names(unknown).map((NotAction) => ({ NotAction })),
      ),
      fc.oneof(
        { weight: 4, arbitrary: common.map((Resource) => ({ Resource })) },
        list.map((NotResource) => ({ NotResource })),
      ),
      conditions,
    )
    .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts) as Written);
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  keys: fc.uniqueArray(fc.constantFrom(...Object.keys(keys)), { maxLength: 2 }),
  variables: fc.constantFrom(true, false, false),
  unknown: fc.constantFrom(true, false, false),
  principals: fc.constantFrom(true, false, false),
});

/** Two sets of documents about the same few things; the second is often the first with a change or two. */
export const pairs = shapes.chain((shape) => {
  const one = statement(shape);
  const list = fc.array(one, { minLength: 1, maxLength: 3 });
  const boundary = shape.principals ? fc.constant(undefined) : fc.option(list, { nil: undefined, freq: 5 });
  const holding = fc
    .record({ statements: list, boundary })
    .map(({ statements, boundary: limit }): Holding => ({ statements, ...(limit && { boundary: limit }) }));
  const changed = holding.chain((bound) =>
    fc
      .tuple(fc.nat({ max: bound.statements.length - 1 }), fc.constantFrom("add", "drop", "swap", "same"), one)
      .map(([at, what, other]) => ({
        bound,
        inner: { ...bound, statements: edited(bound.statements, at, what, other) },
      })),
  );
  const apart = fc.record({ bound: holding, inner: holding });
  return fc.oneof(apart, changed).map((found) => ({ shape, ...found }));
});

function edited(list: readonly Written[], at: number, what: string, other: Written): Written[] {
  if (what === "add") return [...list, other];
  if (what === "drop" && list.length > 1) return list.toSpliced(at, 1);
  if (what === "same") return [...list];
  // one part of a statement comes from another
  return list.with(at, { ...(list[at] as Written), Condition: other.Condition ?? {} });
}
