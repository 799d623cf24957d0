import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { libraries } from "../../../policies/calls/libraries.ts";
import { actionsOf, needed } from "../../../policies/calls/operations.ts";
import { catalogue } from "../../../policies/data/catalogue.ts";

const known = (actions: readonly string[]) => actions.filter((name) => catalogue.find(name)?.name !== name);

describe("the actions of an operation", () => {
  for (const [prefix, operation, actions] of [
    ["dynamodb", "PutItem", ["dynamodb:PutItem"]],
    ["s3", "HeadObject", ["s3:GetObject"]],
    ["s3", "GetBucketCors", ["s3:GetBucketCORS"]],
    ["s3", "CopyObject", ["s3:GetObject", "s3:PutObject"]],
    ["lambda", "Invoke", ["lambda:InvokeFunction"]],
    ["sqs", "SendMessageBatch", ["sqs:SendMessage"]],
    ["sts", "GetCallerIdentity", []],
  ] as const) {
    it(`are ${actions.join(" and ") || "none"} for ${operation}`, () => {
      assert.deepEqual(actionsOf(prefix, operation)?.actions, actions);
    });
  }

  it("are not known for what AWS has no action for", () => assert.equal(actionsOf("s3", "Teleport"), undefined));

  it("may be more: for versions, tags, keys and roles that go along", () => {
    assert.deepEqual(actionsOf("s3", "GetObject")?.may, ["s3:GetObjectVersion", "s3:ListBucket", "kms:Decrypt"]);
    assert.deepEqual(needed("a:B | c:D"), { actions: ["a:B"], may: ["c:D"] });
  });

  it("exist in the data, spelt as AWS does, in every table", () => {
    const tables = readFileSync(new URL("../../../policies/calls/operations.ts", import.meta.url), "utf8");
    const words = [...tables.matchAll(/"[^"\n]*"/g)].flatMap(([text]) => text.slice(1, -1).split(/[ |]+/));
    const targets = words.filter((word) => /^[a-z0-9-]+:[A-Z]\w+$/.test(word));
    const keys = new Set([...tables.matchAll(/^ {2}"([a-z0-9-]+:\w+)":/gm)].map(([, key]) => key));
    assert.deepEqual(known(targets.filter((word) => !keys.has(word))), []);
    const used = Object.values(libraries).flatMap((exports) => Object.values(exports));
    assert.deepEqual(known(used.flatMap((text) => [...needed(text).actions, ...needed(text).may])), []);
  });
});
