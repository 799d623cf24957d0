import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import { catalogue } from "../../policies/catalogue.ts";
import { isResourceRule, optionsOf } from "../../policies/rule.ts";

const folder = new URL("../../policies/rules/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

describe("the catalogue", () => {
  it("holds every rule file once, named by its path", () => {
    const ids = files.map((file) => file.replace(/\.ts$/, "").replace("/", "-"));
    assert.deepEqual(catalogue.map(({ id }) => id).sort(), ids.sort());
  });

  it("has a spec with cases for every rule file", () => {
    const without = files.filter(
      (file) => !existsSync(new URL(`rules/${file.replace(/\.ts$/, ".spec.ts")}`, import.meta.url)),
    );
    assert.deepEqual(without, []);
  });

  it("is there before any of AWS's actions is read, so that the pack starts soon", async () => {
    const modules = ["catalogue", "data/catalogue"].map(
      (name) => new URL(`../../policies/${name}.ts`, import.meta.url).href,
    );
    const program = `await import("${modules[0]}"); console.log((await import("${modules[1]}")).catalogue.isRead)`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
    assert.equal(stdout, "false\n");
  });

  for (const rule of catalogue) {
    it(`describes ${rule.id} in words that fit a message`, () => {
      for (const text of [rule.holds, rule.fix]) assert.match(text, /^[^.].*[^.]$/, text);
      assert.match(rule.holds, /^[^A-Z]|^(?:AWS|GitHub|NAT|PostgreSQL)/, "begins a sentence that others go on from");
      assert.match(rule.why, /^[A-Z].*\.$/);
      assert.ok(rule.source.length > 0 && !rule.source.endsWith("."));
    });

    it(`gives ${rule.id} a default for every option`, () => {
      for (const [name, { default: value, description }] of Object.entries(optionsOf(rule))) {
        assert.ok(value !== undefined && description?.endsWith("."), name);
      }
      assert.ok(!isResourceRule(rule) || rule.types.length > 0);
    });
  }
});
