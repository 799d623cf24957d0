import { isPattern } from "../actions.ts";
import { allows, isForeign, type Check, type Fault, type Subject } from "../check.ts";
import { isDenied, isEverybody, pinned } from "../callers.ts";
import type { Document, Statement } from "../document.ts";
import { keyFacts } from "../keys.ts";
import { accountOf, isOpen, type Principals } from "../principal.ts";

export const resourcePolicyPublic: Check = {
  id: "resource-policy-public",
  kinds: ["resource"],
  level: "mandatory",
  description: "A resource is open to principals that are named, after its conditions are read.",
  fix: "name the principals, or hold `*` to an organisation, an account, a source ARN or a VPC endpoint",
  *judge(subject) {
    for (const document of subject.documents) {
      for (const statement of document.statements) {
        if (statement.effect === "Allow") yield* judged(statement, document, subject);
      }
    }
    for (const statement of allows(subject)) {
      if (statement.exceptActions) yield { statement: statement.label, message: "Allow with NotAction" };
      if (!statement.actions.includes("*") || statement.exceptActions) continue;
      // a source condition on "*" means a service, and a service needs one or two actions
      const service = statement.conditions.some(({ key }) => keyFacts(key).facet === "source");
      const wide =
        statement.principals?.list.some(({ type }) => type === "AWS" || (type === "Any" && service)) ?? false;
      yield { statement: statement.label, level: wide ? "mandatory" : "advisory", message: "Allow of every action" };
    }
  },
};

function* judged(statement: Statement, document: Document, subject: Subject): Generator<Fault> {
  const label = statement.label;
  const { principals } = statement;
  if (principals?.except) {
    yield { statement: label, message: "Allow with NotPrincipal opens to everybody but the ones named" };
    return;
  }
  for (const principal of principals?.list ?? []) {
    const { type, value } = principal;
    const account = type === "AWS" ? accountOf(value) : undefined;
    if (account !== undefined && isForeign(subject, account, statement)) {
      yield { statement: label, message: `account ${account} is not among the trusted ones` };
    } else if (isOpen(principal)) {
      const held = pinned(statement, document);
      const foreign = held.accounts.filter((account) => isForeign(subject, account, statement));
      if (foreign.length > 0)
        yield { statement: label, message: `account ${foreign.join(", ")} is not among the trusted ones` };
      else if (
        held.by === undefined &&
        !isDenied(document, statement, (others) => leavesKnown(others, statement, subject))
      ) {
        // AWS, too, calls a resource public until a condition that it knows says otherwise
        const message = type === "Any" ? "anybody may use the resource" : wildcard(value);
        yield { statement: label, message };
      } else if (held.by === "address")
        yield { statement: label, level: "advisory", message: "an address range stands for a name" };
    } else if (isPattern(value)) yield { statement: label, message: wildcard(value) };
  }
}

const wildcard = (value: string) => `the principal ${value.slice(0, 200)} has a wildcard`;

/** Whether whoever a Deny with these principals is not about is nobody, or somebody known. */
function leavesKnown(principals: Principals, statement: Statement, subject: Subject): boolean {
  if (!principals.except) return isEverybody(principals);
  return principals.list.every(({ type, value }) => {
    const account = type === "AWS" ? accountOf(value) : undefined;
    return type !== "Any" && !isPattern(value) && !(account !== undefined && isForeign(subject, account, statement));
  });
}
