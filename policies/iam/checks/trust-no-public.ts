import { isPattern } from "../actions.ts";
import { isForeign, type Check, type Fault, type Subject } from "../check.ts";
import { isDenied, isEverybody, pinned } from "../callers.ts";
import type { Document, Statement } from "../document.ts";
import { isOpen } from "../principal.ts";

export const trustNoPublic: Check = {
  id: "trust-no-public",
  kinds: ["trust"],
  level: "mandatory",
  description: "A role's trust names who may assume it: no `*`, no wildcard in a principal, no NotPrincipal.",
  fix: "name the roles, services or providers that assume the role",
  *judge(subject) {
    for (const document of subject.documents) {
      for (const statement of document.statements) {
        if (statement.effect === "Allow") yield* judged(statement, document, subject);
      }
    }
  },
};

function* judged(statement: Statement, document: Document, subject: Subject): Generator<Fault> {
  const label = statement.label;
  const { principals } = statement;
  if (principals?.except)
    yield { statement: label, message: "Allow with NotPrincipal trusts everybody but the ones named" };
  for (const principal of principals?.except ? [] : (principals?.list ?? [])) {
    const { type, value } = principal;
    const wildcard = `the principal ${value.slice(0, 200)} has a wildcard`;
    if (isOpen(principal)) {
      if (isDenied(document, statement, isEverybody)) continue;
      const held = pinned(statement, document);
      const foreign = held.accounts.filter((account) => isForeign(subject, account, statement));
      if (held.by === "caller") {
        if (foreign.length > 0)
          yield { statement: label, message: `account ${foreign.join(", ")} is not among the trusted ones` };
        else yield { statement: label, level: "advisory", message: "everybody is named and a condition picks" };
      } else yield { statement: label, message: type === "Any" ? "anybody may assume the role" : wildcard };
    } else if (isPattern(value)) yield { statement: label, message: wildcard };
  }
}
