import { catalogue } from "../../data/catalogue.ts";
import { expand, has, intersect, isPattern, members } from "../actions.ts";
import { type Check } from "../check.ts";
import type { Statement } from "../document.ts";
import type { Action } from "../../data/catalogue.ts";

/** A pattern that covers more actions than this is no list of what is used. */
const most = 25;
/** A short family of actions, such as `s3:*Object`, may stay a pattern on named resources. */
const few = 10;

export const iamServiceWildcard: Check = {
  id: "iam-service-wildcard",
  kinds: ["identity"],
  level: "mandatory",
  description: "Actions are named: no `service:*`, and no pattern that mixes reading with writing.",
  fix: "list the actions that are used",
  *judge({ permissions: { grants } }) {
    for (const { statement, actions } of grants) {
      if (statement.exceptActions) continue;
      for (const pattern of new Set(statement.actions)) {
        if (!isPattern(pattern)) continue;
        const covered = intersect(expand(pattern), actions);
        const size = covered.length;
        if (size === 0) {
          if (isUnknownService(pattern))
            yield { statement: statement.label, message: `${pattern.slice(0, 100)} ${unknown}` };
          continue;
        }
        const found = size > 2000 ? [] : members(covered);
        const label = statement.label;
        const service = catalogue.service(pattern.slice(0, Math.max(0, pattern.indexOf(":"))));
        const whole = size > 2000 || /:\*+$/.test(pattern) || service?.actions.every(({ id }) => has(covered, id));
        const mixed = found.some(writes) && found.some(reads);
        const narrow = found.length > 0 && found.every(({ resources }) => resources.length === 0);
        if (narrow && !(whole && mixed && size > most)) continue;
        if (whole && (size > 1 || !service)) {
          if (found.every(reads) && size < 2000)
            yield { statement: label, level: "advisory", message: `${pattern} covers ${size} actions` };
          else yield { statement: label, message: `${pattern} covers ${size} actions, reading and writing` };
        } else if (mixed && size <= few && resourcesNamed(statement)) {
          yield {
            statement: label,
            level: "advisory",
            message: `${pattern} covers ${size} actions, reading and writing`,
          };
        } else if (mixed || (size > most && found.some(writes))) {
          yield { statement: label, message: `${pattern} covers ${size} actions, reading and writing` };
        } else {
          yield { statement: label, level: "advisory", message: `${pattern} covers ${size} actions` };
        }
      }
    }
  },
};

const unknown = "covers all actions of a service that the data does not know";
const isUnknownService = (pattern: string) =>
  /^[a-z0-9-]+:\*+$/i.test(pattern) && !catalogue.service(pattern.slice(0, pattern.indexOf(":")));

const resourcesNamed = ({ resources, exceptResources }: Statement) =>
  !exceptResources && resources.length > 0 && resources.every((text) => /[^:*?/]{2}[^:]*$/.test(text));

const reads = ({ level }: Action) => level === "Read" || level === "List";
const writes = (action: Action) => !reads(action);
