import type { Context } from "./conditions.ts";
import { allowed, conditional, type Holding, type Request, type Written } from "./decision.ts";

/** A condition key: what documents say about it, and the values that requests carry, among them one for each way to answer. */
export interface KeyOf {
  readonly type: "string" | "arn" | "bool" | "numeric" | "date" | "ip";
  readonly wanted: readonly string[];
  readonly carried: readonly string[];
  /** Whether every request carries it. */
  readonly always?: boolean;
  /** Whether a request may carry several values. */
  readonly multiple?: boolean;
}

/** Also texts with the characters of wildcards: a comparison by equality asks for them. */
const words = ["", "a", "b", "c", "ab", "ac", "cb", "cc", "aab", "A", "B", "aB", "Ac", "cB", "a*", "*b", "?", "*"];
const arn = (rest: string) => `arn:aws:${rest}`;

/** The keys of this small world. */
export const keys: Readonly<Record<string, KeyOf>> = {
  "aws:ResourceTag/t": { type: "string", wanted: ["a", "b", "ab", "A", "a*", "*b", "?", "*"], carried: words },
  "aws:PrincipalTag/u": {
    type: "string",
    wanted: ["a", "b", "a*", "*", "${aws:username}"],
    carried: ["", "a", "b", "ab", "v", "w", "a*", "*"],
  },
  "aws:username": { type: "string", wanted: ["a", "b", "a*"], carried: ["a", "b", "ab", "w", "a*"] },
  "s3:prefix": {
    type: "string",
    wanted: ["a/", "a/*", "${aws:username}/", "${aws:username}/*", "*", "${aws:PrincipalTag/u, 'a'}/"],
    carried: ["", "a/", "a/b", "b/", "b/*", "a/*", "w/", "w/b", "v/", "*"],
  },
  "aws:SourceArn": {
    type: "arn",
    wanted: ["s3:::a", "s3:::*", "s3:*:*:*", "sns:*:*:b", "sns:e:1:a:b", "s3:::?"].map(arn).concat("arn:*", "*"),
    carried: ["s3:::a", "s3:::b", "s3:::ab", "s3:e:1:a", "sns:e:1:b", "sns:e:1:a:b", "sns:e:2:c:b", "x:::c"].map(arn),
  },
  "aws:SecureTransport": { type: "bool", wanted: ["true", "false"], carried: ["true", "false"], always: true },
  "aws:MultiFactorAuthPresent": { type: "bool", wanted: ["true", "false"], carried: ["true", "false"] },
  "s3:max-keys": { type: "numeric", wanted: ["1", "2", "3", "2.0"], carried: ["0", "1", "1.5", "2", "2.5", "3", "4"] },
  "aws:TokenIssueTime": {
    type: "date",
    wanted: ["2030-01-01T00:00:00Z", "1893456000", "2031-01-01T00:00:00Z", "1956528000"],
    carried: ["2029-01-01T00:00:00Z", "1893456000", "2030-06-01T00:00:00Z", "2031-01-01T00:00:00Z"].concat([
      "2031-06-01T00:00:00Z",
      "2032-01-01T00:00:00Z",
      "2033-01-01T00:00:00Z",
    ]),
  },
  "aws:SourceIp": {
    type: "ip",
    wanted: ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.1.2.3/32", "192.0.2.0/24", "0.0.0.0/0"].concat(
      "2001:db8:0:0:0:0:0:0/32",
    ),
    carried: [
      "9.9.9.9",
      "10.0.0.1",
      "10.1.0.1",
      "10.1.2.3",
      "192.0.2.9",
      "192.0.3.0",
      "2001:db8:0:0:0:0:0:1",
      "fe80:0:0:0:0:0:0:1",
    ],
  },
  "aws:TagKeys": { type: "string", wanted: ["a", "b", "a*"], carried: ["a", "b", "ab", "c", "a*"], multiple: true },
};

const lower = new Map(Object.entries(keys).map(([name, key]) => [name.toLowerCase(), key]));

