import { documentRule } from "../../facts/document-rule.ts";
import type { Check } from "../../iam/check.ts";
import { intersect, union, type ActionSet } from "../../iam/actions.ts";
import type { Comparison } from "../../iam/condition.ts";

const actions = ["codeconnections:UseConnection", "codestar-connections:UseConnection"];
let wanted: ActionSet | undefined;

const check: Check = {
  id: "codeconnections-connection-limit-use",
  kinds: ["identity"],
  level: "mandatory",
  description: "A connection to a repository host is used for named repositories and branches only.",
  fix: "compare codeconnections:FullRepositoryId and codeconnections:BranchName with the repository and branch that are meant",
  *judge({ permissions }) {
    for (const { statement, actions: given, conditions } of permissions.grants) {
      if (intersect(given, (wanted ??= union(actions))).length === 0) continue;
      const named = (key: string, isNamed: (value: string) => boolean) =>
        conditions.some((one) => one.key.endsWith(`connections:${key}`) && pins(one, isNamed));
      if (!named("fullrepositoryid", isRepository))
        yield { statement: statement.label, message: "no repository is named" };
      else if (!named("branchname", isLiteral))
        yield { statement: statement.label, level: "advisory", message: "no branch is named" };
    }
  },
};

const pins = ({ type, negated, ifExists, quantifier, values }: Comparison, isNamed: (value: string) => boolean) =>
  type === "string" && !negated && !ifExists && quantifier !== "all" && values.every(isNamed);

const isLiteral = (value: string) => !/[*?]/.test(value);

/** `owner/name`, where the owner is written out and the name begins in letters. */
const isRepository = (value: string) => /^[^*?/]+\/[^*?/]/.test(value);

export const rule = documentRule(check, {
  why: "The connection reads, and may push to, every repository its owner let the host's application see.",
  source: "AWS Service Authorization Reference, AWS CodeConnections, condition keys of UseConnection",
  severity: "medium",
});
