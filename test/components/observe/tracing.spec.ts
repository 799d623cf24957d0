import assert from "node:assert/strict";
import { Tracing, type TracingArgs } from "../../../components/observe/tracing.ts";
import { graph, only } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const services = ["slipway-test-api/live", "slipway-test-patients"];
const build = async (args: Partial<TracingArgs> = {}, preview = false) =>
  (await graph(() => void new Tracing("traces", { place, services, ...args }), { preview })).nodes;
const ruleOf = async (args: Partial<TracingArgs> = {}) =>
  only(await build(args), "aws:xray/samplingRule:SamplingRule").inputs;
const groupOf = async (args: Partial<TracingArgs> = {}) => only(await build(args), "aws:xray/group:Group").inputs;

describe("Tracing", () => {
  for (const [input, standard] of Object.entries({
    ruleName: "slipway-test-traces",
    serviceName: "slipway-test-*",
    fixedRate: 0.05,
    reservoirSize: 1,
    priority: 1000,
  })) {
    it(`samples with ${input} ${standard} unless told otherwise`, async () => {
      assert.equal((await ruleOf())[input], standard);
    });
  }

  it("samples as much as it is told", async () => {
    assert.equal((await ruleOf({ sampledShare: 1 }))["fixedRate"], 1);
  });

  it("groups the traces that touch one of its services", async () => {
    assert.deepEqual(await groupOf(), {
      groupName: "slipway-test-traces",
      filterExpression: 'service("slipway-test-api/live") OR service("slipway-test-patients")',
      insightsConfiguration: { insightsEnabled: false, notificationsEnabled: false },
    });
  });

  it("pays for insights only when told", async () => {
    assert.equal((await groupOf({ insights: true }))["insightsConfiguration"].insightsEnabled, true);
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await build({}, true)), outline(await build()));
  });

  for (const [wrong, args, message] of [
    ["a share above one", { sampledShare: 5 }, /sampledShare must be from 0 to 1, got 5/],
    ["no service", { services: [] }, /services is empty: name at least one/],
    [
      "a name longer than X-Ray takes",
      { place: { ...place, project: "a-project-with-a-long-name" } },
      /has 38 characters, the service allows 32/,
    ],
  ] as [string, Partial<TracingArgs>, RegExp][]) {
    it(`fails on ${wrong}`, async () => {
      await assert.rejects(build(args), message);
    });
  }
});
