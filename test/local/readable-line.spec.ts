import assert from "node:assert/strict";
import { readableLine } from "../../local/readable-line.ts";

describe("readable line of a function", () => {
  it("shows what is no JSON as it is, and no empty line", () => {
    assert.deepEqual(["hello", "{ not json", "  "].map(readableLine), ["hello", "{ not json", undefined]);
  });

  it("keeps requests to the request lines", () => {
    assert.equal(readableLine('{"level":"INFO","message":"request","status":200}'), undefined);
    assert.equal(readableLine('{"_aws":{},"PatientsRegistered":1}'), undefined);
  });

  it("shows warnings and errors without what every line repeats", () => {
    const line = '{"level":"ERROR","message":"request failed","timestamp":"t","service":"s","request_id":"r-1"}';
    assert.equal(readableLine(line), 'ERROR request failed {"request_id":"r-1"}');
    assert.equal(readableLine('{"level":"WARN","message":"slow"}'), "WARN slow");
  });

  it("shows what the runtime says of a crash with the places in the service's own files", () => {
    const trace = [
      "Error: no",
      "    at node:internal/x",
      "    at file:///app/a.ts:1:2",
      "    at /node_modules/b.js:1:1",
    ];
    const line = JSON.stringify({ errorType: "Error", errorMessage: "no", trace });
    assert.equal(readableLine(line), "Error: no\n    at file:///app/a.ts:1:2");
  });
});
