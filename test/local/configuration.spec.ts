import assert from "node:assert/strict";
import { configuration, settingsIn, type Project } from "../../local/configuration.ts";

const project: Project = {
  name: "slipway",
  main: "start.js",
  config: { tier: { default: "dev" }, alarmEmail: { default: "" }, "pulumi:flag": { value: ["aws"] } },
};
const secure = "v1:8w2PdQ0=:aGVsbG8=";
const from = (given: Record<string, unknown>, changed: Record<string, string> = {}) =>
  configuration(project, { name: "Pulumi.dev.yaml", given }, changed);

describe("configuration of a stack", () => {
  it("is what was changed over the file over the project's defaults, as text", () => {
    assert.deepEqual(from({ "aws:region": "eu-west-1", alarmEmail: "a@b.example" }, { "slipway:tier": "prod" }), {
      "slipway:tier": "prod",
      "slipway:alarmEmail": "a@b.example",
      "pulumi:flag": '["aws"]',
      "aws:region": "eu-west-1",
    });
  });

  it("may have a field of its own that is called secure", () => {
    const door = { secure: "v1", open: "never" };
    assert.equal(from({ door })["slipway:door"], JSON.stringify(door));
  });

  for (const [key, given, word] of [
    ["slipway:alarmEmail", { "slipway:alarmEmail": { secure } }, "alarmEmail"],
    ["slipway:alarmEmail", { alarmEmail: { secure } }, "alarmEmail"],
    ["aws:secretKey", { "aws:secretKey": { secure } }, "aws:secretKey"],
    ["slipway:callbackUrls", { callbackUrls: ["https://a.example", { secure }] }, "callbackUrls"],
  ] as const) {
    it(`fails on an encrypted value in ${JSON.stringify(given)}, unless another takes its place`, () => {
      assert.throws(() => from(given), {
        message: `${key} is encrypted in Pulumi.dev.yaml, and only the engine can open it: give a value for this run by --config ${word}=<value>`,
      });
      assert.equal(from(given, { [key]: "plain" })[key], "plain");
    });
  }
});

describe("a stack's file", () => {
  it("holds its settings below config, or none", () => {
    assert.deepEqual(settingsIn("Pulumi.dev.yaml", { config: { "slipway:tier": "dev" } }), { "slipway:tier": "dev" });
    assert.deepEqual(
      [{}, { config: null }].map((content) => settingsIn("Pulumi.dev.yaml", content)),
      [{}, {}],
    );
  });

  for (const [content, got] of [
    ["tier", '"tier"'],
    [{ config: ["slipway:tier"] }, '["slipway:tier"]'],
    [{ config: "dev" }, '"dev"'],
  ] as const) {
    it(`fails on ${JSON.stringify(content)}`, () => {
      assert.throws(() => settingsIn("Pulumi.dev.yaml", content), {
        message: `Pulumi.dev.yaml must hold a map of settings below config, got ${got}: write config: and one line for each setting`,
      });
    });
  }
});
