import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../eventually.ts";
import type { Call, Cloud } from "./cloud.ts";
import { rolloutApis } from "./rollout-lane.ts";
import { sandboxes, type Run } from "./sandbox.ts";

const passed = (run: Run) => {
  assert.equal(run.code, 0, run.output);
  return run;
};

const serviceType = "aws:ecs/service:Service";
const stage = "api-stage";

/** How the service may run: as a function, or on Fargate under a strategy. */
type Way = "lambda" | "rolling" | "canary" | "steps";

/** What callers are answered by, of which each way has some: made before the stage turns, deleted after it. */
const answering = [
  serviceType,
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:lambda/alias:Alias",
  "aws:lambda/function:Function",
  "aws:lambda/permission:Permission",
  "aws:lb/listenerRule:ListenerRule",
  "aws:lb/targetGroup:TargetGroup",
  "aws:ssm/parameter:Parameter",
];

/** What takes its time: whoever does not wait for it has gone on meanwhile. */
const slow = [serviceType, "aws:lambda/permission:Permission"];

/** Resolves when nothing has changed for two seconds: what does not wait for whoever calls this is done by then. */
async function stillness({ changes }: Cloud): Promise<void> {
  let [seen, looks] = [-1, 0];
  await eventually(() => {
    looks = changes.length === seen ? looks + 1 : 0;
    seen = changes.length;
    return looks === 200;
  }, 120);
}

/** What happened around the turn of the stage, of what answers for the service: `create appointments-service`. */
function around(changes: readonly Call[]): { earlier: string[]; later: string[] } {
  const turn = changes.findIndex(({ action, name }) => action === "update" && name === stage);
  assert.notEqual(turn, -1, "the stage did not turn");
  const told = (some: readonly Call[]) =>
    some
      .filter(({ type, name }) => answering.includes(type) && /^(api-)?appointments-/.test(name))
      .map(({ action, name }) => `${action} ${name}`)
      .sort();
  return { earlier: told(changes.slice(0, turn)), later: told(changes.slice(turn)) };
}

describe("a service that changes its runtime under the plain CLI", () => {
  const lane = sandboxes();
  // Whoever deploys asks CloudWatch first.
  rolloutApis(lane);

  /** The dev stack with appointments as a function, deployed once. */
  async function deployed() {
    const folder = lane.box.project();
    const pulumi = (...args: string[]) => lane.box.pulumi(folder, ...args);
    const up = (...args: string[]) => pulumi("up", "--yes", "--skip-preview", ...args);
    passed(await pulumi("stack", "init", "dev"));
    const file = join(folder, "Pulumi.dev.yaml");
    const text = readFileSync(file, "utf8");
    /** Writes the way into the stack's file, as people do. */
    const choose = (way: Way, more: object = {}) => {
      const settings = way === "lambda" ? {} : { runtime: "fargate", strategy: way, ...more };
      const line = `  slipway:services: ${JSON.stringify({ appointments: settings })}`;
      writeFileSync(file, text.replace("config:\n", `config:\n${line}\n`));
    };
    passed(await up());
    lane.box.cloud.drain();
    /** The changes of the update to `way`, oldest first. */
    const change = async (way: Way): Promise<Call[]> => {
      choose(way);
      passed(await up());
      return lane.box.cloud.changes.splice(0);
    };
    return { pulumi, up, choose, change };
  }

  const alike = ["blue", "green", "rule", "test-rule", "task"];
  const probe = ["probe-run-function", "probe-run-live"];
  const parts: Record<Way, string[]> = {
    lambda: ["api-appointments-permission", "function", "live", "rollout-test"],
    rolling: [...alike, "service"],
    canary: [...alike, "service", ...probe],
    steps: [...alike, "blue-service", "green-service", "revision"],
  };
  const named = (action: string, way: Way) =>
    parts[way].map((part) => `${action} ${part.startsWith("api-") ? part : `appointments-${part}`}`).sort();

  it("is answered by what there was until what there will be can answer, from each way to each that may follow", async () => {
    const { change } = await deployed();
    const { cloud } = lane.box;
    cloud.before = async ({ action, type }) => {
      if (action === "create" && slow.includes(type)) await stillness(cloud);
    };
    let before: Way = "lambda";
    for (const way of ["rolling", "canary", "rolling", "lambda", "canary", "lambda", "steps", "lambda"] as const) {
      const changes = await change(way);
      const told: string = `${before} to ${way}`;
      if (before !== "lambda" && way !== "lambda") {
        // What tries new revisions under a strategy that shifts is there before the service is told of it, and goes after it.
        const lines = changes.map(({ action, name }) => `${action} ${name}`);
        const tries = (change: string) => /-(probe-[a-z-]+|hook-(role|grant))$/.test(change);
        const verb = way === "canary" ? "create" : "delete";
        const tested = lines.filter(tries);
        assert.ok(tested.length > 5 && tested.every((change) => change.startsWith(verb)), `${told}: ${lines.join()}`);
        const moved = ["update appointments-service"];
        assert.deepEqual(lines, way === "canary" ? [...tested, ...moved] : [...moved, ...tested], told);
      } else {
        const { earlier, later } = around(changes);
        assert.deepEqual([earlier, later], [named("create", way), named("delete", before)], told);
      }
      before = way;
    }
  });

  it("is still the function to callers when its tasks do not start, and only then no more", async () => {
    const { pulumi, up, choose, change } = await deployed();
    const { cloud } = lane.box;
    for (const [way, broken] of [
      ["canary", "appointments-service"],
      ["steps", "appointments-blue-service"],
    ] as const) {
      cloud.before = async ({ action, name }) => {
        if (action !== "create" || name !== broken) return;
        await stillness(cloud);
        throw new Error("the tasks do not start");
      };
      choose(way);
      const failed = await up();
      assert.match(failed.output, /the tasks do not start/);
      const touched = cloud.changes.splice(0).map(({ action, name }) => `${action} ${name}`);
      const turned = ["update api-api", "create api-deployment", `update ${stage}`, ...named("delete", "lambda")];
      assert.deepEqual([failed.code === 0, touched.filter((change) => turned.includes(change))], [false, []]);
    }
    cloud.before = () => undefined;
    const { earlier } = around(await change("steps"));
    assert.ok(earlier.includes("create appointments-blue-service"));

    // A further revision leaves the API alone, and the preview knows it.
    choose("steps", { memoryMiB: 1024 });
    const { steps } = JSON.parse(passed(await pulumi("preview", "--json")).stdout);
    const shown = steps.filter(({ op }: { op: string }) => op !== "same");
    assert.deepEqual(
      shown.map(({ op, urn }: { op: string; urn: string }) => `${op} ${urn.split("::").at(-1)}`).sort(),
      ["replace appointments-task", "update appointments-revision"],
    );
  });
});
