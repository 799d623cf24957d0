import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { judgeResource, judgeStack, withDefaults, type Verdict } from "./findings.ts";
import type { Properties, Resource } from "./resource.ts";
import { isResourceRule, levelOf, optionsOf, type Level, type Rule, type Tier } from "./rule.ts";
import { waiverFor, type Ledger, type Waiver } from "./waivers.ts";

/** What a policy tells the engine of one finding; the SDK's published type knows only message and URN. */
type Report = (finding: {
  name?: string;
  message: string;
  description: string;
  urn?: string;
  enforcementLevel?: Level;
}) => void;

/**
 * The rules as the engine runs them, one policy each, at the level of the tier until the pack's configuration says otherwise.
 * Exceptions are remembered from resource to resource, for the rule that looks after them.
 */
export function policies(
  rules: readonly Rule[],
  waivers: readonly Waiver[],
  { tier, today }: { tier: Tier; today: string },
) {
  const used = new Set<Waiver>();
  const ledger: Ledger = { waivers, used, rules: rules.map(({ id }) => id), today };
  return rules.map((rule) => policy(rule, levelOf(rule, tier), ledger, (waiver) => used.add(waiver)));
}

function policy(
  rule: Rule,
  level: Level | "disabled",
  ledger: Ledger,
  use: (waiver: Waiver) => void,
): ResourceValidationPolicy | StackValidationPolicy {
  const report = (verdicts: Verdict[], undecided: Level, tell: Report) => {
    for (const { resource, decided, message, level } of verdicts) {
      const waiver = waiverFor(rule.id, resource?.name ?? "stack", ledger);
      if (waiver) use(waiver);
      else
        tell({
          message,
          description: rule.holds,
          urn: resource?.urn,
          ...(level === "advisory" && { enforcementLevel: level }),
          ...(!decided && { name: `${rule.id}/undecided`, enforcementLevel: undecided }),
        });
    }
  };
  const described = {
    name: rule.id,
    description: rule.holds,
    enforcementLevel: level,
    severity: rule.severity,
    remediationSteps: rule.fix,
    tags: [rule.topic],
    configSchema: { properties: optionsOf(rule) },
  };
  if (isResourceRule(rule)) {
    return {
      ...described,
      validateResource: (args, tell) => {
        if (!rule.types.includes(args.type)) return;
        const options = withDefaults(rule, args.getConfig<Properties>());
        report(judgeResource(rule, resourceOf(args), options), options.undecided as Level, tell as unknown as Report);
      },
    };
  }
  return {
    ...described,
    validateStack: (args, tell) => {
      const options = withDefaults(rule, args.getConfig<Properties>());
      const resources = args.resources.map(stackResourceOf);
      report(judgeStack(rule, resources, options, ledger), options.undecided as Level, tell as unknown as Report);
    },
  };
}

const resourceOf = ({ type, name, urn, opts, props }: ResourceValidationArgs | PolicyResource): Resource => ({
  type,
  name,
  urn,
  parent: opts.parent,
  props: raw(props),
  options: { protect: opts.protect },
});

const stackResourceOf = (resource: PolicyResource): Resource => ({
  ...resourceOf(resource),
  outputs: raw(resource.props),
  dependencies: Object.fromEntries(
    Object.entries(resource.propertyDependencies).map(([property, from]) => [property, from.map(({ urn }) => urn)]),
  ),
});

/**
 * The properties without the SDK's proxy, which throws as soon as an unknown value is touched and so ends a policy with an
 * advisory line. The key is the SDK's own and internal; a spec holds it against the installed SDK.
 */
const raw = (props: Properties): Properties => (props["__getSpecialProxyTarget"] ?? props) as Properties;
