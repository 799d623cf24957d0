import { expand, isPattern } from "./actions.ts";
import { isWithin, witness, type Budget } from "./automaton.ts";
import type { Statement } from "./document.ts";
import { covers, readGlob } from "./glob.ts";

/** Whether a statement is about an action that the data need not know, however it is written. */
export function names({ actions, exceptActions }: Statement, name: string): boolean {
  const { tokens } = read(name);
  const covered = actions.some((other) => covers(read(other).tokens, tokens));
  return exceptActions ? !covered && !isPattern(name) : covered;
}

/** Whether a statement is about some action that a name or pattern may stand for. */
export function mayName({ actions, exceptActions }: Statement, name: string, budget?: Budget): boolean {
  const glob = read(name);
  if (exceptActions) return !actions.some((other) => isWithin(glob, read(other)) === true);
  return actions.some((other) => {
    const answer = witness([glob, read(other)], 2, () => true, budget);
    return answer.found !== undefined || answer.undecided;
  });
}

const read = (name: string) => readGlob(name.toLowerCase(), { variables: false });

/** Whether a name or a pattern means nothing that the data knows. */
export const isUnknown = (pattern: string): boolean => expand(pattern).length === 0;