export const actions = ["s3:GetObject", "s3:PutObject", "sqs:SendMessage", "s3:NewThing"];

/** Every text of up to three letters, one of which no document has, and the values of variables. */
export const resources = ["", "a", "b", "c", "w", "v"].concat(
  ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc", "aw", "wa", "wb", "bw", "vb", "av", "ww", "vw"],
  ["aab", "aba", "abb", "bab", "bba", "aca", "acb", "bcb", "cab", "awb", "wab", "bwa", "cca", "aaw", "ccc"],
);

export const principals = [
  "AWS arn:aws:iam::111111111111:role/a",
  "AWS arn:aws:iam::111111111111:role/b",
  "AWS arn:aws:iam::111111111111:root",
  "AWS arn:aws:iam::222222222222:role/a",
  "AWS arn:aws:iam::222222222222:root",
  "Service sns.amazonaws.com",
  "Service sqs.amazonaws.com",
];

/** The keys that documents name by a variable. */
function named(holdings: readonly Holding[]): string[] {
  const found = [...JSON.stringify(holdings).matchAll(/\$\{([^},]+)/g)].map(([, name = ""]) =>
    name.trim().toLowerCase(),
  );
  return [...new Set(found)].filter((name) => lower.has(name));
}

/** The keys that the documents ask about, by condition or by variable. */
function asked(holdings: readonly Holding[]): string[] {
  const found = new Set(named(holdings));
  for (const one of holdings.flatMap(({ statements, boundary = [] }) => [...statements, ...boundary]))
    for (const pairs of Object.values(one.Condition ?? {}))
      for (const key of Object.keys(pairs)) found.add(key.toLowerCase());
  return [...found].filter((name) => lower.has(name));
}

const sets = (list: readonly string[]): string[][] =>
  list.reduce<string[][]>((some, one) => [...some, ...some.map((set) => [...set, one])], [[]]);

/** Every context that the documents can tell apart. */
export function contexts(holdings: readonly Holding[]): Context[] {
  let found: Context[] = [{}];
  for (const name of asked(holdings)) {
    const { carried, always, multiple } = lower.get(name) as KeyOf;
    const ways = multiple ? sets(carried) : carried.map((one) => [one]);
    const all = always || multiple ? ways : [undefined, ...ways];
    found = found.flatMap((context) =>
      all.map((values) => ({ ...context, [name]: values?.length === 0 ? undefined : values })),
    );
  }
  return found;
}

/** A request that `inner` allows and `bound` does not; undefined when there is none in this world. */
export function newRequest(
  bound: Holding,
  inner: Holding,
  among: {
    actions?: readonly string[];
    resources?: readonly string[];
    principals?: readonly (string | undefined)[];
  } = {},
): Request | undefined {
  const variables = named([bound, inner]);
  const seen = new Set<string>();
  for (const context of contexts([bound, inner])) {
    const [outer, own] = [within(bound, context), within(inner, context)];
    const told = JSON.stringify([outer.at, own.at, variables.map((name) => context[name])]);
    if (own.statements.length === 0 || seen.has(told)) continue;
    seen.add(told);
    for (const resource of among.resources ?? resources)
      for (const action of among.actions ?? actions)
        for (const principal of among.principals ?? [undefined]) {
          const request = { action, resource, context, ...(principal && { principal }) };
          if (allowed(own, request) && !allowed(outer, request)) return request;
        }
  }
  return undefined;
}

/** The statements whose conditions hold in a context, and which they are. */
function within({ statements, boundary }: Holding, context: Context): Holding & { at: number[] } {
  const at = [...statements, ...(boundary ?? [])].flatMap((one, place) => (conditional(one, context) ? [place] : []));
  const of = (list: readonly Written[], from: number) =>
    list.flatMap(({ Condition: _, ...one }, place) => (at.includes(place + from) ? [one] : []));
  return { at, statements: of(statements, 0), ...(boundary && { boundary: of(boundary, statements.length) }) };
}
