import { isWithin, type Budget } from "./automaton.ts";
import type { Comparison } from "./condition.ts";
import { contextsOf } from "./contexts.ts";
import { isAll, type Denial } from "./permissions.ts";
import { settled } from "./defaults.ts";
import { search, type Found, type Question } from "./search.ts";
import type { Way } from "./ways.ts";

/** One question of inclusion, with its conditions: is what `grant` gives of an action, less `taken`, given by `within`, less `missing`? */
export type Group = Question;

/** A resource that the grant reaches and the bound does not, or why that cannot be told; neither when all is covered. */
export function uncovered({ missing: all, ...rest }: Group, budget: Budget): Found {
  const missing = all.filter((one) => !rest.taken.some((other) => isStricter(other, one) && absorbs(other, one)));
  const group = { ...rest, missing };
  const { grant, taken, within } = group;
  const lists = [...taken.map(asked), ...within.map(({ conditions }) => conditions), ...missing.map(asked)];
  const least = among(group, cautious(group, lists));
  const covered = searched(least, budget);
  // what the grant itself asks for is enough, and that is what most comparisons are
  if (covered.resource === undefined && covered.reason === undefined) return {};
  const kinds = contextsOf(grant.conditions, lists, budget);
  const contexts = worst(kinds.all ? kinds.some : [...kinds.some, cautious(group, lists)], group);
  const doubt = isDoubtful(group, [grant.conditions, ...lists].flat());
  let reason: string | undefined;
  for (const context of contexts) {
    const found = searched(among(group, context), budget);
    if (found.resource !== undefined && context.sure && !doubt) return found;
    if (found.resource !== undefined)
      reason ??= `whether the conditions on ${found.resource.slice(0, 200)} are within the bound is not modelled`;
    reason ??= found.reason;
  }
  return reason === undefined ? {} : { reason };
}

/** What of a group applies to a kind of request. */
function among({ grant, taken, within, missing }: Group, { holds }: Way): Question {
  const away = taken.filter((_, at) => holds[at]);
  const lost = missing.filter((_, at) => holds[taken.length + within.length + at]);
  return {
    grant,
    taken: away,
    within: within.filter((_, at) => holds[taken.length + at]),
    missing: lost.filter((one) => !away.some((other) => absorbs(other, one))),
  };
}

/** Whether a Deny applies whenever another does: it asks for nothing that the other does not. */
function isStricter(one: Denial, other: Denial): boolean {
  const all = new Set(asked(other).map(saying));
  return asked(one).every((each) => all.has(saying(each)));
}

/** A resource for one of the questions that a question comes to, else why there may be one. */
function searched(question: Question, budget: Budget): Found {
  const questions = settled(question);
  if (!questions) {
    const { resource, reason } = search(question, budget);
    return resource !== undefined || reason !== undefined
      ? { reason: "the defaults of policy variables are too many to compare" }
      : {};
  }
  const answers = questions.map((one) => search(one, budget));
  return (
    answers.find(({ resource }) => resource !== undefined) ?? answers.find(({ reason }) => reason !== undefined) ?? {}
  );
}

const asked = ({ statement }: Denial): readonly Comparison[] => statement.conditions;

/** What may be worst where there are too many kinds of requests to try them: only what the grant itself asks for is sure to hold. */
function cautious({ grant, taken, within }: Group, lists: readonly (readonly Comparison[])[]): Way {
  const own = new Set(grant.conditions.map(saying));
  const firm = (list: readonly Comparison[]) => list.every((one) => own.has(saying(one)));
  return { holds: lists.map((list, at) => at >= taken.length + within.length || firm(list)), sure: false };
}

const saying = ({ key, name, values }: Comparison): string => [key, name.toLowerCase(), ...values].join("\0");

/** The contexts than which no other gives the bound less and the grant more, among those that are sure and those that are not. */
function worst(contexts: readonly Way[], { taken, within }: Group): Way[] {
  const helps = taken.length + within.length;
  const isAsBad = (one: Way, other: Way) =>
    one.holds.every((held, at) => held === other.holds[at] || held === at >= helps);
  return contexts.filter(
    (one, at) =>
      !contexts.some(
        (other, place) =>
          place !== at && other.sure === one.sure && isAsBad(other, one) && (place < at || !isAsBad(one, other)),
      ),
  );
}

/** Whether a Deny of the inner side is about all that one of the bound is about. */
function absorbs(inner: Denial, bound: Denial): boolean {
  if (isAll(inner.resources)) return true;
  if (inner.resources.except !== bound.resources.except) return false;
  const [small, large] = inner.resources.except
    ? [inner.resources, bound.resources]
    : [bound.resources, inner.resources];
  return small.globs.every((glob) => large.globs.some((other) => isWithin(glob, other) === true));
}

/** Whether a condition is about the value of a policy variable: what is found by any text in its place may then be none. */
function isDoubtful({ grant, taken, within, missing }: Group, comparisons: readonly Comparison[]): boolean {
  const sets = [grant, ...within]
    .flatMap((one) => one.within)
    .concat([...taken, ...missing].map((one) => one.resources));
  const texts = sets.flatMap(({ globs }) =>
    globs.flatMap(({ text, variables }) => (variables ? [text.toLowerCase()] : [])),
  );
  return comparisons.some(({ key }) => texts.some((text) => text.includes(key)));
}
