import assert from "node:assert/strict";
import { judgeDocument, verdictOf } from "../../../policies/iam/judge.ts";
import * as callers from "./forms/callers.ts";
import * as conditions from "./forms/conditions.ts";
import * as names from "./forms/names.ts";
import * as tokens from "./forms/tokens.ts";

const topics = { names, conditions, callers, tokens };

for (const [topic, { open, right }] of Object.entries(topics)) {
  describe(`forms of ${topic}`, () => {
    for (const [list, verdict] of [
      [open, "violation"],
      [right, "ok"],
    ] as const) {
      for (const { what, kind, statements, accounts } of list) {
        it(`${verdict === "ok" ? "accepts" : "refuses"} ${what}`, () => {
          const policy = { Version: "2012-10-17", Statement: statements };
          const found = judgeDocument(kind, policy, accounts ? { accounts } : {});
          assert.equal(verdictOf(found), verdict, JSON.stringify(found));
        });
      }
    }
  });
}
