import { any, firstVariable, part, partAny, star, type Glob } from "./glob.ts";

/** What questions may still cost: automata stepped, over all of them. Beyond it the answer is `undecided`. */
export interface Budget {
  steps: number;
}

/** Enough for the product of a hundred ARN patterns. */
const usual = 20_000_000;

const colon = 58;

/** The deterministic automaton of one pattern, made as far as a question walks it. */
class Automaton {
  /** Whether a `?` met a policy variable: it stands for one character, a variable for a text of any length. */
  guessed = false;
  private readonly tokens: readonly number[];
  private readonly ids = new Map<string, number>();
  private readonly sets: number[][] = [];
  private readonly steps: Map<number, number>[] = [];

  constructor(glob: Glob) {
    this.tokens = glob.tokens;
    this.intern(this.closed([0]));
  }

  accepts(state: number): boolean {
    return (this.sets[state] as number[]).at(-1) === this.tokens.length;
  }

  /** Whether no text from here on is in the pattern. */
  dead(state: number): boolean {
    return (this.sets[state] as number[]).length === 0;
  }

  next(state: number, char: number): number {
    const known = this.steps[state] as Map<number, number>;
    let target = known.get(char);
    if (target === undefined) {
      const reached: number[] = [];
      for (const place of this.sets[state] as number[]) {
        const token = this.tokens[place];
        if (token === star || (token === part && char !== colon)) reached.push(place);
        else if (token === any || token === char || (token === partAny && char !== colon)) reached.push(place + 1);
        if (token === any && char >= firstVariable) this.guessed = true;
      }
      target = this.intern(this.closed(reached));
      known.set(char, target);
    }
    return target;
  }

  /** A star may be skipped. Whatever is reached before the last star adds nothing to what the star itself accepts. */
  private closed(places: number[]): number[] {
    const set = new Set(places);
    for (const place of places)
      for (let at = place; this.tokens[at] === star || this.tokens[at] === part;) set.add(++at);
    const sorted = [...set].sort((a, b) => a - b);
    const lastStar = sorted.findLastIndex((place) => this.tokens[place] === star);
    return lastStar < 0 ? sorted : sorted.slice(lastStar);
  }

  private intern(set: number[]): number {
    const key = set.join(",");
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.sets.push(set) - 1;
      this.ids.set(key, id);
      this.steps.push(new Map());
    }
    return id;
  }
}

/** A text that answers a question; none, for sure or because the question was too large or guessed. */
export type Answer = { found: string; codes: readonly number[] } | { found: undefined; undecided: boolean };

/**
 * The shortest text that the first `required` patterns all cover and for which `wanted` holds, told for each pattern whether it
 * covers the text. Decides by walking the product of the automata, breadth first. A policy variable is one symbol, equal only
 * to itself.
 */
export function witness(
  globs: readonly Glob[],
  required: number,
  wanted: (covered: readonly boolean[]) => boolean,
  budget: Budget = { steps: usual },
): Answer {
  const machines = globs.map((glob) => new Automaton(glob));
  const alphabet = letters(globs);
  const start = machines.map(() => 0);
  const seen = new Set([start.join()]);
  const queue: { states: number[]; from: number; char: number }[] = [{ states: start, from: -1, char: 0 }];
  const isDead = (states: readonly number[]) => {
    for (let at = 0; at < required; at += 1) if ((machines[at] as Automaton).dead(states[at] as number)) return true;
    return false;
  };
  for (let head = 0; head < queue.length; head += 1) {
    const { states } = queue[head] as { states: number[] };
    const covered = machines.map((machine, at) => machine.accepts(states[at] as number));
    if (covered.slice(0, required).every(Boolean) && wanted(covered)) {
      const codes = walked(queue, head);
      return { found: spelled(codes), codes };
    }
    budget.steps -= alphabet.length * machines.length;
    if (budget.steps < 0) return { found: undefined, undecided: true };
    for (const char of alphabet) {
      const next = machines.map((machine, at) => machine.next(states[at] as number, char));
      if (isDead(next)) continue;
      const key = next.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states: next, from: head, char });
    }
  }
  return { found: undefined, undecided: machines.some(({ guessed }) => guessed) };
}

/** Whether `outer` covers every text that `inner` covers; undefined when that cannot be decided. */
export function isWithin(inner: Glob, outer: Glob): boolean | undefined {
  if (outer.text === "*" || (inner.text === outer.text && inner.variables === outer.variables)) return true;
  const answer = witness([inner, outer], 1, ([, covered]) => covered === false);
  return answer.found !== undefined ? false : answer.undecided ? undefined : true;
}

/** The characters that matter, and one that stands for all others. */
function letters(globs: readonly Glob[]): number[] {
  const found = new Set(globs.flatMap(({ tokens }) => tokens.filter((token) => token >= 0)));
  let other = 120;
  while (found.has(other)) other += 1;
  return [other, ...found];
}

function walked(queue: readonly { from: number; char: number }[], end: number): number[] {
  const codes: number[] = [];
  for (let at = end; at > 0; at = (queue[at] as { from: number }).from)
    codes.push((queue[at] as { char: number }).char);
  return codes.reverse();
}

const spelled = (codes: readonly number[]): string =>
  codes.map((code) => (code >= firstVariable ? "${...}" : String.fromCharCode(code))).join("");
