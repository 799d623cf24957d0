import type { Action, ResourceType } from "../data/catalogue.ts";
import type { Glob } from "./glob.ts";
import type { Denial, Grant, ResourceSet } from "./permissions.ts";

/** A grant and Denies without the patterns that are plainly about other services. */
export function near(grant: Grant, denials: readonly Denial[], template: string): [Grant, readonly Denial[]] {
  if (template === "*") return [grant, denials];
  const service = template.split(":", 3)[2] ?? "";
  const within = grant.within.map((set) => nearTo(set, service));
  return [{ ...grant, within }, denials.map((one) => ({ ...one, resources: nearTo(one.resources, service) }))];
}

const nearby = new WeakMap<ResourceSet, Map<string, ResourceSet>>();

/** A set without the patterns that are plainly about other services: they cover nothing of this one. */
function nearTo(set: ResourceSet, service: string): ResourceSet {
  if (set.globs.length < 4) return set;
  let known = nearby.get(set);
  if (!known) nearby.set(set, (known = new Map<string, ResourceSet>()));
  let found = known.get(service);
  if (!found) {
    const globs = set.globs.filter(({ text }) => {
      const [scheme, , owner = ""] = text.split(":", 3);
      return scheme !== "arn" || owner === service || /[*?$]/.test(owner);
    });
    known.set(service, (found = { globs, except: set.except }));
  }
  return found;
}

/** What a pattern says about the service and the kind of thing; `anything` when it is no ARN. */
interface Look {
  readonly anything: boolean;
  readonly service: string;
  /** What follows the account, up to the first wildcard, variable or placeholder. */
  readonly begins: string;
}

const looks = new WeakMap<Glob, Look>();
const kinds = new WeakMap<ResourceType, Look>();

function lookOf(text: string): Look {
  const [scheme, , service = "", , , ...rest] = text.split(":");
  const anything = scheme !== "arn" || !/^[a-z0-9-]+$/.test(service);
  return { anything, service, begins: rest.join(":").split(/[*?$]/)[0] ?? "" };
}

/**
 * Whether a pattern can mean something the action acts on. Compares the service and the beginning of what follows the account;
 * a pattern that is no ARN may stand for anything.
 */
export function fits(glob: Glob, { name, resources }: Action): boolean {
  let look = looks.get(glob);
  if (!look) looks.set(glob, (look = lookOf(glob.text)));
  const { anything, service, begins } = look;
  if (anything) return true;
  // without resources it is only ever asked on "*": a foreign ARN is none, its own service's the data may not know yet
  if (resources.length === 0) return name.startsWith(`${service}:`);
  return resources.some((type) => {
    let kind = kinds.get(type);
    if (!kind) kinds.set(type, (kind = kindLook(type.arn)));
    return kind.service === service && (kind.begins.startsWith(begins) || begins.startsWith(kind.begins));
  });
}

/** As a pattern; a template ends at its first placeholder only. */
function kindLook(arn: string): Look {
  const [, , service = "", , , ...rest] = arn.split(":");
  return { anything: false, service, begins: rest.join(":").split("$")[0] ?? "" };
}
