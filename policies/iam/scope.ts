import type { Action, ResourceType } from "../data/catalogue.ts";
import { witness, type Budget } from "./automaton.ts";
import { covers, type Glob } from "./glob.ts";
import type { Effect } from "./comparisons.ts";
import type { DenialGroups } from "./action-groups.ts";
import { bareOf, leftOpen, type Bare } from "./nameless.ts";
import { fits, near } from "./nearby.ts";
import { given, type Denial, type Grant, type Limits, type ResourceSet } from "./permissions.ts";
import { colons, example, kindOf, lengthsFor, placeOf, probe, templatesOf } from "./probe.ts";

/**
 * How much of what an action can touch a grant reaches: nothing, resources it names (exactly or by a part of the name), every
 * resource of a kind in one account, or every one there is.
 */
export type Reach = "none" | "named" | "account" | "any";

export interface Scope {
  readonly reach: Reach;
  /** What its conditions take from it, for the widest reach. */
  readonly effects: readonly Effect[];
}

/** Where a name nobody knows is put, and its length. */
type Stranger = readonly [place: Glob | undefined, length: number];

/** What is given of a resource nobody named, wherever it is and in the account. */
type Wide = Partial<Record<"any" | "account", Limits | undefined>>;

/** What was found out for actions that the same Denies are about. */
interface Known {
  readonly strangers: readonly Stranger[];
  readonly types: Map<string, Wide>;
  readonly named: Map<string, Limits | undefined>;
  /** By the list of what actions act on. */
  readonly all: Map<readonly ResourceType[], Scope>;
}

/** Answers, for the actions of one grant, how far it reaches. What is too intricate for the budget is reached, but not sure. */
export function scopes(grant: Grant, denials: DenialGroups, budget: Budget): (action: Action) => Scope {
  const known: Known[] = [];
  const globs = grant.within.flatMap((set) => (set.except ? [] : set.globs));
  const starts =
    globs.length > 0
      ? [...new Map(globs.map((glob) => [`${placeOf(glob.text)} ${colons(glob.text)}`, glob])).values()]
      : [undefined];
  const strangersFor = (about: readonly Denial[]) => {
    const lengths = lengthsFor([...globs, ...about.flatMap(({ resources }) => resources.globs)]);
    return starts.flatMap((glob) => lengths.map((length): Stranger => [glob, length]));
  };
  const buckets = globs.filter(({ text }) => anyBucket.test(text));
  const nameless = globs.filter(bareOf);
  // what an action reaches hangs on what it acts on and on the Denies about it, not on what it does there
  return (action) => {
    const group = denials.of(action.id);
    const about = denials.lists[group] as readonly Denial[];
    const same = (known[group] ??= {
      strangers: strangersFor(about),
      types: new Map(),
      named: new Map(),
      all: new Map(),
    });
    let answer = same.all.get(action.resources);
    if (!answer) same.all.set(action.resources, (answer = found(action, about, same)));
    return answer;
  };

  function found(action: Action, about: readonly Denial[], same: Known): Scope {
    let account: Limits | undefined;
    for (const template of templatesOf(action)) {
      let wide = same.types.get(template);
      if (!wide) {
        same.types.set(template, (wide = reached(grant, about, template, same.strangers)));
        for (const glob of wide.any ? [] : nameless) {
          const reach = leftOpen(bareOf(glob) as Bare, template);
          if (reach && !wide[reach]) wide[reach] = filled(glob, template, action, grant, about, budget);
        }
      }
      if (wide.any) return { reach: "any", effects: wide.any.effects };
      account ??= wide.account;
    }
    const anywhere = firstOf(buckets, (glob) => (fits(glob, action) ? given(grant, about, example(glob)) : undefined));
    if (anywhere) return { reach: "any", effects: anywhere.effects };
    if (account) return { reach: "account", effects: account.effects };
    for (const template of templatesOf(action)) {
      if (!same.named.has(template)) same.named.set(template, named(grant, about, template, action, budget));
      const one = same.named.get(template);
      if (one) return { reach: "named", effects: one.effects };
    }
    return { reach: "none", effects: [] };
  }
}

/** A key says nothing about whose object it is: without the name of a bucket it is anybody's. */
const anyBucket = /^arn:[^:]*:s3:[^:]*:[^:]*:[*?.-]+\//;

