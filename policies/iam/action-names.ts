import { expand, isPattern } from "./actions.ts";
import { isWithin, witness, type Budget } from "./automaton.ts";
import type { Statement } from "./document.ts";
import { covers, readGlob, type Glob } from "./glob.ts";

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
    if (!startAlike(glob, read(other))) return false;
    const answer = witness([glob, read(other)], 2, () => true, budget);
    return answer.found !== undefined || answer.undecided;
  });
}

/** Whether two patterns agree up to the first wildcard. */
function startAlike({ tokens: a }: Glob, { tokens: b }: Glob): boolean {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const [one, other] = [a[at] as number, b[at] as number];
    if (one < 0 || other < 0) return true;
    if (one !== other) return false;
  }
  return true;
}

const known = new Map<string, Glob>();

function read(name: string): Glob {
  let glob = known.get(name);
  if (!glob) {
    if (known.size > 5000) known.clear();
    known.set(name, (glob = readGlob(name.toLowerCase(), { variables: false })));
  }
  return glob;
}

/** Whether a name or a pattern means nothing that the data knows. */
export const isUnknown = (pattern: string): boolean => expand(pattern).length === 0;
