import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { catalogue } from "../../policies/catalogue.ts";
import { reference } from "../../policies/reference.ts";

describe("the reference of the policies", () => {
  it("is what the rules say: run node policies/reference.ts", () => {
    const page = readFileSync(new URL("../../docs/reference/policies.md", import.meta.url), "utf8");
    assert.equal(page, reference(catalogue));
  });

  it("has a row and a section for every rule", () => {
    const page = reference(catalogue);
    for (const { id } of catalogue)
      assert.ok(page.includes(`| [${id}](#${id}) |`) && page.includes(`\n### ${id}\n`), id);
  });
});
