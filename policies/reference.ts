import { readFileSync, writeFileSync } from "node:fs";
import { catalogue } from "./catalogue.ts";
import { isResourceRule, levelOf, topics, type Rule } from "./rule.ts";

/** The reference page: every rule by topic, with what it asks, why, at which level, and what may be configured. */
export function reference(rules: readonly Rule[]): string {
  const sections = topics.flatMap((topic) => {
    const some = rules.filter((rule) => rule.topic === topic);
    return some.length > 0 ? [`## ${capitalized(topic)}`, ...some.map(section)] : [];
  });
  return [
    "# Policies",
    "Generated from the rules in `policies/rules` by `node policies/reference.ts`. Do not edit.",
    `${rules.length} rules. A mandatory finding stops a deployment, an advisory one is printed; a disabled rule can be switched on ` +
      "for a stack in `policies/<stack>.json`. What is not known at preview is reported as undecided, advisory unless the rule's " +
      "option `undecided` says `mandatory`. Written exceptions live in `policies/waivers.ts`.",
    ["| Rule | Asks that | dev | prod |", "| --- | --- | --- | --- |", ...rules.map(row)].join("\n"),
    ...sections,
  ]
    .join("\n\n")
    .concat("\n");
}

const row = (rule: Rule) =>
  `| [${rule.id}](#${rule.id}) | ${rule.holds} | ${levelOf(rule, "dev")} | ${levelOf(rule, "prod")} |`;

const section = (rule: Rule) =>
  [
    `### ${rule.id}`,
    `${capitalized(rule.holds)}. ${rule.why}`,
    [
      `- Fix: ${rule.fix}.`,
      `- Severity: ${rule.severity}.`,
      `- Judges: ${isResourceRule(rule) ? rule.types.map((type) => `\`${type}\``).join(", ") : "the whole stack"}.`,
      ...Object.entries(rule.options ?? {}).map(
        ([name, { description, default: value }]) =>
          `- Option \`${name}\`: ${description} Default \`${JSON.stringify(value)}\`.`,
      ),
      `- Source: ${rule.source}.`,
    ].join("\n"),
  ].join("\n\n");

const capitalized = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

// Writes docs/reference/policies.md from the rules; with --check only says whether it is up to date.
const page = new URL("../docs/reference/policies.md", import.meta.url);

if (import.meta.main) {
  if (!process.argv.includes("--check")) writeFileSync(page, reference(catalogue));
  else if (readFileSync(page, "utf8") !== reference(catalogue)) {
    console.error("docs/reference/policies.md is out of date: run node policies/reference.ts");
    process.exitCode = 1;
  }
}
