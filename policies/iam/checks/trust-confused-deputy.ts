import { catalogue } from "../../data/catalogue.ts";
import { readsData } from "../../data/sensitive.ts";
import { deputyOf } from "../../data/service-principals.ts";
import { pinned } from "../callers.ts";
import { isForeign, type Check, type Fault, type Subject } from "../check.ts";
import { effectOf } from "../comparisons.ts";
import type { Document, Statement } from "../document.ts";
import { arnNamed } from "../named-callers.ts";

export const trustConfusedDeputy: Check = {
  id: "trust-confused-deputy",
  kinds: ["trust", "resource"],
  level: "mandatory",
  description: "A service that acts for many customers is held to this account: aws:SourceArn or aws:SourceAccount.",
  fix: "add aws:SourceAccount with this account's id, or aws:SourceArn with the one resource that calls",
  *judge(subject) {
    for (const document of subject.documents) {
      for (const statement of document.statements) {
        if (statement.effect === "Allow" && !statement.principals?.except) yield* judged(statement, document, subject);
      }
    }
  },
};

function* judged(statement: Statement, document: Document, subject: Subject): Generator<Fault> {
  const services = (statement.principals?.list ?? []).filter(({ type }) => type === "Service");
  if (services.length === 0) return;
  const held = pinned(statement, document);
  const foreign = held.accounts.filter((account) => isForeign(subject, account, statement)).join(", ");
  const own = held.by !== undefined || ownContext(statement);
  const looks = subject.kind === "resource" && looksOnly(statement);
  for (const { value } of services) {
    const deputy = deputyOf(value);
    if (foreign !== "") {
      yield { statement: statement.label, message: `${value} may act for account ${foreign}, which is not trusted` };
    } else if (!own && !(deputy === "exempt" && subject.kind === "trust")) {
      const level = held.unclear ? "undecided" : deputy === "required" && !looks ? "mandatory" : "advisory";
      yield { statement: statement.label, level, message: `${value.slice(0, 100)} may act for any account` };
    }
  }
}

/** Whether all it may do is read how the resource is set up, such as its access list: that gives nobody anything. */
const looksOnly = ({ actions, exceptActions }: Statement): boolean =>
  !exceptActions &&
  actions.every((name) => {
    const action = catalogue.find(name);
    const looks =
      action?.level === "List" || (action?.level === "Read" && /:Describe|(Acl|Location)$/.test(action.name));
    return action !== undefined && looks && !readsData(action);
  });

/** Keys by which single services say for whom they act. */
const ownContext = ({ conditions }: Statement): boolean =>
  conditions.some((comparison) => {
    const { key, values } = comparison;
    if (effectOf(comparison).effect !== "narrows") return false;
    if (key === "lambda:eventsourcetoken" || key === "sts:externalid") return true;
    const like = comparison.comparison === "like";
    return (
      key.startsWith("kms:encryptioncontext:") &&
      values.every((value) => !value.startsWith("arn:") || arnNamed(value, like))
    );
  });
