import { readFileSync } from "node:fs";
import type { Resource } from "../../resource.ts";
import type { Calls, Unread } from "../calls.ts";
import { items, text } from "../reading.ts";
import { shown } from "../shown.ts";
import type { Need, Question } from "./needs.ts";

/** What the code of a function calls, by the command of its image or its handler: `hosts/lambda.handler`. */
export const functionCode = (one: Resource, calls: Calls): Question => ({
  *ask() {
    const { props, name } = one;
    const [command] = items(props, "imageConfig.commands");
    const handler = typeof command === "string" ? text({ command }, "command") : text(props, "handler");
    const path = handler?.includes(".") ? handler.slice(0, handler.lastIndexOf(".")) : handler;
    yield* callsOf(path, name, calls, () => text(props, `environment.variables.${calls.variable}`));
  },
});

/** What the code of a container calls, by the first of its arguments that names a program: `hosts/server.mjs`. */
export function* containerCode(container: unknown, who: string, calls: Calls): Generator<Need> {
  const words = [...items(container, "entryPoint"), ...items(container, "command")];
  const paths = words.map((_, at) => (text({ words }, `words.${at}`) ?? "").replace(/\.[cm]?[jt]s$/, ""));
  const path = paths.find((one) => Object.hasOwn(calls.programs, one));
  yield* callsOf(path, who, calls, () => {
    const named = items(container, "environment").find((one) => text(one, "name") === calls.variable);
    return named === undefined ? undefined : text(named, "value");
  });
}

function* callsOf(
  path: string | undefined,
  who: string,
  calls: Calls,
  service: () => string | undefined,
): Generator<Need> {
  const program = path !== undefined && Object.hasOwn(calls.programs, path) ? calls.programs[path] : undefined;
  if (!program) {
    yield { unread: `what ${who} runs: the source of ${path === undefined ? "its program" : shown(path)} is not read` };
    return;
  }
  const some = [...program.calls, ...program.unread].some(({ services }) => services);
  const chosen = some ? service() : undefined;
  // without a choice every service of the code may run
  const runs = ({ services }: Pick<Unread, "services">) =>
    !services || chosen === undefined || services.includes(chosen);
  for (const { at, what } of program.unread.filter(runs)) yield { unread: `${what} (${at}), which ${who} runs` };
  for (const { at, call, actions, may } of program.calls.filter(runs))
    yield { actions, may, who: `${call} (${at}), which ${who} runs,`, byCode: true };
}

/** The facts that are committed for this project's code, or those that a configuration gives in their place. */
export function callsFrom(given: unknown): Calls {
  const own = given as Partial<Calls> | undefined;
  return own?.programs && own.variable !== undefined ? (own as Calls) : (committed ??= read());
}

let committed: Calls | undefined;
const read = () => JSON.parse(readFileSync(new URL("../../calls/app.json", import.meta.url), "utf8")) as Calls;
