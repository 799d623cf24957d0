import assert from "node:assert/strict";
import { assumableBy, document } from "../../../components/iam/document.ts";

describe("document", () => {
  it("allows exactly what its statements say, in their order", () => {
    const read = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::inbox/*"] };
    const conditions = { Bool: { "aws:SecureTransport": "false" } };
    const refuse = { ...read, sid: "Refuse", effect: "Deny", principals: { AWS: "*" }, conditions } as const;
    assert.deepEqual(JSON.parse(document(read, refuse)), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Action: read.actions, Resource: read.resources },
        {
          Sid: "Refuse",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: read.actions,
          Resource: read.resources,
          Condition: conditions,
        },
      ],
    });
  });

  it("fails without a statement, as AWS would", () => {
    assert.throws(() => document(), {
      message: /^a policy document needs at least one statement: leave the policy out/,
    });
  });
});

describe("assumableBy", () => {
  it("trusts one service", () => {
    assert.deepEqual(JSON.parse(assumableBy("lambda.amazonaws.com")).Statement, [
      { Sid: "Assume", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: ["sts:AssumeRole"] },
    ]);
  });

  it("trusts it only for the source it is given", () => {
    const conditions = { StringEquals: { "aws:SourceAccount": "123456789012" } };
    const [statement] = JSON.parse(assumableBy("vpc-flow-logs.amazonaws.com", conditions)).Statement;
    assert.deepEqual(statement.Condition, conditions);
  });
});
