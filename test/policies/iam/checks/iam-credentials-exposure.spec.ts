import assert from "node:assert/strict";
import { judgeDocument } from "../../../../policies/iam/judge.ts";
import { allow } from "../about.ts";

describe("iam-credentials-exposure", () => {
  const about = (action: string) =>
    judgeDocument("identity", { Statement: allow(action, "arn:aws:ec2:*:*:instance/i-1") }).map(({ rule, level }) => [
      rule,
      level,
    ]);

  it("advises on a password", () => {
    assert.deepEqual(about("ec2:GetPasswordData"), [["iam-credentials-exposure", "advisory"]]);
  });

  it("accepts the registry's token, which has no substitute", () =>
    assert.deepEqual(about("ecr:GetAuthorizationToken"), []));
});
