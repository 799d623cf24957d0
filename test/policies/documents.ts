import type { Resource } from "../../policies/resource.ts";
import { resource } from "./laws.ts";

/** The account all cases live in. */
export const account = "123456789012";
export const stranger = "210987654321";

const text = (Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A statement that allows; `more` holds conditions and whatever else. */
export const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: "Deny",
});
/** A statement by which somebody may assume a role. */
export const assume = (Principal: unknown, Condition?: object) => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...(Condition && { Condition }),
});

/** A role of this account that Lambda assumes, unless its trust says otherwise. */
export const role = (name: string, props: object = {}, rest: Partial<Resource> = {}) =>
  resource(
    "aws:iam/role:Role",
    { name, assumeRolePolicy: text([assume({ Service: "lambda.amazonaws.com" })]), ...props },
    { name, outputs: { id: name, name, arn: `arn:aws:iam::${account}:role/${name}` }, ...rest },
  );

/** A role's own policy. */
export const grant = (of: string, ...statements: object[]) =>
  resource("aws:iam/rolePolicy:RolePolicy", { role: of, policy: text(statements) }, { name: `${of}-grant` });

/** A role with one policy of these statements. */
export const holding = (...statements: object[]) => [role("worker"), grant("worker", ...statements)];

/** A role with this trust. */
export const trusting = (...statements: object[]) => [role("worker", { assumeRolePolicy: text(statements) })];

/** A queue with this policy. */
export const queue = (...statements: object[]) => [
  resource(
    "aws:sqs/queue:Queue",
    { name: "orders", policy: text(statements) },
    { name: "orders", outputs: { arn: `arn:aws:sqs:eu-west-1:${account}:orders` } },
  ),
];

/** A function that runs as a role. */
export const fn = (name: string, of: string, props: object = {}, rest: Partial<Resource> = {}) =>
  resource(
    "aws:lambda/function:Function",
    { name, role: `arn:aws:iam::${account}:role/${of}`, ...props },
    { name, ...rest },
  );
