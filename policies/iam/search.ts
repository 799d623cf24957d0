import { witness, type Budget } from "./automaton.ts";
import { loosened, type Glob } from "./glob.ts";
import type { Denial, Grant, ResourceSet } from "./permissions.ts";

/** How many choices among the patterns of one grant are tried. */
const maxChoices = 2000;

/** A resource that answers a question, or why there may be one; neither when there is none. */
export interface Found {
  readonly resource?: string;
  readonly reason?: string;
}

/** A resource that the grant reaches and no `taken` takes, and that no `within` gives or a `missing` takes from it. */
export function search(
  grant: Grant,
  taken: readonly Denial[],
  within: readonly Grant[],
  missing: readonly Denial[],
  budget: Budget,
): Found {
  if (missing.length === 0 && within.some(({ everywhere }) => everywhere)) return {};
  const globs: Glob[] = [];
  const places = new Map<string, number>();
  const place = (glob: Glob) => {
    let at = places.get(written(glob));
    if (at === undefined) places.set(written(glob), (at = globs.push(glob) - 1));
    return at;
  };
  const read = ({ globs: list, except }: ResourceSet) => ({ at: list.map(place), except });
  const sets = {
    inner: grant.within.map(read),
    taken: taken.map(({ resources }) => read(resources)),
    within: within.map((one) => one.within.map(read)),
    missing: missing.map(({ resources }) => read(resources)),
  };
  type Read = ReturnType<typeof read>;
  let offset = 0;
  const isIn = ({ at, except }: Read, covered: readonly boolean[]) =>
    at.some((one) => covered[one + offset] === true) !== except;
  const wanted = (covered: readonly boolean[]) =>
    sets.inner.every((set) => isIn(set, covered)) &&
    !sets.taken.some((set) => isIn(set, covered)) &&
    (sets.missing.some((set) => isIn(set, covered)) ||
      !sets.within.some((one) => one.every((set) => isIn(set, covered))));
  const excepted = ({ within: list }: Grant) => list.flatMap(({ globs: some, except }) => (except ? some : []));
  const left = [...excepted(grant), ...taken.flatMap(({ resources: { globs: some, except } }) => (except ? some : []))];
  const refused = [
    ...within.flatMap(excepted),
    ...missing.flatMap(({ resources: { globs: some, except } }) => (except ? [] : some)),
  ];
  let reason: string | undefined;
  const choices = chosen(grant.within.filter(({ except }) => !except));
  if (choices === undefined) return { reason: "the resources are too many to compare" };
  const same = new Set(
    within.flatMap((one) =>
      one.within.length === 1 ? one.within.filter(({ except }) => !except).flatMap(patterns) : [],
    ),
  );
  for (const choice of choices) {
    // the same pattern on both sides needs no automaton, and that is what most comparisons are
    if (missing.length === 0 && choice.some((glob) => same.has(written(glob)))) continue;
    offset = choice.length;
    const answer = witness([...choice, ...globs], choice.length, wanted, budget);
    if (answer.found !== undefined) return { resource: answer.found };
    if (answer.undecided) reason ??= "the resource patterns are too intricate to compare";
    if (mayMeet(choice, left, refused, budget)) reason ??= "a policy variable may stand for what the bound leaves out";
  }
  return reason === undefined ? {} : { reason };
}

/**
 * Whether some resource of the grant may be among those that the bound refuses, by a policy variable on either side: in the search
 * a variable equals no other text, and at a request it does.
 */
function mayMeet(choice: readonly Glob[], left: readonly Glob[], refused: readonly Glob[], budget: Budget): boolean {
  const own = new Set(left.map(written));
  const symbolic = [...choice, ...left].some(({ variables }) => variables);
  const asked = refused.filter((glob) => (symbolic || glob.variables) && !own.has(written(glob)));
  if (asked.length === 0) return false;
  const globs = [...choice, ...asked].map(loosened);
  const answer = witness(globs, choice.length, (covered) => covered.includes(true, choice.length), budget);
  return answer.found !== undefined || answer.undecided;
}

const patterns = ({ globs }: ResourceSet): string[] => globs.map(written);

/** What a pattern says: `${aws:username}` is a variable in newer documents and plain text in older ones. */
const written = ({ text, variables }: Glob): string => `${variables} ${text}`;

/** One pattern from each set, in all ways. */
function chosen(sets: readonly ResourceSet[]): Glob[][] | undefined {
  let ways: Glob[][] = [[]];
  for (const { globs } of sets) {
    if (ways.length * globs.length > maxChoices) return undefined;
    ways = ways.flatMap((way) => globs.map((glob) => [...way, glob]));
  }
  return ways;
}
