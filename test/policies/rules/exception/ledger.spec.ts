import assert from "node:assert/strict";
import { judge } from "../../../../policies/judge.ts";
import type { Waiver } from "../../../../policies/waivers.ts";
import { resource } from "../../laws.ts";

const open = resource("aws:rds/instance:Instance", { publiclyAccessible: true }, { name: "reports-database" });
const entry: Waiver = {
  rule: "rds-instance-disallow-public-access",
  resource: "reports-database",
  reason: "partners read reports until their VPN is up",
  owner: "data team",
  expires: "2026-03-31",
};
const judged = (waiver: Partial<Waiver>, resources = [open]) =>
  judge(resources, { waivers: [{ ...entry, ...waiver }], today: "2026-01-15" })
    .filter(({ rule }) => ["exception-ledger", entry.rule].includes(rule))
    .map(({ rule, resource, message }) => `${rule} ${resource} ${message.split(":")[0]}`);

const ledger = (what: string, waiver: Partial<Waiver> = {}) => {
  const { rule, resource } = { ...entry, ...waiver };
  return `exception-ledger stack the exception from ${rule} for ${resource} ${what}`;
};
const violation = "rds-instance-disallow-public-access reports-database publiclyAccessible is true";

describe("exception-ledger", () => {
  it("passes an exception that is needed, narrow, reasoned, owned and soon over", () =>
    assert.deepEqual(judged({}), []));

  it("finds one for a resource that needs none", () => {
    const closed = { ...open, props: { publiclyAccessible: false } };
    assert.deepEqual(judged({}, [closed]), [ledger("is not needed by anything in this stack")]);
  });

  it("says nothing of one that only some stacks need, in a stack that does not", () => {
    const closed = { ...open, props: { publiclyAccessible: false } };
    assert.deepEqual(judged({ someStacks: true }, [closed]), []);
  });

  it("leaves one for a resource of another stack to that stack", () =>
    assert.deepEqual(judged({ resource: "other-database" }), [violation]));

  for (const [title, waiver, expected] of [
    ["one that covers everything", { resource: "*" }, [ledger("covers nearly everything", { resource: "*" })]],
    ["one without a reason", { reason: "legacy" }, [ledger("gives no reason")]],
    ["one without an owner", { owner: " " }, [ledger("has no owner")]],
    ["one that lasts too long", { expires: "2028-01-01" }, [ledger("lasts longer than a year")]],
    ["one without a day", { expires: "later" }, [ledger("has no last day of the form YYYY-MM-DD")]],
    [
      "one that has run out, with what it covered",
      { expires: "2026-01-14" },
      [violation, ledger("expired on 2026-01-14")],
    ],
    [
      "one for no rule",
      { rule: "no-such-rule" },
      [
        violation,
        ledger("names no rule that can be waived", { rule: "no-such-rule" }),
        ledger("is not needed by anything in this stack", { rule: "no-such-rule" }),
      ],
    ],
    ["one from itself", { rule: "exception-ledger", resource: "stack" }, undefined],
  ] as [string, Partial<Waiver>, string[] | undefined][]) {
    it(`finds ${title}`, () => {
      if (expected) assert.deepEqual(judged(waiver).sort(), expected.sort());
      else
        assert.ok(
          judged(waiver).some((line) => line.includes("names no rule that can be waived")),
          judged(waiver).join("\n"),
        );
    });
  }

  it("is silent about one for a resource of another stack", () => {
    assert.deepEqual(judged({ resource: "other-database" }), [violation]);
  });
});
