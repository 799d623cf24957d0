import { readGlob, type Glob } from "./glob.ts";
import type { ResourceSet } from "./permissions.ts";
import type { Question } from "./search.ts";

/** A policy variable as it stands in a pattern: its key and, after a comma, what stands for it where the request has no such key. */
const variable = /\$\{([^},]+)(?:,\s*'([^}]*)')?\s*\}/g;

/** How many variables of one question may be there with different defaults. */
const maxVaried = 3;

/**
 * A question whose variables mean the same wherever they stand. A variable with different defaults, or with one here and none there,
 * is the same text for whoever has the key, and each its own default for whoever has not: that makes two questions. Undefined when
 * they are too many.
 */
export function settled(question: Question): Question[] | undefined {
  const varied = variedIn(question);
  if (varied.length > maxVaried) return undefined;
  return varied.reduce<Question[]>(
    (some, key) => some.flatMap((one) => [filled(one, key, true), filled(one, key, false)]),
    [question],
  );
}

/** The keys of variables that are there in more than one form. */
function variedIn({ grant, taken, within, missing }: Question): string[] {
  const sets = [grant, ...within]
    .flatMap((one) => one.within)
    .concat([...taken, ...missing].map((one) => one.resources));
  const forms = new Map<string, Set<string>>();
  for (const { text, variables } of sets.flatMap(({ globs }) => globs))
    for (const [, name = "", standard] of variables ? text.matchAll(variable) : []) {
      const key = keyOf(name);
      forms.set(key, (forms.get(key) ?? new Set()).add(String(standard)));
    }
  return [...forms].filter(([, found]) => found.size > 1).map(([key]) => key);
}

const keyOf = (name: string): string => name.trim().toLowerCase();

/** The question for whoever has the key, or for whoever has not: a pattern without a text for it is none. */
function filled({ grant, taken, within, missing }: Question, key: string, present: boolean): Question {
  const set = ({ globs, except }: ResourceSet): ResourceSet => ({
    globs: globs.flatMap((glob) => pattern(glob, key, present) ?? []),
    except,
  });
  const denial = (one: Question["taken"][number]) => ({ ...one, resources: set(one.resources) });
  const given = (one: Question["grant"]) => ({ ...one, within: one.within.map(set) });
  return {
    grant: given(grant),
    taken: taken.map(denial),
    within: within.map(given),
    missing: missing.map(denial),
  };
}

function pattern(glob: Glob, key: string, present: boolean): Glob | undefined {
  if (!glob.variables) return glob;
  let none = false;
  const text = glob.text.replaceAll(variable, (whole: string, name: string, standard?: string) => {
    if (keyOf(name) !== key) return whole;
    if (present) return `\${${name}}`;
    none ||= standard === undefined;
    return (standard ?? "").replaceAll(/[*?]/g, (char) => `\${${char}}`);
  });
  return none ? undefined : readGlob(text);
}
