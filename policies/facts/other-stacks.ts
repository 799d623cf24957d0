import { readdirSync } from "node:fs";
import { members } from "../iam/actions.ts";
import { readDocument } from "../iam/document.ts";
import { codes, matches, readGlob } from "../iam/glob.ts";
import { denialsOf, given, type Grant } from "../iam/permissions.ts";
import { narrowed, unclear } from "../iam/scope.ts";
import type { Resource } from "../resource.ts";
import type { Found } from "../rule.ts";
import { holdersIn, type Holder } from "./holders.ts";
import { isKnown, permissionsOf, policiesOf, sourceOf } from "./permissions.ts";
import { documentsOf } from "./policy-documents.ts";
import { isUnknown } from "./unknown.ts";

/** Names by which one program's stacks are told apart: `<project>-<stack>-<part>`. */
export interface Stacks {
  /** The one that is judged. */
  readonly own: string;
  /** Those that no other stack may reach. */
  readonly kept: readonly string[];
}

/** The stacks that have a committed snapshot. */
const committedStacks = (): string[] =>
  readdirSync(new URL("../snapshot/", import.meta.url)).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);

/** What roles of this stack reach of a stack that is kept apart, and whom that one lets in. */
export function* reachedElsewhere(resources: readonly Resource[], { own, kept }: Stacks): Generator<Found> {
  const others = kept.filter((name) => name !== own);
  const arns = resources.flatMap(({ outputs, props }) => outputs?.["arn"] ?? props["arn"] ?? []);
  const named = arns.filter((arn): arn is string => typeof arn === "string" && !isUnknown(arn) && mentions(arn, own));
  for (const other of others) {
    const twins = [...new Set(named.map((arn) => renamed(arn, own, other)))];
    for (const holder of holdersIn(resources)) yield* reachedBy(holder, other, twins);
  }
  if (kept.includes(own)) {
    const strangers = committedStacks().filter((name) => name !== own);
    for (const resource of resources) yield* letIn(resource, strangers, named, own);
  }
}

/** Statements that name a thing of the other stack, or by a pattern cover the namesake there of a thing of this one. */
function* reachedBy(holder: Holder, other: string, twins: readonly string[]): Generator<Found> {
  for (const grant of permissionsOf(holder).grants) {
    const { resources, exceptResources, label } = grant.statement;
    const written = exceptResources ? undefined : resources.find((text) => mentions(text, other));
    const reached = written ?? twins.find((arn) => covered(grant, holder, arn));
    if (reached === undefined || narrowed(grant.effects)) continue;
    const { from, statement } = sourceOf(label, policiesOf(holder));
    const said = `${from.path} statement ${statement} reaches ${reached} of the stack ${other}`;
    if (unclear(grant.effects))
      yield { undecided: `${said}, under a condition that is not modelled`, resource: from.resource };
    else yield { found: said, resource: from.resource };
  }
}

/** Whether a grant gives an action on a resource of the kind that the action is about. */
function covered(grant: Grant, holder: Holder, arn: string): boolean {
  if (!grant.statement.exceptResources && !grant.statement.resources.some((text) => /[*?$]/.test(text))) return false;
  const service = arn.split(":")[2];
  const action = members(grant.actions).find((one) => one.resources.some((type) => type.arn.split(":")[2] === service));
  return (
    action !== undefined && given(grant, denialsOf(permissionsOf(holder).denials, action.id), codes(arn)) !== undefined
  );
}

/** Trusts and policies of resources that name somebody of another stack, or by a pattern the namesake of somebody of this one. */
function* letIn(
  resource: Resource,
  strangers: readonly string[],
  named: readonly string[],
  own: string,
): Generator<Found> {
  for (const document of documentsOf(resource)
    .filter(({ kind }) => kind !== "identity")
    .filter(isKnown)) {
    for (const { effect, principals, conditions, label } of readDocument(document.policy, document.kind).statements) {
      if (effect !== "Allow") continue;
      const limits = conditions
        .filter(({ key, negated }) => callers.has(key) && !negated)
        .flatMap(({ values }) => values);
      for (const text of [...(principals?.list ?? []).map(({ value }) => value), ...limits]) {
        const from = strangers.find(
          (name) => mentions(text, name) || covers(text, named, (arn) => renamed(arn, own, name)),
        );
        if (from)
          yield {
            found: `${document.path} statement ${label} lets ${text} of the stack ${from} in`,
            resource,
          };
      }
    }
  }
}

const callers = new Set(["aws:principalarn", "aws:sourcearn"]);

/** A pattern that is open in the part that names the stack; `*` alone is for the rules on trust and exposure. */
const covers = (text: string, arns: readonly string[], there: (arn: string) => string) =>
  /^arn:.*[*?]/.test(text) && !text.endsWith(":*") && arns.some((arn) => matches(readGlob(text), there(arn)));

/** Whether a name has a stack's name as a part of its own. */
const mentions = (text: string, stack: string): boolean => parts(text).includes(stack);
const renamed = (text: string, own: string, other: string): string =>
  text
    .split(between)
    .map((part) => (part === own ? other : part))
    .join("");

const between = /([-/:._])/;
const parts = (text: string) => text.split(between).slice(text.startsWith("arn:") ? 10 : 0);
