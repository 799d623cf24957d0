import type { Action } from "../data/catalogue.ts";
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

/**
 * Whether a pattern can mean something the action acts on. Compares the service and the beginning of what follows the account;
 * a pattern that is no ARN may stand for anything.
 */
export function fits({ text }: Glob, { name, resources }: Action): boolean {
  const [scheme, , service = "", , , ...rest] = text.split(":");
  if (scheme !== "arn" || !/^[a-z0-9-]+$/.test(service)) return true;
  // without resources it is only ever asked on "*": a foreign ARN is none, its own service's the data may not know yet
  if (resources.length === 0) return name.startsWith(`${service}:`);
  const begins = rest.join(":").split(/[*?$]/)[0] ?? "";
  return resources.some(({ arn }) => {
    const [, , owner, , , ...kind] = arn.split(":");
    const begun = kind.join(":").split("$")[0] ?? "";
    return owner === service && (begun.startsWith(begins) || begins.startsWith(begun));
  });
}
