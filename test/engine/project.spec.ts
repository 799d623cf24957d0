import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolloutApis, until } from "./rollout-lane.ts";
import { sandboxes, type Run } from "./sandbox.ts";

const judged = ["--policy-pack", "policies"];

const passed = (run: Run) => {
  assert.equal(run.code, 0, run.output);
  return run;
};

describe("the project under the plain CLI", () => {
  const lane = sandboxes();
  const apis = rolloutApis(lane);

  /** The project with one stack ready to go: what is typed after the stack is chosen. */
  async function project(stack: string) {
    const folder = lane.box.project();
    passed(await lane.box.pulumi(folder, "stack", "init", stack));
    const pulumi = (...args: string[]) => lane.box.pulumi(folder, ...args);
    return {
      pulumi,
      start: (...args: string[]) => lane.box.start(folder, ...args),
      up: (...args: string[]) => pulumi("up", "--yes", "--skip-preview", ...args),
      state: async () => passed(await pulumi("stack", "export")).stdout,
      /** What the preview would create, by URN, under the policy pack. */
      shown: async () => {
        const log = join(lane.box.directory, "events");
        passed(await pulumi("preview", "--event-log", log, ...judged));
        const events = readFileSync(log, "utf8").trim().split("\n");
        return events.flatMap((line) => JSON.parse(line).resourcePreEvent?.metadata.urn ?? []).sort() as string[];
      },
    };
  }

  for (const stack of ["dev", "staging", "prod"]) {
    it(`shows of ${stack} under the policy pack what the update then makes, and is quiet afterwards`, async () => {
      const { pulumi, up, state, shown } = await project(stack);
      const previewed = await shown();
      assert.deepEqual(lane.box.cloud.drain(), []);

      passed(await up(...judged));
      const made: { urn: string }[] = JSON.parse(await state()).deployment.resources;
      assert.deepEqual(made.map(({ urn }) => urn).sort(), previewed);
      lane.box.cloud.drain();
      passed(await up("--expect-no-changes"));
      passed(await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"));
      assert.deepEqual(lane.box.cloud.drain(), []);
    });
  }

  it("fails on a Node that cannot strip types, with what to do", async () => {
    const folder = lane.box.project();
    const file = join(folder, "Pulumi.yaml");
    const old = "nodeargs: --no-experimental-strip-types";
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("typescript: false", (option) => `${option}\n    ${old}`),
    );
    passed(await lane.box.pulumi(folder, "stack", "init", "dev"));
    const { code, output } = await lane.box.pulumi(folder, "preview");
    assert.notEqual(code, 0);
    assert.match(output, /error: the program needs Node 22\.18 or newer, got v[\d.]+: put a newer node first on PATH/);
    assert.doesNotMatch(output, /unhandled|ERR_|\n +at /);
  });

  it("touches only what one setting reaches", async () => {
    const { pulumi, up } = await project("dev");
    passed(await up());
    lane.box.cloud.drain();

    passed(await pulumi("config", "set", "--path", "slipway:services.patients.memoryMiB", "1024"));
    passed(await up());
    assert.deepEqual(lane.box.cloud.drain(), [
      "update aws:cloudwatch/metricAlarm:MetricAlarm patients-rollout-new-duration",
      "update aws:cloudwatch/metricAlarm:MetricAlarm patients-rollout-new-errors",
      "update aws:cloudwatch/metricAlarm:MetricAlarm patients-rollout-new-server-errors",
      "update aws:lambda/alias:Alias patients-live",
      "update aws:lambda/alias:Alias patients-rollout-test",
      "update aws:lambda/function:Function patients-function",
    ]);
    assert.deepEqual(apis.world.moves, ["1 2:1", "2"]);
  });

  it("follows the shift to its end after it was killed in the middle", async () => {
    const { pulumi, up, start } = await project("dev");
    passed(await pulumi("config", "set", "--path", "slipway:rolloutSteps[0]", "50"));
    passed(await pulumi("config", "set", "--path", "slipway:rolloutSteps[1]", "100"));
    passed(await up());
    passed(await pulumi("config", "set", "--path", "slipway:services.patients.memoryMiB", "1024"));

    const release = apis.held(1);
    const { run, crash } = start("up", "--yes", "--skip-preview");
    await until(() => apis.world.moves.length === 1);
    crash();
    assert.equal((await run).code, null);
    passed(await pulumi("cancel", "--yes"));

    apis.world.calls.length = 0;
    const resumed = up();
    // Once to see whose shift it is, and then to follow it.
    await until(() => apis.world.calls.filter((call) => call === "DescribeExecution").length > 1);
    release();
    const { output } = passed(await resumed);
    assert.match(output, /patients: follows the shift to version 2 that an earlier run started/);
    assert.deepEqual([apis.world.moves, apis.world.executions.length], [["1 2:0.5", "1 2:1", "2"], 1]);
    passed(await up("--expect-no-changes"));
  });

  it("completes with the next up what failed in the middle", async () => {
    const { up } = await project("dev");
    const { cloud } = lane.box;
    cloud.before = ({ action, type }) => {
      if (action === "create" && type === "aws:rds/instance:Instance") throw new Error("no capacity in this zone");
    };
    const failed = await up();
    assert.notEqual(failed.code, 0);
    assert.match(failed.output, /no capacity in this zone/);
    const before = [...cloud.things.values()];

    cloud.before = () => undefined;
    passed(await up());
    assert.ok(before.every((thing) => cloud.things.get(`${thing.type} ${thing.id}`) === thing));
    const made = cloud.drain().map((line) => line.replace("create ", ""));
    assert.equal(new Set(made).size, made.length);
    passed(await up("--expect-no-changes"));
  });

  it("keeps secrets out of the state", async () => {
    const { up, state } = await project("dev");
    const planted = "planted-7f3a9c-planted";
    lane.box.cloud.answers = {
      "aws:cognito/userPoolClient:UserPoolClient": () => ({ clientSecret: planted }),
      "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({ password: planted, authorizationToken: planted }),
      "aws:rds/instance:Instance": () => ({ password: planted }),
    };
    passed(await up());
    assert.ok(!(await state()).includes(planted));
  });

  it("leaves nothing of dev behind on destroy but what is meant to stay", async () => {
    const { pulumi, up } = await project("dev");
    passed(await up());
    passed(await pulumi("destroy", "--yes", "--skip-preview"));
    const left = [...lane.box.cloud.things.values()].map(({ type, name }) => `${type} ${name}`).sort();
    // The account's one role for API Gateway logs is shared with other stacks; an image is deleted with its repository.
    assert.deepEqual(left, [
      "aws:apigateway/account:Account api-logging-settings",
      "aws:iam/role:Role api-logging-role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment api-logging-grant",
      "docker-build:index:Image image-image",
    ]);
  });

  it("fails to destroy prod while its data is protected", async () => {
    const { pulumi, up } = await project("prod");
    passed(await up());
    lane.box.cloud.drain();
    const refused = await pulumi("destroy", "--yes");
    assert.notEqual(refused.code, 0);
    assert.match(refused.output, /protect/);
    assert.deepEqual(lane.box.cloud.drain(), []);
  });
});
