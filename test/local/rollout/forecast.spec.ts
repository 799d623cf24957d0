import assert from "node:assert/strict";
import type { Node } from "../../../local/graph.ts";
import { forecastLines, forecasts } from "../../../local/rollout/forecast.ts";
import { recorded } from "../../recorded.ts";

describe("forecast of a rollout", () => {
  let prod: Node[];
  before(async () => void ({ nodes: prod } = await recorded("prod")));

  it("tells step by step what a new version would go through, with times", () => {
    const [patients] = forecasts(prod).filter(({ workload }) => workload === "slipway-prod-patients");
    assert.deepEqual(patients!.steps, [
      { minute: 0, what: "answers GET /health/patients before it has traffic" },
      { minute: 0, what: "gets 10 % of the traffic and is watched for 7 min" },
      { minute: 7, what: "gets 50 % of the traffic and is watched for 7 min" },
      { minute: 14, what: "gets 100 % of the traffic and is watched for 7 min" },
      { minute: 21, what: "is the only version left, and the update goes on" },
    ]);
    const alarms = ["errors", "server-errors", "duration"].map((id) => `slipway-prod-patients-new-${id}`);
    assert.deepEqual(patients!.alarms, alarms);
    assert.ok(patients!.longestMinutes > 21);
    assert.equal(forecastLines(patients!)[1], "    0 min  answers GET /health/patients before it has traffic");
  });

  it("has one for each service, and a single step where the tier says so", async () => {
    const dev = forecasts((await recorded("dev")).nodes);
    assert.deepEqual(dev.map(({ workload }) => workload).sort(), ["slipway-dev-appointments", "slipway-dev-patients"]);
    assert.deepEqual(
      dev[0]!.steps.map(({ minute }) => minute),
      [0, 0, 3],
    );
  });

  for (const [settings, shares, longest] of [
    [{ strategy: "canary" }, ["0 10", "10 100"], 60],
    [{ strategy: "linear", shiftPercent: 30, bakeMinutes: 7 }, ["0 30", "7 60", "14 90", "21 100"], 68],
    [{ strategy: "blue-green", bakeMinutes: 15 }, ["0 100"], 55],
  ] as const) {
    it(`tells what ECS would do with the traffic of a service under ${settings.strategy}`, async () => {
      const services = JSON.stringify({ appointments: { runtime: "fargate", ...settings } });
      const { nodes } = await recorded("prod", { config: { "slipway:services": services } });
      const found = forecasts(nodes).find(({ workload }) => workload === "slipway-prod-appointments")!;
      const bake = "bakeMinutes" in settings ? settings.bakeMinutes : 10;
      const [started, ...steps] = found.steps.map(({ minute, what }) => `${minute} ${what}`);
      assert.match(started!, /^0 starts beside the old tasks and is healthy/);
      assert.deepEqual(steps, [
        "0 passes slipway-prod-appointments-probe before it has traffic",
        ...shares.map(
          (share) => `${share} % of the traffic`.replace(" ", " gets ") + ` and is watched for ${bake} min`,
        ),
        `${shares.length * bake} is the only version left, and the update goes on`,
      ]);
      const alarms = ["response-time", "server-errors", "healthy-hosts"].map(
        (id) => `slipway-prod-appointments-rollback-${id}`,
      );
      assert.deepEqual([found.alarms, found.longestMinutes], [alarms, longest]);
      assert.ok(forecastLines(found).some((line) => line.includes("or its tasks do not become healthy: slipway-")));
    });
  }

  it("has none for a service whose tasks are replaced a few at a time", async () => {
    const services = JSON.stringify({ appointments: { runtime: "fargate", strategy: "rolling" } });
    const { nodes } = await recorded("prod", { config: { "slipway:services": services } });
    assert.deepEqual(
      forecasts(nodes).map(({ workload }) => workload),
      ["slipway-prod-patients"],
    );
  });

  it("tells the same of a service in two slots, from when its tasks are healthy", async () => {
    const services = JSON.stringify({ appointments: { runtime: "fargate", strategy: "steps" } });
    const { nodes } = await recorded("prod", { config: { "slipway:services": services } });
    const [appointments] = forecasts(nodes).filter(({ workload }) => workload === "slipway-prod-appointments");
    assert.deepEqual(
      appointments!.steps.map(({ minute, what }) => `${minute} ${what}`),
      [
        "0 starts in the slot without traffic and is healthy to the load balancer; the minutes count from then",
        "0 gets 10 % of the traffic and is watched for 7 min",
        "7 gets 50 % of the traffic and is watched for 7 min",
        "14 gets 100 % of the traffic and is watched for 7 min",
        "21 is the only version left, and the update goes on",
      ],
    );
    assert.deepEqual(
      appointments!.alarms,
      ["server-errors", "response-time", "healthy-hosts"].map((id) => `slipway-prod-appointments-<slot>-new-${id}`),
    );
    assert.ok(appointments!.longestMinutes > 41);
  });
});
