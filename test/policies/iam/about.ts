import assert from "node:assert/strict";
import type { Check } from "../../../policies/iam/check.ts";
import { judgeDocument, type JudgeOptions } from "../../../policies/iam/judge.ts";

export type Statement = Record<string, unknown>;

/** A document of a test: what it is, its statements, and what the judge is told besides. */
export type Case = readonly [what: string, statements: readonly Statement[], options?: JudgeOptions];

/** Describes a check by documents it speaks of as a violation, and by near misses it accepts. */
export function about(check: Check, { speaks, accepts }: { speaks: readonly Case[]; accepts: readonly Case[] }): void {
  describe(check.id, () => {
    for (const [verb, list] of [
      ["speaks of", speaks],
      ["accepts", accepts],
    ] as const) {
      for (const [what, Statement, options] of list) {
        it(`${verb} ${what}`, () => {
          const kind = check.kinds.length > 1 ? kindOf(Statement) : check.kinds[0];
          const found = judgeDocument(kind ?? "identity", { Version: "2012-10-17", Statement }, options);
          const own = found.filter(({ rule, level }) => rule === check.id && level === "mandatory");
          assert.equal(own.length > 0, verb === "speaks of", JSON.stringify(found));
        });
      }
    }
  });
}

const kindOf = (statements: readonly Statement[]) => {
  if (!statements.some((one) => "Principal" in one || "NotPrincipal" in one)) return "identity";
  return statements.some((one) => "Resource" in one) ? "resource" : "trust";
};

const conditional = (Condition?: object) => (Condition ? { Condition } : {});

export const role = "arn:aws:iam::123456789012:role/task";

export const allow = (Action: unknown, Resource: unknown, condition?: object): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...conditional(condition),
});

export const deny = (Action: unknown, Resource: unknown, condition?: object): Statement => ({
  ...allow(Action, Resource, condition),
  Effect: "Deny",
});

/** A statement of a trust policy. */
export const assume = (Principal: unknown, condition?: object): Statement => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...conditional(condition),
});

/** A statement of a resource policy. */
export const open = (Principal: unknown, Action: unknown, condition?: object): Statement => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: "*",
  ...conditional(condition),
});
