import { catalogue } from "./catalogue.ts";
import { judgeResource, judgeStack, withDefaults, type Verdict } from "./findings.ts";
import type { Properties, Resource } from "./resource.ts";
import { isResourceRule, levelOf, milder, type Level, type Rule, type Severity, type Tier } from "./rule.ts";
import { waiverFor, waivers as written, type Waiver } from "./waivers.ts";

/** One thing a rule says about one resource of a stack. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly level: Level;
  /** Logical name of the resource; `stack` for a finding about the whole. */
  readonly resource: string;
  /** What was found and what to do about it. */
  readonly message: string;
  /** False when a value that is not known yet kept the rule from deciding. */
  readonly decided: boolean;
  readonly severity: Severity;
}

/** What `--policy-pack-config` takes: a level, or a level and options, for each rule; `all` for those not named. */
export type PackConfig = Readonly<Record<string, RuleConfig>>;
type RuleConfig = Level | "disabled" | ({ readonly enforcementLevel?: Level | "disabled" } & Properties);

export interface JudgeOptions {
  /** Picks the default level of each rule. Defaults to prod, the strict one. */
  readonly tier?: Tier;
  /** The same configuration as the engine gets. Defaults to none. */
  readonly config?: PackConfig;
  /** Defaults to the exceptions written in `waivers.ts`. */
  readonly waivers?: readonly Waiver[];
  /** The day by which waivers expire, `YYYY-MM-DD`. Defaults to today. */
  readonly today?: string;
  /** Defaults to the whole catalogue. */
  readonly rules?: readonly Rule[];
}

/**
 * What the rules say about a stack: mandatory findings first, then by resource and rule. The engine's pack says the same
 * about the same resources.
 */
export function judge(resources: readonly Resource[], options: JudgeOptions = {}): Finding[] {
  const { tier = "prod", config = {}, waivers = written, rules = catalogue } = options;
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const used = new Set<Waiver>();
  const ledger = { waivers, used, rules: rules.map(({ id }) => id), today };

  // The rules over the whole stack come last: the one over the exceptions looks at what the others needed.
  const inOrder = [...rules.filter(isResourceRule), ...rules.filter((rule) => !isResourceRule(rule))];
  const findings = inOrder.flatMap((rule) => {
    const { enforcementLevel = levelOf(rule, tier), ...configured } = configOf(rule, config);
    if (enforcementLevel === "disabled") return [];
    const set = withDefaults(rule, configured);
    const verdicts = [
      ...resources.flatMap((resource) => judgeResource(rule, resource, set)),
      ...judgeStack(rule, resources, set, ledger),
    ];
    return verdicts.flatMap((verdict) => {
      const waiver = waiverFor(rule.id, verdict.resource?.name ?? "stack", ledger);
      if (waiver) used.add(waiver);
      const level = verdict.decided ? milder(enforcementLevel, verdict.level) : (set.undecided as Level);
      return waiver ? [] : [asFinding(verdict, level)];
    });
  });
  return findings.sort((a, b) => rank(a).localeCompare(rank(b)));
}

function configOf(rule: Rule, config: PackConfig): { enforcementLevel?: Level | "disabled" } & Properties {
  const own = config[rule.id];
  const all = typeof config.all === "string" ? config.all : config.all?.enforcementLevel;
  const { enforcementLevel, ...options } = typeof own === "string" ? { enforcementLevel: own } : (own ?? {});
  return { ...options, enforcementLevel: enforcementLevel ?? all };
}

const asFinding = ({ rule, resource, decided, message }: Verdict, level: Level): Finding => ({
  rule: rule.id,
  level,
  resource: resource?.name ?? "stack",
  message,
  decided,
  severity: rule.severity,
});

const rank = ({ level, resource, rule, message }: Finding) =>
  [level === "mandatory" ? 0 : 1, resource, rule, message].join("\0");
