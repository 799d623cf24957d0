import { asksSecret } from "../facts/asked-secrets.ts";
import { hidden } from "../facts/secrets.ts";
import { intersect, union } from "../iam/actions.ts";
import type { Comparison } from "../iam/condition.ts";
import { readDocument, type Kind, type Statement } from "../iam/document.ts";
import { effectivePermissions, type Permissions } from "../iam/permissions.ts";
import type { Policy } from "./snapshot.ts";

/** The smallest part of a permission that is told: one action on one resource, for one principal where the policy names some. */
export interface Atom {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: string;
  /** The condition for a reader: without the values of keys that ask for a secret. */
  readonly shown: string;
  /** What the atom alone gives, less what its side denies. */
  readonly permissions: Permissions;
}

/** Everything that the documents of one holder give, whole and in atoms. */
export interface Side {
  readonly permissions: Permissions;
  readonly atoms: readonly Atom[];
}

/** How many atoms of one holder are told apart; a policy of AWS's largest size has fewer. */
const most = 5000;

export function sideOf(kind: Kind, policies: readonly Policy[], boundary?: Policy): Side {
  const documents = policies.map((policy) => readDocument(policy, kind));
  const limit = boundary === undefined ? undefined : readDocument(boundary, "identity");
  const denies = documents.map((document) => ({
    ...document,
    statements: document.statements.filter(({ effect }) => effect === "Deny"),
  }));
  const refusals = denies.flatMap(({ statements }) => statements).filter(({ conditions }) => conditions.length > 0);
  const atoms = documents.flatMap((document) =>
    document.statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap((statement) =>
        split(statement).map((part): Atom => {
          const permissions = effectivePermissions([...denies, { ...document, statements: [part] }], limit);
          return { ...textsOf(part, refusals), permissions };
        }),
      ),
  );
  // what is denied whole, or refused by the boundary, is nothing to gain or lose
  const given = atoms.filter(({ permissions }) => permissions.grants.length > 0);
  return { permissions: effectivePermissions(documents, limit), atoms: given.slice(0, most) };
}

/** A statement for each action, resource and principal. What is said by exception cannot be split. */
function split(statement: Statement): Statement[] {
  const { actions, exceptActions, resources, exceptResources, principals } = statement;
  const perAction = exceptActions ? [actions] : actions.map((one) => [one]);
  const perResource = exceptResources || resources.length === 0 ? [resources] : resources.map((one) => [one]);
  const perPrincipal =
    !principals || principals.except ? [principals] : principals.list.map((one) => ({ list: [one], except: false }));
  return perPrincipal.flatMap((who) =>
    perAction.flatMap((some) =>
      perResource.map((where) => ({ ...statement, actions: some, resources: where, principals: who })),
    ),
  );
}

function textsOf(statement: Statement, refusals: readonly Statement[]) {
  const { actions, exceptActions, resources, exceptResources, principals, conditions } = statement;
  const conditionOf = (text: ValueText) =>
    [
      allOf(conditions, text),
      ...refusals
        .filter((one) => touches(one, statement))
        .map((one) => unless(one, text))
        .sort(),
    ]
      .filter(Boolean)
      .join(", ");
  const named = (texts: readonly string[], except: boolean) => `${except ? "all but " : ""}${texts.join(", ")}`;
  return {
    who: principals
      ? named(
          principals.list.map(({ value }) => value),
          principals.except,
        )
      : "",
    action: named(actions, exceptActions),
    resource: named(resources, exceptResources),
    condition: conditionOf(valuesOf),
    shown: conditionOf((one) => (asksSecret(one.key) ? hidden : valuesOf(one))),
  };
}

type ValueText = (comparison: Comparison) => string;
const valuesOf: ValueText = ({ values }) => [...values].sort().join(" or ");

/** Whether a Deny is about an action of the statement. */
const touches = (deny: Statement, { actions, exceptActions }: Statement): boolean =>
  exceptActions || deny.exceptActions || intersect(union(deny.actions), union(actions)).length > 0;

const allOf = (conditions: readonly Comparison[], text: ValueText) =>
  conditions
    .map((one) => `${one.name} ${one.key} ${text(one)}`)
    .sort()
    .join(" and ");

function unless({ conditions, resources, exceptResources }: Statement, text: ValueText): string {
  const where =
    resources.length === 0 || (!exceptResources && resources.includes("*")) ? "" : ` on ${resources.join(", ")}`;
  return `unless ${allOf(conditions, text)}${exceptResources ? " outside" : ""}${where}`;
}
