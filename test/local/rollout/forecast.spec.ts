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
    assert.equal(appointments!.alarms.length, 6);
    assert.ok(appointments!.longestMinutes > 41);
  });
});
