import assert from "node:assert/strict";
import { judgeResource, judgeStack, withDefaults, type Verdict } from "../../policies/findings.ts";
import type { Properties, Resource } from "../../policies/resource.ts";
import type { Rule } from "../../policies/rule.ts";

/** Resources that together make one case; the names are free, `it` is the usual one. */
export type Case = readonly Resource[];

export interface Cases {
  /** What the rule must find, and a part of what it must say. */
  readonly violates: Readonly<
    Record<string, { readonly of: Case; readonly says: string | RegExp; readonly options?: Properties }>
  >;
  /** What comes close and is right. */
  readonly passes: Readonly<Record<string, { readonly of: Case; readonly options?: Properties }>>;
}

/** One resource under the usual name. */
export const resource = (type: string, props: object = {}, rest: Partial<Resource> = {}): Resource => ({
  type,
  name: "it",
  props: props as Properties,
  ...rest,
});

/** The promises every rule keeps, told by its own cases. */
export function laws(rule: Rule, { violates, passes }: Cases): void {
  const judge = (of: Case, options?: Properties) => verdictsOf(rule, of, options);
  assert.ok(Object.keys(violates).length > 0, `${rule.id} has no case that violates it`);
  assert.ok(Object.keys(passes).length > 0, `${rule.id} has no near miss`);

  describe(rule.id, () => {
    for (const [title, { of, says, options }] of Object.entries(violates)) {
      it(`finds ${title}`, () => {
        const found = judge(of, options);
        assert.ok(found.length > 0 && found.every(({ decided }) => decided), said(found));
        assert.ok(
          found.some(({ message }) => (typeof says === "string" ? message.includes(says) : says.test(message))),
          said(found),
        );
        assert.ok(
          found.every(({ message }) => message.endsWith(rule.fix)),
          said(found),
        );
      });

      it(`is never silent about ${title} when something is unknown`, () => {
        for (const [path, clouded] of [...cloudings(of), ["everything", allClouded(of)] as const]) {
          const found = judge(clouded, options);
          assert.ok(found.length > 0, `silent when ${path} is unknown`);
          for (const { decided, message } of found)
            assert.ok(decided || message.includes("is not known before the update"), message);
        }
      });

      it(`keeps to itself what ${title} holds`, () => {
        for (const [path, planted] of plantings(of)) {
          for (const { message } of judge(planted, options))
            assert.ok(!telltales.some((telltale) => message.includes(telltale)), `${path}: ${message}`);
        }
      });
    }

    for (const [title, { of, options }] of Object.entries(passes)) {
      it(`passes ${title}`, () =>
        assert.deepEqual(
          judge(of, options).map(({ message }) => message),
          [],
        ));

      it(`does not take what is unknown about ${title} for wrong`, () => {
        for (const [path, clouded] of [...cloudings(of), ["everything", allClouded(of)] as const]) {
          for (const { decided, message } of judge(clouded, options))
            assert.ok(!decided, `${path} unknown: ${message}`);
        }
      });
    }
  });
}

/** What a rule says about some resources, with its default options unless told otherwise. */
export function verdictsOf(rule: Rule, resources: Case, options: Properties = {}): Verdict[] {
  const set = withDefaults(rule, options);
  const ledger = { waivers: [], used: new Set<never>(), rules: [rule.id], today: "2026-01-01" };
  return [...resources.flatMap((one) => judgeResource(rule, one, set)), ...judgeStack(rule, resources, set, ledger)];
}

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Texts that hold a secret, by their looks, their issuer or their name; none of their last words may be told. */
const plants = [
  "hQ7rT2kV9xLm4ZpWc8Yd3NbG6sJf1AeU0oKi5qRt",
  "AKIAIOSFODNN7EXAMPLE",
  "password=hunter2",
  "sqs:Send?password=hunter2",
];
const telltales = ["hQ7rT2kV9xLm4ZpWc8Yd3NbG6sJf1AeU0oKi5qRt", "AKIAIOSFODNN7EXAMPLE", "hunter2"];
const said = (found: Verdict[]) => JSON.stringify(found.map(({ message, decided }) => ({ message, decided })));

/** Every copy of the case in which one value is unknown. */
const cloudings = (of: Case) => replacements(of, () => unknown);

/** Every copy of the case in which one text is a secret, or a statement asks for one under a key that says so. */
function* plantings(of: Case): Generator<readonly [string, Case]> {
  for (const plant of plants) yield* replacements(of, (value) => (typeof value === "string" ? plant : undefined), true);
  yield* replacements(
    of,
    (value) => (isStatement(value) ? asking(value, { StringEquals: "hunter2" }) : undefined),
    true,
  );
  yield* replacements(
    of,
    (value) => (isStatement(value) ? asking(value, { StringNotLike: "hunter2*" }) : undefined),
    true,
  );
}

const isStatement = (value: unknown): value is object =>
  typeof value === "object" && value !== null && "Effect" in value;

const asking = (statement: object, wanted: Readonly<Record<string, string>>) => ({
  ...statement,
  Condition: Object.fromEntries(
    Object.entries(wanted).map(([operator, value]) => [
      operator,
      { "sts:ExternalId": value, "aws:PrincipalTag/password": [value, "*"], "made:up-token": value },
    ]),
  ),
});

/** The case with every leaf unknown. */
const allClouded = (of: Case): Case =>
  of.map((one) => ({ ...one, props: every(one.props) as Properties, outputs: {} }));

function every(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(every);
  if (typeof value !== "object" || value === null) return unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, every(inner)]));
}

function* replacements(of: Case, by: (value: unknown) => unknown, inTexts = false): Generator<readonly [string, Case]> {
  for (const [index, one] of of.entries()) {
    for (const [path, props] of inside(one.props, by, inTexts))
      yield [`${one.name}.${path}`, of.with(index, { ...one, props: props as Properties })];
  }
}

function* inside(
  value: unknown,
  by: (value: unknown) => unknown,
  inTexts: boolean,
): Generator<readonly [string, unknown]> {
  const read = inTexts ? readJson(value) : undefined;
  if (read !== undefined) for (const [path, changed] of inside(read, by, true)) yield [path, JSON.stringify(changed)];
  if (typeof value !== "object" || value === null) return;
  for (const [key, held] of Object.entries(value)) {
    const put = (replaced: unknown) =>
      Array.isArray(value) ? value.with(Number(key), replaced) : { ...value, [key]: replaced };
    const replaced = by(held);
    if (replaced !== undefined) yield [key, put(replaced)];
    for (const [path, deeper] of inside(held, by, inTexts)) yield [`${key}.${path}`, put(deeper)];
  }
}

/** The object that a text is the JSON of. */
function readJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
