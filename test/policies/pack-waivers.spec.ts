import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { catalogue } from "../../policies/catalogue.ts";
import { policies } from "../../policies/pack.ts";
import type { Waiver } from "../../policies/waivers.ts";

const waiver: Waiver = {
  rule: "rds-instance-disallow-public-access",
  resource: "reports-*",
  reason: "partners read reports until their VPN is up",
  owner: "data team",
  expires: "2026-03-31",
};

/** One run of the engine: each database is analysed, then the stack. */
function run(names: string[], given: object = { publiclyAccessible: true }, today = "2026-01-15") {
  const said: string[] = [];
  const pack = new Map(
    policies(catalogue, [waiver], { tier: "prod", today }).map((policy) => [policy.name, policy as any]),
  );
  const tell = ({ message, urn }: any) => said.push(`${urn ?? "stack"} ${message.split(":")[0]}`);
  const args = { getConfig: () => ({}), type: "aws:rds/instance:Instance", opts: {} };
  for (const name of names) {
    const props = unknownCheckingProxy(given);
    pack.get(waiver.rule).validateResource({ ...args, name, urn: name, props }, tell);
  }
  const resources = names.map((name) => ({ ...args, name, urn: name, props: {}, propertyDependencies: {} }));
  pack.get("exception-ledger").validateStack({ ...args, resources }, tell);
  return said;
}

describe("exceptions in the pack", () => {
  it("silence what they cover, and count as needed for the rest of the run", () => {
    assert.deepEqual(run(["reports-database"]), []);
  });

  it("are found when nothing needed them", () => {
    assert.deepEqual(run(["reports-archive"], { publiclyAccessible: false }), [
      `stack the exception from ${waiver.rule} for reports-* is not needed by anything in this stack`,
    ]);
  });

  it("silence nothing after their last day", () => {
    assert.deepEqual(run(["reports-database"], undefined, "2026-04-01"), [
      "reports-database publiclyAccessible is true",
      `stack the exception from ${waiver.rule} for reports-* expired on 2026-03-31`,
    ]);
  });
});
