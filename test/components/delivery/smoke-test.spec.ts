import assert from "node:assert/strict";
import { stateMachine } from "../../../components/delivery/state-machine.ts";
import { aliasTarget, type SmokeTest } from "../../../components/delivery/traffic-target.ts";
import { runAliasMachine } from "./alias-machine.ts";

const plan = { partition: "aws", steps: [100], bakeMinutes: 1, alarms: ["errors"], smokeTest: true };
const machine = (smokeTest: SmokeTest, timeoutSeconds?: number) =>
  stateMachine(plan, aliasTarget("slipway-dev-patients", "live", { smokeTest, timeoutSeconds }));
const byRequest = machine({ request: { method: "GET", path: "/health/patients" } }, 15);
const byFunction = machine({ functionName: "probe" });

const refusal = [["13"], "SmokeTestFailed", "version 14 did not pass the smoke test"];
const leaked = "postgres://u:pw@db";

function failing(name: string) {
  throw Object.assign(new Error(JSON.stringify({ errorType: name, errorMessage: leaked })), { name });
}

describe("smoke test of a rollout", () => {
  for (const [what, answer] of [
    ["answers 503", { Payload: { statusCode: 503 } }],
    ["answers 400", { Payload: { statusCode: 400 } }],
    ["answers without a status", { Payload: { message: "hello" } }],
    ["answers a text", { Payload: "hello" }],
    ["answers nothing", { Payload: null }],
    ["answers a status that is no number", { Payload: { statusCode: "200" } }],
  ] as const) {
    it(`gives no traffic to a version that ${what}`, async () => {
      const { moves, error, cause } = await runAliasMachine(byRequest, { smoke: () => answer });
      assert.deepEqual([moves, error, cause], refusal);
    });
  }

  for (const [what, definition] of [
    ["a version", byRequest],
    ["the version that a function of the caller's", byFunction],
  ] as const) {
    it(`gives no traffic to ${what} fails on, tries it once, and tells nobody what it said`, async () => {
      let runs = 0;
      const { entered, ...ended } = await runAliasMachine(definition, { smoke: () => (++runs, failing("Error")) });
      assert.deepEqual([ended.moves, ended.error, ended.cause], refusal);
      assert.equal(runs, 1);
      assert.ok(!JSON.stringify([entered, ended]).includes(leaked));
    });

    it(`tries ${what} is tried by again when it was Lambda itself that failed`, async () => {
      let runs = 0;
      const smoke = () => (++runs < 3 ? failing("Lambda.TooManyRequestsException") : { Payload: { statusCode: 204 } });
      assert.deepEqual((await runAliasMachine(definition, { smoke })).moves, ["13 14:1", "14"]);
    });
  }

  it("forgets what a version has answered once that was judged", async () => {
    const smoke = () => ({ Payload: { statusCode: 200, body: leaked } });
    const { entered, moves } = await runAliasMachine(byRequest, { smoke });
    const after = entered.slice(entered.findIndex(({ name }) => name === "Shift to 100 per cent"));
    assert.deepEqual([moves, JSON.stringify(after).includes(leaked)], [["13 14:1", "14"], false]);
  });

  it("waits for as long as the function may run", () => {
    const limit = ({ States }: typeof byRequest) => States["Smoke test"]!.TimeoutSeconds;
    const known = machine({ functionName: "probe", timeoutSeconds: 60 });
    assert.deepEqual([limit(byRequest), limit(byFunction), limit(known)], [25, 910, 70]);
  });
});
