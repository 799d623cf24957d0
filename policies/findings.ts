import { secretsAsked, withoutSecrets } from "./facts/asked-secrets.ts";
import { documentsOf } from "./facts/policy-documents.ts";
import { redacted } from "./facts/secrets.ts";
import { UnknownValue } from "./facts/unknown.ts";
import type { Properties, Resource } from "./resource.ts";
import { isResourceRule, optionsOf, type Found, type Level, type Rule } from "./rule.ts";
import type { Ledger } from "./waivers.ts";

/** What a rule says, before a level is chosen. */
export interface Verdict {
  readonly rule: Rule;
  /** The resource it is about; the stack itself has none. */
  readonly resource?: Resource;
  /** False when a value that is not known yet, or a fault in the rule, kept the rule from deciding. */
  readonly decided: boolean;
  readonly message: string;
  /** A level milder than the rule's. */
  readonly level?: Level;
}

/** Applies a rule that judges single resources to one of them; a type it does not know gives nothing. */
export const judgeResource = (rule: Rule, resource: Resource, options: Properties): Verdict[] =>
  isResourceRule(rule) && rule.types.includes(resource.type)
    ? verdicts(rule, () => rule.check(resource, options), [resource], resource)
    : [];

/** Applies a rule that judges the whole stack. */
export const judgeStack = (
  rule: Rule,
  resources: readonly Resource[],
  options: Properties,
  ledger: Ledger,
): Verdict[] =>
  isResourceRule(rule) ? [] : verdicts(rule, () => rule.checkStack(resources, options, ledger), resources);

/** The options of a rule: what the configuration says, else the defaults. */
export function withDefaults(rule: Rule, configured: Properties = {}): Properties {
  const defaults = Object.entries(optionsOf(rule)).map(([name, schema]) => [name, schema.default]);
  return { ...Object.fromEntries(defaults), ...configured };
}

function verdicts(
  rule: Rule,
  check: () => Iterable<Found>,
  resources: readonly Resource[],
  subject?: Resource,
): Verdict[] {
  const said: Verdict[] = [];
  const wrong = (found: string) => ({ decided: true, message: `${told(found, resources)}: ${rule.fix}` });
  try {
    for (const found of check()) {
      if (typeof found === "string") said.push({ rule, resource: subject, ...wrong(found) });
      else if ("found" in found) {
        said.push({ rule, resource: found.resource, level: found.level, ...wrong(found.found) });
      } else if ("undecided" in found) {
        const message = `cannot tell: ${told(found.undecided, resources)}`;
        said.push({ rule, resource: found.resource, decided: false, message });
      } else said.push({ rule, resource: found.resource, ...unclear(found.unknown) });
    }
  } catch (error) {
    said.push({ rule, resource: subject, ...unclear(error) });
  }
  return said.filter(isFirst());
}

/** What several holders have in common is said once. */
function isFirst(): (verdict: Verdict) => boolean {
  const told = new Map<Resource | undefined, Set<string>>();
  return ({ resource, message }) => {
    const before = told.get(resource) ?? new Set();
    told.set(resource, before);
    return before.size < before.add(message).size;
  };
}

/** What a rule found, in words that are safe to print: rules quote names, actions, ARNs and values of conditions. */
function told(found: string, resources: readonly Resource[]): string {
  let asked = secrets.get(resources);
  if (!asked)
    secrets.set(resources, (asked = resources.flatMap(documentsOf).flatMap(({ policy }) => secretsAsked(policy))));
  return withoutSecrets(found, asked);
}

/** One list of resources is judged by many rules. */
const secrets = new WeakMap<readonly Resource[], readonly string[]>();

const unclear = (error: unknown) => ({ decided: false, message: `cannot tell yet: ${obstacle(error)}` });

// The message of a foreign error may quote a property's value, so only its kind is shown.
const obstacle = (error: unknown) =>
  error instanceof UnknownValue
    ? redacted(error.message)
    : `the rule met a value it does not understand (${error instanceof Error ? error.name : typeof error})`;
