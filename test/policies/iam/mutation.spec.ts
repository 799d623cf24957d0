import assert from "node:assert/strict";
import { checks } from "../../../policies/iam/catalogue.ts";
import type { Check } from "../../../policies/iam/check.ts";
import { stackNames } from "../../../local/stack.ts";
import { readDocument } from "../../../policies/iam/document.ts";
import { judgeDocument, verdictOf } from "../../../policies/iam/judge.ts";
import { effectivePermissions } from "../../../policies/iam/permissions.ts";
import { includes } from "../../../policies/iam/prover.ts";
import { conditional } from "./accepted-conditions.ts";
import { resources, trusts } from "./accepted-doors.ts";
import { identities, type Accepted } from "./accepted.ts";
import { equals } from "./mutation/equals.ts";
import { mutants, type Mutant, type Statement } from "./mutation/mutants.ts";
import { declared } from "./mutation/originals.ts";

const policy = (Statement: readonly Statement[]) => ({ Version: "2012-10-17", Statement });

/** The checks that cost least where a document gives very much; the others are asked when these find nothing. */
const first = checks.filter(({ id }) =>
  ["iam-notaction-notresource-allow", "iam-service-wildcard", "trust-action-exact", "trust-no-public"].includes(id),
);

function isViolation({ kind, accounts }: Accepted, statements: readonly Statement[]): boolean {
  const asked = (some: readonly Check[]) =>
    verdictOf(judgeDocument(kind, policy(statements), { checks: some, ...(accounts && { accounts }) })) === "violation";
  return asked(first) || asked(checks);
}

/** Whether the checks must see it in the mutant alone: it gives what no document can mean, whatever else it says. */
function isPlain({ kind }: Mutant, one: Accepted, statement: Statement): boolean {
  if (kind === "NotAction in an Allow") return true;
  if (kind === "principal opened") return one.kind === "trust" && statement["Condition"] === undefined;
  if (one.kind !== "identity") return false;
  if (kind === "action to *" || kind === "NotResource in an Allow") return true;
  return kind === "resource to *" && statement["Condition"] === undefined;
}

/** What a Deny takes may be given elsewhere: by the policies of whoever asks, or by another policy of the same holder. */
const givenElsewhere: Readonly<Record<Accepted["kind"], Statement>> = {
  identity: { Effect: "Allow", Action: "*", Resource: "*" },
  resource: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
  trust: { Effect: "Allow", Principal: "*", Action: "*" },
};

/** What the proof of no new access says of a mutant beside its original. */
function compared(one: Accepted, statement: Statement, changed: readonly Statement[]): string {
  const more = statement["Effect"] === "Deny" ? [givenElsewhere[one.kind]] : [];
  const access = (list: readonly Statement[]) =>
    effectivePermissions([readDocument(policy([...list, ...more]), one.kind)]);
  return includes(access(one.statements), access(changed)).answer;
}

/**
 * How a mutant is caught. What is plainly too much must be a violation by itself. All others may be somebody's purpose - another
 * name, another account, no condition where none is due - which only the document before can tell: there it is enough that the
 * proof of no new access does not hold, or that the checks speak.
 */
function caught(one: Accepted, statement: Statement, at: number, mutant: Mutant): string | undefined {
  const changed = mutant.statement ? one.statements.with(at, mutant.statement) : one.statements.toSpliced(at, 1);
  if (isPlain(mutant, one, statement)) return isViolation(one, changed) ? "alone" : undefined;
  const proof = compared(one, statement, changed);
  if (proof !== "holds") return proof;
  return isViolation(one, changed) ? "alone" : undefined;
}

const counts = new Map<string, Map<string, number>>();

function missed(one: Accepted): string[] {
  return one.statements.flatMap((statement, at) =>
    mutants(statement).flatMap((mutant) => {
      const known = equals.find(({ is }) => is(mutant, one));
      const how = known ? "equal" : (caught(one, statement, at, mutant) ?? "missed");
      const row = counts.get(mutant.kind) ?? new Map<string, number>();
      counts.set(mutant.kind, row.set(how, (row.get(how) ?? 0) + 1));
      if (known) used.add(known.why);
      return how === "missed" ? [`${mutant.kind}: ${mutant.what}`] : [];
    }),
  );
}

const used = new Set<string>();
let originals = 0;
const stacks = ["dev", "prod", "staging"];

describe("a document whose token is widened", () => {
  for (const one of [...identities, ...trusts, ...resources, ...conditional]) {
    it(`is seen: ${one.name} (${one.kind})`, () => {
      const said = judgeDocument(one.kind, policy(one.statements), one).filter(({ level }) => level !== "advisory");
      assert.deepEqual(said, []);
      assert.equal(compared(one, {}, one.statements), "holds");
      assert.deepEqual(missed(one), []);
    });
  }

  for (const stack of stacks) {
    it(`is seen in each document of the stack ${stack}`, async () => {
      for (const one of await declared(stack)) {
        originals += 1;
        assert.equal(compared(one, {}, one.statements), "holds", one.name);
        assert.deepEqual(missed(one), [], one.name);
      }
    });
  }

  it("was tried in every way", async () => {
    assert.deepEqual((await stackNames()).sort(), stacks);
    if (process.env["MUTANTS"])
      console.table(Object.fromEntries([...counts].map(([kind, row]) => [kind, Object.fromEntries(row)])));
    const tried = [...counts.values()].flatMap((row) => [...row.values()]).reduce((sum, one) => sum + one, 0);
    assert.ok(originals > 20, `only ${originals} documents of the stacks`);
    assert.deepEqual([counts.size >= 30, tried > 1000], [true, true], `${counts.size} kinds, ${tried} mutants`);
    assert.deepEqual(
      equals.map(({ why }) => why).filter((why) => !used.has(why)),
      [],
    );
  });
});