function reached(all: Grant, about: readonly Denial[], template: string, strangers: readonly Stranger[]): Wide {
  const [grant, denials] = near(all, about, template);
  const asked = (anyAccount: boolean) =>
    widest(grant, strangers, ([glob, length]) => given(grant, denials, probe(template, glob, anyAccount, length)));
  const any = asked(true);
  const account = any ? undefined : asked(false);
  return { any, account };
}

/** What a grant gives by a pattern that says no more than the template does, whatever stands between its wildcards. */
function filled(
  glob: Glob,
  template: string,
  action: Action,
  all: Grant,
  about: readonly Denial[],
  budget: Budget,
): Limits | undefined {
  const [grant, denials] = near(all, about, template);
  const sample = example(glob);
  if (covers(kindOf(template).tokens, sample)) return given(grant, denials, sample);
  return left(glob, template, action, grant, denials, denials, budget);
}

/** Whether a pattern of the grant means something of the template's kind. */
function named(
  all: Grant,
  about: readonly Denial[],
  template: string,
  action: Action,
  budget: Budget,
): Limits | undefined {
  const [grant, denials] = near(all, about, template);
  const globs = grant.within.flatMap((set) => (set.except ? [] : set.globs)).filter((glob) => fits(glob, action));
  const found = widest(grant, globs, (glob) => given(grant, denials, example(glob)));
  if (found?.conditions.length === grant.conditions.length || (denials.length === 0 && grant.within.length < 2))
    return found;
  // what is left may be short, or only what a Deny leaves out: it takes a search
  const free = firstOf(globs, (glob) => left(glob, template, action, grant, denials, denials, budget));
  if (free || found) return free ?? found;
  const firm = denials.filter(({ statement }) => statement.conditions.length === 0);
  if (firm.length === denials.length) return undefined;
  return firstOf(globs, (glob) => left(glob, template, action, grant, denials, firm, budget));
}

/** What a grant gives of the kind within a pattern where none of `away` applies; unsure when the search grows too large. */
function left(
  glob: Glob,
  template: string,
  action: Action,
  grant: Grant,
  denials: readonly Denial[],
  away: readonly Denial[],
  budget: Budget,
): Limits | undefined {
  if (away.some(({ resources }) => takesAll(resources, glob, action))) return undefined;
  const globs = [glob, kindOf(template)];
  const placed = ({ globs: some, except }: ResourceSet) => ({ from: globs.length, to: globs.push(...some), except });
  const [within, refused] = [grant.within.map(placed), away.map(({ resources }) => placed(resources))];
  const isIn = ({ from, to, except }: ReturnType<typeof placed>, covered: readonly boolean[]) =>
    covered.slice(from, to).includes(true) !== except;
  const wanted = (covered: readonly boolean[]) =>
    within.every((set) => isIn(set, covered)) && !refused.some((set) => isIn(set, covered));
  const answer = witness(globs, 2, wanted, budget);
  if (answer.found !== undefined) return given(grant, denials, answer.codes);
  const unsure: Effect = { effect: "unknown", facet: "unknown" };
  return answer.undecided ? { conditions: grant.conditions, effects: [...grant.effects, unsure] } : undefined;
}

/** Whether a Deny plainly leaves nothing of a pattern that an action acts on, which needs no search. */
const takesAll = ({ globs, except }: ResourceSet, glob: Glob, action: Action): boolean =>
  except ? !globs.some((one) => fits(one, action)) : globs.some(({ tokens }) => covers(tokens, glob.tokens));

/** The first finding that no Deny limits, else the first. */
function widest<T>(
  { conditions }: Grant,
  list: readonly T[],
  find: (one: T) => Limits | undefined,
): Limits | undefined {
  let first: Limits | undefined;
  for (const one of list) {
    const found = find(one);
    if (found?.conditions.length === conditions.length) return found;
    first ??= found;
  }
  return first;
}

function firstOf<T, R>(list: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether conditions hold the reach to what they name: tags, namespaces, the service a role is passed to. */
export const narrowed = (effects: readonly Effect[]): boolean =>
  effects.some(({ effect, facet }) => effect === "narrows" && (facet === "resource" || facet === "request"));

/** Whether a condition is there whose key is not modelled. */
export const unclear = (effects: readonly Effect[]): boolean => effects.some(({ effect }) => effect === "unknown");
