import assert from "node:assert/strict";
import { readDocument } from "../../../policies/iam/document.ts";
import { judgeDocument, verdictOf } from "../../../policies/iam/judge.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes } from "../../../policies/iam/prover.ts";
import { resources, trusts } from "./accepted-doors.ts";
import { identities, type Accepted } from "./accepted.ts";

type Statement = Record<string, unknown>;
type Block = Record<string, Record<string, unknown>>;

/** One token of a statement widened, and what was done. */
interface Mutant {
  readonly what: string;
  readonly statement: Statement;
  /** Whether the checks must see it on the widened document alone, without the one before. */
  readonly alone: boolean;
}

const policy = (Statement: readonly Statement[]) => ({ Version: "2012-10-17", Statement });
const verdict = ({ kind, accounts }: Accepted, statements: readonly Statement[]) =>
  verdictOf(judgeDocument(kind, policy(statements), accounts ? { accounts } : {}));
const access = (one: Accepted, statements: readonly Statement[]) =>
  effectivePermissions([readDocument(policy(statements), one.kind)]);

const widened = ({ kind }: Accepted, statement: Statement): Mutant[] => [
  ...(kind === "identity" ? resourceMutants(statement) : []),
  ...("Principal" in statement && statement["Principal"] !== "*" ? [principalMutant(statement)] : []),
  ...conditionMutants(statement),
];

function resourceMutants({ Action, ...rest }: Statement): Mutant[] {
  const swapped = { what: "Action became NotAction", statement: { ...rest, NotAction: Action }, alone: true };
  if (rest["Resource"] === "*") return [swapped];
  // under a condition that narrows, every resource may be fine; the comparison with the document before tells
  const alone = rest["Condition"] === undefined;
  return [swapped, { what: "Resource became *", statement: { Action, ...rest, Resource: "*" }, alone }];
}

const principalMutant = (statement: Statement): Mutant => ({
  what: "Principal became *",
  statement: { ...statement, Principal: "*" },
  alone: statement["Condition"] === undefined,
});

function conditionMutants(statement: Statement): Mutant[] {
  const block = (statement["Condition"] ?? {}) as Block;
  return Object.entries(block).flatMap(([operator, pairs]) =>
    Object.keys(pairs).flatMap((key) => {
      const { [key]: values, ...others } = pairs;
      const without = { ...block, [operator]: others };
      const negated = operator.replace(/(String|Arn)(Equals|Like)/, "$1Not$2");
      return [
        { what: `${operator} ${key} dropped`, statement: { ...statement, Condition: without }, alone: false },
        {
          what: `${operator} ${key} negated`,
          statement: { ...statement, Condition: { ...without, [negated]: { [key]: values } } },
          alone: false,
        },
      ];
    }),
  );
}

describe("a document whose token is widened", () => {
  for (const one of [...identities, ...trusts, ...resources]) {
    it(`is seen: ${one.name} (${one.kind})`, () => {
      assert.deepEqual(
        judgeDocument(one.kind, policy(one.statements), one).filter(({ level }) => level !== "advisory"),
        [],
      );
      for (const [at, statement] of one.statements.entries()) {
        for (const mutant of widened(one, statement)) {
          const statements = one.statements.with(at, mutant.statement);
          const seen = verdict(one, statements) !== "ok";
          const compared = () => includes(access(one, one.statements), access(one, statements)).answer !== "holds";
          assert.ok(seen || (!mutant.alone && compared()), `${mutant.what} went unseen`);
        }
      }
    });
  }

  it("is compared with itself without a difference", () => {
    for (const one of [...identities, ...trusts, ...resources]) {
      assert.equal(includes(access(one, one.statements), access(one, one.statements)).answer, "holds", one.name);
    }
  });
});
