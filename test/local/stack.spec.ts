import assert from "node:assert/strict";
import { stackConfig, stackNames } from "../../local/stack.ts";

describe("stack configuration", () => {
  it("lays the stack's file over the defaults of the project", async () => {
    const config = await stackConfig("prod");
    assert.equal(config["slipway:tier"], "prod");
    assert.equal(config["slipway:logRetentionDays"], "0");
    assert.equal(config["aws:region"], "eu-west-1");
  });

  it("hands structured values over as JSON, as the engine does", async () => {
    assert.equal((await stackConfig("dev"))["slipway:allowedOrigins"], "[]");
  });

  it("knows the stacks by their files", async () => {
    assert.deepEqual(await stackNames(), ["dev", "prod", "staging"]);
  });

  it("fails on a stack without a file, naming those there are", async () => {
    await assert.rejects(
      stackConfig("qa"),
      /^Error: stack "qa" has no Pulumi\.qa\.yaml: use one of dev, prod, staging, or write that file$/,
    );
  });
});
