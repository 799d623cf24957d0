import assert from "node:assert/strict";
import { refuseRollout } from "../../local/second-version.ts";
import { recorded, runtimes } from "../recorded.ts";

describe("the second version of a service on the laptop", () => {
  it("is one of a service with a rollout of its own", async () => {
    const { nodes } = await recorded("dev");
    refuseRollout("patients", nodes);
    refuseRollout("appointments", nodes);
    const services = JSON.stringify({ appointments: { runtime: "fargate", strategy: "steps" } });
    const { nodes: inSlots } = await recorded("dev", { config: { "slipway:services": services } });
    refuseRollout("appointments", inSlots);
  });

  it("fails on any other, with the choice there is", async () => {
    const message = '--rollout must be a service that the stack shifts step by step, got "billing": ';
    const { nodes } = await recorded("dev");
    assert.throws(() => refuseRollout("billing", nodes), { message: `${message}use one of patients, appointments` });
    const { nodes: onFargate } = await recorded("dev", { config: runtimes("fargate", "fargate") });
    assert.throws(() => refuseRollout("billing", onFargate), { message: `${message}this stack has none` });
  });
});
