import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validated, wholeNumberIn } from "../../components/validated.ts";
import { graph } from "../../local/graph.ts";

const failing = (error: unknown) =>
  graph(() => {
    const component = new pulumi.ComponentResource("test:index:Component", "component");
    validated(component, () => {
      throw error;
    });
  });

describe("validated", () => {
  it("passes the result of the check on", async () => {
    let result: number | undefined;
    await graph(() => {
      result = validated(new pulumi.ComponentResource("test:index:Component", "component"), () => 42);
    });
    assert.equal(result, 42);
  });

  it("fails with the refusal as an error of the resource, without a stack", async () => {
    await assert.rejects(failing(new Error("memoryMiB is wrong: change it")), (error) => {
      assert.ok(pulumi.ResourceError.isInstance(error) && error.hideStack);
      assert.equal(error.message, "memoryMiB is wrong: change it");
      return true;
    });
  });

  it("fails on a mistake in the program with that mistake itself", async () => {
    const mistake = new TypeError("x is not a function");
    await assert.rejects(failing(mistake), (error) => error === mistake);
  });
});

describe("wholeNumberIn", () => {
  it("takes the bounds, what lies between, and nothing at all", () => {
    const taken = [1, 5, 10, undefined].map((value) => wholeNumberIn("count", value, 1, 10));
    assert.deepEqual(taken, [1, 5, 10, undefined]);
  });

  for (const value of [0, 11, 1.5, NaN, Infinity]) {
    it(`fails on ${value}`, () => {
      const message = `count must be a whole number from 1 to 10, got ${value}: change count`;
      assert.throws(() => wholeNumberIn("count", value, 1, 10), { message });
    });
  }
});
