import assert from "node:assert/strict";
import fc from "fast-check";
import type { Node } from "../../../local/graph.ts";
import { AliasTable, functionNameIn, versionFor } from "../../../local/lambda/aliases.ts";
import { readFunctions } from "../../../local/lambda/function-spec.ts";
import { lineSplitter } from "../../../local/lambda/lines.ts";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:slipway-dev-patients";
const node = (type: string, inputs: Node["inputs"], outputs: Node["outputs"] = {}): Node => {
  return { type, name: "patients", id: "x", inputs, outputs: { ...inputs, ...outputs }, secretInputs: [], options: {} };
};
const recorded = (inputs: Node["inputs"]) =>
  readFunctions([
    node(
      "aws:lambda/function:Function",
      { name: "slipway-dev-patients", imageConfig: { commands: ["hosts/lambda.handler"] }, ...inputs },
      { arn, version: "3" },
    ),
  ])[0]!;

describe("readFunctions", () => {
  it("takes what the graph says", () => {
    const inputs = {
      memorySize: 512,
      timeout: 15,
      reservedConcurrentExecutions: 0,
      environment: { variables: { SERVICE: "patients" } },
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "WARN", logGroup: "/slipway/patients" },
    };
    assert.deepEqual(recorded(inputs), {
      functionName: "slipway-dev-patients",
      version: "3",
      arn,
      handler: "hosts/lambda.handler",
      memoryMiB: 512,
      timeoutSeconds: 15,
      environment: { SERVICE: "patients" },
      reservedConcurrency: 0,
      logGroup: "/slipway/patients",
      logFormat: "JSON",
      logLevel: "WARN",
    });
  });

  it("takes AWS's defaults for what it leaves open", () => {
    const { memoryMiB, timeoutSeconds, environment, reservedConcurrency, logGroup, logFormat } = recorded({
      reservedConcurrentExecutions: -1,
    });
    assert.deepEqual(
      [memoryMiB, timeoutSeconds, environment, reservedConcurrency, logGroup, logFormat],
      [128, 3, {}, undefined, "/aws/lambda/slipway-dev-patients", "Text"],
    );
  });

  for (const command of [undefined, "", "handler", "hosts/lambda", "a.b/c"]) {
    it(`fails on the handler ${JSON.stringify(command)}`, () => {
      const commands = command === undefined ? undefined : [command];
      assert.throws(
        () => recorded({ imageConfig: { commands } }),
        /function "patients" needs imageConfig.commands to name its handler/,
      );
    });
  }
});

describe("AliasTable", () => {
  it("reads the aliases of the graph", () => {
    const routingConfig = { additionalVersionWeights: { 4: 0.1 } };
    const table = new AliasTable([
      node("aws:lambda/alias:Alias", { name: "live", functionName: arn, functionVersion: "3", routingConfig }),
    ]);
    assert.deepEqual(table.find("slipway-dev-patients", "live"), {
      functionVersion: "3",
      additionalVersionWeights: { 4: 0.1 },
    });
    assert.equal(table.find("slipway-dev-patients", "test"), undefined);
  });

  it("knows a function by its name or any form of its ARN", () => {
    for (const reference of [
      "fn",
      "fn:live",
      "123456789012:function:fn",
      arn.replace("slipway-dev-patients", "fn"),
      `${arn.replace("slipway-dev-patients", "fn")}:live`,
    ]) {
      assert.equal(functionNameIn(reference), "fn");
    }
  });

  it("gives each version its weight", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (weight, draw) => {
          const routing = { functionVersion: "1", additionalVersionWeights: { 2: weight } };
          assert.equal(versionFor(routing, draw), draw < weight ? "2" : "1");
        },
      ),
    );
  });
});

describe("lineSplitter", () => {
  it("gives the same lines however the text arrives", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (pieces) => {
        const lines: string[] = [];
        const { write, flush } = lineSplitter((line) => lines.push(line));
        for (const piece of pieces) write(piece);
        flush();
        const expected = pieces
          .join("")
          .split("\n")
          .map((line, i, all) => (i < all.length - 1 ? line.replace(/\r$/, "") : line));
        if (expected.at(-1) === "") expected.pop();
        assert.deepEqual(lines, expected);
      }),
    );
  });

  it("does not keep a line without end", () => {
    const lines: string[] = [];
    const { write } = lineSplitter((line) => lines.push(line));
    for (let i = 0; i < 5; i += 1) write("x".repeat(64 * 1024));
    assert.equal(lines.length, 1);
  });
});
