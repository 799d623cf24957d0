import { allows, isForeign, type Check, type Fault, type Subject } from "../check.ts";
import { effectOf } from "../comparisons.ts";
import type { Statement } from "../document.ts";
import { anyArn } from "../../data/condition-keys.ts";
import { bared, leftOpen } from "../nameless.ts";
import { accountOf, isAccount, type Principal } from "../principal.ts";

export const trustAccountRoot: Check = {
  id: "trust-account-root",
  kinds: ["trust"],
  level: "mandatory",
  description: "Other accounts are trusted by name: configured accounts, single roles, or with a condition that picks.",
  fix: "name the one role that assumes this one, or ask sts:ExternalId and list the account as trusted",
  *judge(subject) {
    for (const statement of allows(subject)) {
      if (statement.principals?.except) continue;
      for (const principal of statement.principals?.list ?? []) {
        const fault = principal.type === "AWS" && judged(principal, statement, subject);
        if (fault) yield fault;
      }
    }
  },
};

function judged({ value }: Principal, statement: Statement, subject: Subject): Fault | undefined {
  const account = accountOf(value);
  const fault = (message: string, level?: Fault["level"]) => ({
    statement: statement.label,
    message,
    ...(level && { level }),
  });
  if (account !== undefined && isForeign(subject, account, statement)) {
    return fault(`account ${account} is not among the trusted ones`);
  }
  if (!isAccount(value)) return undefined;
  if (subject.accounts && account !== undefined)
    return fault(`everybody in account ${account} who may assume roles may assume this one`, "advisory");
  if (picks(statement))
    return fault(`account ${account ?? value.slice(0, 60)} is trusted under a condition`, "advisory");
  return fault(`everybody in account ${account ?? value.slice(0, 60)} who may assume roles may assume this one`);
}

const keys = new Set([
  "sts:externalid",
  "aws:multifactorauthpresent",
  "aws:principaltag",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:userid",
  "aws:username",
  "sts:rolesessionname",
  "aws:sourceidentity",
  "aws:principalorgpaths",
  "aws:sourceip",
  "aws:multifactorauthage",
]);

/** Whether a condition picks among the identities of the account. */
const picks = ({ conditions }: Statement): boolean =>
  conditions.some(
    (comparison) =>
      effectOf(comparison).effect === "narrows" &&
      keys.has(comparison.key.split("/")[0] as string) &&
      !(comparison.key === "aws:principalarn" && comparison.values.some((value) => isAnybody(value))),
  );

/** Whether an ARN by pattern is that of any role or user of an account. */
function isAnybody(value: string): boolean {
  const bare = bared(value);
  return bare !== undefined && anyArn.some((form) => leftOpen(bare, form) !== undefined);
}
