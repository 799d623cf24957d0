import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { checks } from "../../../policies/iam/catalogue.ts";
import { judgeDocument } from "../../../policies/iam/judge.ts";
import { allow } from "./about.ts";

const names = (folder: string, end: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .map((file) => file.slice(0, -end.length))
    .sort();

describe("the catalogue of checks", () => {
  it("has every check there is a file for, under the file's name", () => {
    assert.deepEqual(checks.map(({ id }) => id).sort(), names("../../../policies/iam/checks/", ".ts"));
  });

  it("has documents for each check", () => {
    assert.deepEqual(names("checks/", ".spec.ts"), names("../../../policies/iam/checks/", ".ts"));
  });

  it("makes findings that name statement, action, resource and a fix", () => {
    const [finding] = judgeDocument("identity", { Statement: { Sid: "Send", ...allow("sqs:SendMessage", "*") } });
    assert.deepEqual(finding, {
      rule: "iam-resource-scope",
      level: "mandatory",
      statement: "Send",
      message: "sqs:SendMessage on every resource (*)",
      fix: "name the resources by ARN, or narrow them by a tag condition",
    });
  });
});
