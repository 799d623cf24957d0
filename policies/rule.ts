import type { PolicyConfigSchema } from "@pulumi/policy";
import type { UnknownValue } from "./facts/unknown.ts";
import type { Properties, Resource } from "./resource.ts";
import type { Ledger } from "./waivers.ts";

/** `mandatory` stops a deployment, `advisory` is printed. */
export type Level = "mandatory" | "advisory";

/** Which of the two sets of defaults a stack lives by. */
export type Tier = "dev" | "prod";

export type Severity = "low" | "medium" | "high" | "critical";

export const topics = [
  "identity",
  "trust",
  "exposure",
  "encryption",
  "logging",
  "availability",
  "supply chain",
  "cost",
  "exceptions",
] as const;
export type Topic = (typeof topics)[number];

/**
 * What is wrong with a resource: what was found, never a value that may be secret; the judge adds the rule's fix. A finding may
 * be milder than its rule. What cannot be decided is said with what is missing: a value, or something that is not modelled.
 */
export type Found =
  | string
  | { found: string; resource?: Resource; level?: Level }
  | { undecided: string; resource?: Resource }
  | { unknown: UnknownValue; resource: Resource };

/** JSON Schema of one option. */
export type OptionSchema = PolicyConfigSchema["properties"][string];

interface RuleText {
  /** `<service>-<file>`: the path under `rules/`. */
  readonly id: string;
  readonly topic: Topic;
  /** What must hold, as a sentence. */
  readonly holds: string;
  /** Why it matters: what goes wrong otherwise. */
  readonly why: string;
  /** What to do about a finding, as the end of a sentence. */
  readonly fix: string;
  /** Where the rule comes from: a control of a public standard or a page of the vendor's manual. */
  readonly source: string;
  readonly severity: Severity;
  /** One level, or one for each tier. A disabled rule can be switched on by the pack's configuration. */
  readonly level: Level | Readonly<Record<Tier, Level | "disabled">>;
  /** What the configuration of the pack may set for this rule; each option has a default. */
  readonly options?: Readonly<Record<string, OptionSchema>>;
}

/** Judges one resource at a time by its inputs, so that the engine can stop before that resource is created. */
export interface ResourceRule extends RuleText {
  readonly types: readonly string[];
  readonly check: (resource: Resource, options: Properties) => Iterable<Found>;
}

/** Judges all resources of a stack together. */
export interface StackRule extends RuleText {
  readonly checkStack: (resources: readonly Resource[], options: Properties, ledger: Ledger) => Iterable<Found>;
}

/** A rule: a pure function over resources, with what a reader needs to know about it. */
export type Rule = ResourceRule | StackRule;

export const isResourceRule = (rule: Rule): rule is ResourceRule => "check" in rule;

/** The milder of two levels. */
export const milder = (a: Level, b: Level | undefined): Level => (b === "advisory" ? b : a);

/** The level of a rule in a tier, before configuration. */
export const levelOf = ({ level }: Rule, tier: Tier): Level | "disabled" =>
  typeof level === "string" ? level : level[tier];

/** Name, schema and default of everything the pack's configuration may set for a rule. */
export const optionsOf = (rule: Rule): Record<string, OptionSchema> => ({ undecided, ...rule.options });

const undecided: OptionSchema = {
  type: "string",
  enum: ["mandatory", "advisory"],
  default: "advisory",
  description: "Level of a finding that cannot be decided because a value is not known before the update.",
};
