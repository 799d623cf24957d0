import { witness, type Budget } from "./automaton.ts";
import { loosened, type Glob } from "./glob.ts";
import type { Denial, Grant, ResourceSet } from "./permissions.ts";

/** What a search costs before its first step. */
const perSearch = 2000;

/** How many choices among the patterns of one grant are tried. */
const maxChoices = 2000;

/** A resource that answers a question, or why there may be one; neither when there is none. */
export interface Found {
  readonly resource?: string;
  readonly reason?: string;
}

/** A question about the resources of a grant, without its conditions. */
export interface Question {
  readonly grant: Grant;
  readonly taken: readonly Denial[];
  readonly within: readonly Grant[];
  readonly missing: readonly Denial[];
}

/** A resource that the grant reaches and no `taken` takes, and that no `within` gives or a `missing` takes from it. */
export function search(question: Question, budget: Budget): Found {
  const { grant, taken, within, missing } = question;
  if (missing.length === 0 && within.some(({ everywhere }) => everywhere)) return {};
  const choices = chosen(grant.within.filter(({ except }) => !except));
  if (choices === undefined) return { reason: "the resources are too many to compare" };
  const spared = taken.flatMap(({ resources: { globs, except } }) => (except ? globs : []));
  const left = [...grant.within.flatMap(excepted), ...spared];
  const refused = [
    ...within.flatMap((one) => one.within.flatMap(excepted)),
    ...missing.flatMap(({ resources: { globs, except } }) => (except ? [] : globs)),
  ];
  const same = new Set(within.flatMap((one) => (one.within.length === 1 ? one.within.flatMap(patterns) : [])));
  let reason: string | undefined;
  for (const choice of choices) {
    // the same pattern on both sides needs no automaton, and that is what most comparisons are
    if (missing.length === 0 && choice.some((glob) => same.has(written(glob)))) continue;
    const answer = sought(choice, question, budget);
    if (answer.found !== undefined) return { resource: answer.found };
    if (answer.undecided) reason ??= "the resource patterns are too intricate to compare";
    else if (mayBeMore(choice, spared, question, budget))
      reason ??= "a policy variable may stand for what another pattern of the same side says";
    else if (mayMeet(choice, left, refused, budget))
      reason ??= "a policy variable may stand for what the bound leaves out";
  }
  return reason === undefined ? {} : { reason };
}

const excepted = ({ globs, except }: ResourceSet): readonly Glob[] => (except ? globs : []);

/** A resource of one choice; with `loose`, where policy variables that give something to the inner side may be any text. */
function sought(choice: readonly Glob[], { grant, taken, within, missing }: Question, budget: Budget, loose = false) {
  budget.steps -= perSearch;
  const globs = choice.map((glob) => (loose ? loosened(glob) : glob));
  const places = new Map<string, number>();
  const place = (glob: Glob) => {
    let at = places.get(written(glob));
    if (at === undefined) places.set(written(glob), (at = globs.push(glob) - 1));
    return at;
  };
  const read = ({ globs: list, except }: ResourceSet, any = false) => ({
    at: list.map((glob) => place(any ? loosened(glob) : glob)),
    except,
  });
  const [left, away] = [
    grant.within.filter(({ except }) => except).map((set) => read(set)),
    taken.map(({ resources }) => read(resources, loose && resources.except)),
  ];
  const given = within.map((one) => one.within.map((set) => read(set)));
  const lost = missing.map(({ resources }) => read(resources));
  return witness(
    globs,
    choice.length,
    (covered) => {
      const isIn = ({ at, except }: (typeof left)[number]) => at.some((one) => covered[one]) !== except;
      if (!left.every(isIn) || away.some(isIn)) return false;
      return lost.some(isIn) || !given.some((one) => one.every(isIn));
    },
    budget,
  );
}

/**
 * Whether the grant may give more than the search sees: where several patterns must all match, a policy variable in one of them can be
 * the text of another.
 */
function mayBeMore(choice: readonly Glob[], spared: readonly Glob[], question: Question, budget: Budget): boolean {
  const all = [...choice, ...spared];
  if (!all.some(({ variables }) => variables) || new Set(all.map(written)).size < 2) return false;
  const answer = sought(choice, question, budget, true);
  return answer.found !== undefined || answer.undecided;
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

const patterns = ({ globs, except }: ResourceSet): string[] => (except ? [] : globs.map(written));

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
