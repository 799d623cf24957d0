import type { Budget } from "./automaton.ts";
import type { Comparison } from "./condition.ts";
import { waysOf, type Way } from "./ways.ts";

/** How many kinds of requests are told apart, and how many are looked at to find them. */
const maxContexts = 600;
const maxCombined = 20_000;

/** Kinds of requests by what they make of lists of comparisons. */
export interface Contexts {
  /** Of each kind, for each list whether all of it holds. */
  readonly some: readonly Way[];
  /** Whether these are all there are; otherwise they are a choice of them. */
  readonly all: boolean;
}

/**
 * Every kind of request, among those that meet all of `own`, that `lists` can tell apart; where they are too many, those in which
 * least of `lists` holds, in general and for each list that does. Keys are taken for independent of each other. There is no kind
 * when `own` contradicts itself.
 */
export function contextsOf(
  own: readonly Comparison[],
  lists: readonly (readonly Comparison[])[],
  budget: Budget,
): Contexts {
  const keys = new Set([own, ...lists].flat().map(({ key }) => key));
  const byKey: Way[][] = [];
  for (const key of keys) {
    const found = answersOf(key, keys, own, lists, budget);
    if (!found) return { some: [], all: false };
    byKey.push(found);
  }
  let found = new Map<string, Way>([["", { holds: lists.map(() => true), sure: true }]]);
  for (const ways of byKey) {
    const next = new Map<string, Way>();
    if (found.size * ways.length <= maxCombined)
      for (const before of found.values()) for (const way of ways) add(next, both(before, way));
    if (next.size > maxContexts || (next.size === 0 && ways.length > 0))
      return { some: chosen(byKey, lists.length), all: false };
    found = next;
  }
  return { some: [...found.values()], all: true };
}

/** What the values of one key make of the lists, where `own` is met. */
function answersOf(
  key: string,
  keys: ReadonlySet<string>,
  own: readonly Comparison[],
  lists: readonly (readonly Comparison[])[],
  budget: Budget,
): Way[] | undefined {
  const about = (list: readonly Comparison[]) => list.filter((one) => one.key === key);
  const mine = about(own);
  const theirs = lists.map(about);
  const kept = new Map<string, Way>();
  const ways = waysOf(key, [mine, ...theirs].flat(), keys, budget);
  for (const { holds, sure } of ways ?? []) {
    if (!mine.every((_, at) => holds[at])) continue;
    let at = mine.length;
    add(kept, { holds: theirs.map((list) => list.map(() => holds[at++] === true).every(Boolean)), sure });
  }
  return ways && [...kept.values()];
}

/** Of two alike the one that is sure. */
function add(found: Map<string, Way>, one: Way): void {
  const key = one.holds.join();
  if (one.sure || !found.has(key)) found.set(key, one);
}

const both = (one: Way, other: Way): Way => ({
  holds: one.holds.map((held, at) => held && other.holds[at] === true),
  sure: one.sure && other.sure,
});

/** How many lists are looked at by themselves where not all kinds are. */
const maxGoals = 50;

/** For each list the kind in which it holds and of the others as few as may be, and one in which as few hold as may be. */
function chosen(byKey: readonly (readonly Way[])[], lists: number): Way[] {
  const held = new Map(byKey.flat().map((way) => [way, way.holds.filter(Boolean).length]));
  const sorted = byKey.map((ways) =>
    ways.filter(({ sure }) => sure).sort((a, b) => (held.get(a) ?? 0) - (held.get(b) ?? 0)),
  );
  const goals = Array.from({ length: Math.min(lists, maxGoals) + 1 }, (_, at) => lists - at);
  return goals.flatMap((goal) => {
    const parts = sorted.map((ways) => ways.find(({ holds }) => holds[goal] !== false));
    const start: Way = { holds: Array.from({ length: lists }, () => true), sure: true };
    return parts.every((part) => part !== undefined) ? [parts.reduce<Way>(both, start)] : [];
  });
}
