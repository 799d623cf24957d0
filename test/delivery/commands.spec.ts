import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stateMachine } from "../../components/delivery/state-machine.ts";
import { aliasTarget } from "../../components/delivery/traffic-target.ts";
import { rollbackCommand, statusCommand } from "../../delivery/commands.ts";
import { smallAccount } from "../aws/account.ts";
import { fakeAws, type FakeAws } from "../aws/server.ts";
import { World } from "../aws/world.ts";

const functionName = "slipway-staging-patients";
const machineArn = `arn:aws:states:eu-west-1:123456789012:stateMachine:${functionName}-rollout`;
const alarms = [`${functionName}-errors`, `${functionName}-new-errors`];
const digest = (version: number) => `sha256:${String(version).padStart(64, "0")}`;
const imageOf = (version: number) => `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app@${digest(version)}`;

let world: World;
let aws: FakeAws;

beforeEach(async () => {
  const plan = { steps: [10, 100], bakeMinutes: 1, alarms: [alarms[1]!], smokeTest: false };
  const definition = JSON.stringify(stateMachine(plan, aliasTarget(functionName, "live")));
  world = new World(smallAccount({ functionName, latest: 14, live: "12", alarms, machineArn, definition }));
  world.minuteMillis = 1;
  aws = await fakeAws(world);
});
afterEach(() => aws.close());

/** Runs a command in this process, against the fake account. */
async function run(command: (args: string[], say: (text: string) => void) => Promise<void>, args: string[]) {
  const lines: string[] = [];
  Object.assign(process.env, aws.env);
  try {
    await command(args, (text) => void lines.push(`${text}\n`));
    return { failed: undefined, stdout: lines.join("") };
  } catch (error) {
    return { failed: (error as Error).message, stdout: lines.join("") };
  } finally {
    for (const key of Object.keys(aws.env)) delete process.env[key];
  }
}

/** Shifts that are over, each to its end. */
async function shifted(...pairs: [from: string, to: string][]): Promise<void> {
  for (const [from, to] of pairs) {
    const execution = world.start(machineArn, `${from}-to-${to}-1`, JSON.stringify({ from, to }));
    for (const deadline = Date.now() + 5000; execution.status === "RUNNING";) {
      if (Date.now() > deadline) throw new Error("the shift does not end");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    execution.startedAt = new Date(Date.now() + Number(to) * 1000);
  }
  world.moves.length = 0;
}

describe("npm run rollback", () => {
  const standard = ["--stack", "staging", "--service", "patients", "--reason", "orders fail"];
  const rollback = (...args: string[]) => run(rollbackCommand, [...standard, ...args]);

  it("gives all traffic to the last version that had it, at once, and says what to commit", async () => {
    await shifted(["12", "13"], ["13", "14"]);
    const { failed, stdout } = await rollback();
    assert.equal(failed, undefined);
    assert.deepEqual([world.moves, world.descriptions], [["13"], ["rolled back from 14 to 13: orders fail"]]);
    assert.match(
      stdout,
      /^patients: all traffic is on version 13, was on 14\npatients: answers 200 to \/health\/patients\n/,
    );
    assert.ok(
      stdout.includes(`pulumi config set slipway:image ${imageOf(13)} --stack staging, and commit Pulumi.staging.yaml`),
    );
  });

  it("goes further back when asked twice, not to where it came from", async () => {
    await shifted(["12", "13"], ["13", "14"]);
    await rollback();
    await rollback();
    assert.deepEqual(world.moves, ["13", "12"]);
  });

  it("stops a shift that is under way", async () => {
    await shifted(["12", "13"]);
    world.minuteMillis = 60_000;
    world.start(machineArn, "13-to-14-1", JSON.stringify({ from: "13", to: "14" }));
    const { failed, stdout } = await rollback("--to", "13");
    assert.deepEqual([failed, world.executions[1]!.status, world.moves.at(-1)], [undefined, "ABORTED", "13"]);
    assert.match(stdout, /^stopped the shift from version 13 to 14\n/);
  });

  it("fails when the service does not answer afterwards, with the traffic moved", async () => {
    await shifted(["12", "13"]);
    world.smokeStatus = 503;
    const { failed } = await rollback();
    assert.deepEqual(world.moves, ["12"]);
    assert.match(failed!, /version 12 has the traffic and answers 503 to \/health\/patients: roll back further/);
  });

  const refusals: [string, string[], RegExp][] = [
    [
      "a version that never had the traffic",
      ["--to", "9"],
      /^--to 9 never had all the traffic in the last 90 days, nothing was moved: use one of 13, 12$/,
    ],
    ["the version that has it", ["--to", "14"], /^--to 14 has all the traffic already: use one of 13, 12$/],
    [
      "something that is no version",
      ["--to", "latest"],
      /^--to must be last-good or a version such as 13, got "latest"$/,
    ],
    ["a reason that is none", ["--reason", " "], /^--reason is " ", nothing was moved: say why/],
    [
      "a service that does not exist",
      ["--service", "billing"],
      /^--service must be one of patients, appointments, got "billing"$/,
    ],
    [
      "a service that is not deployed",
      ["--service", "appointments"],
      /^appointments is not deployed in eu-west-1, nothing was moved: check --stack and --service$/,
    ],
    ["a stack that does not exist", ["--stack", "nowhere"], /^--stack "nowhere" has no Pulumi\.nowhere\.yaml/],
  ];
  for (const [why, args, message] of refusals) {
    it(`refuses ${why}, before anything moves`, async () => {
      await shifted(["12", "13"], ["13", "14"]);
      const { failed } = await rollback(...args);
      assert.match(failed!, message);
      assert.deepEqual(world.moves, []);
    });
  }

  it("refuses a version whose image is gone, before anything moves", async () => {
    await shifted(["12", "13"], ["13", "14"]);
    world.lostImages.add(digest(13));
    const { failed } = await rollback();
    assert.equal(
      failed,
      `version 13 runs ${imageOf(13)}, which is gone from the registry, nothing was moved: give another --to`,
    );
    assert.deepEqual(world.moves, []);
  });

  it("refuses the first deployment, which has nothing behind it", async () => {
    const { failed } = await rollback();
    assert.match(
      failed!,
      /^--to last-good finds no version before 12 that had all the traffic, nothing was moved: there is none to go back to$/m,
    );
    assert.deepEqual(world.moves, []);
  });
});

describe("npm run status", () => {
  it("shows what runs where, the shares, the shift under way and the alarms", async () => {
    world.minuteMillis = 60_000;
    const { arn } = world.start(machineArn, "12-to-13-1", JSON.stringify({ from: "12", to: "13" }));
    world.firing.add(`${functionName}-errors`);
    for (const deadline = Date.now() + 5000; world.moves.length === 0 && Date.now() < deadline;)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const { failed, stdout } = await run(statusCommand, ["--stack", "staging"]);
    assert.deepEqual(stdout.split("\n"), [
      "slipway staging in eu-west-1",
      "",
      "patients: 90 % on version 12, 10 % on version 13",
      `  version 12 runs ${imageOf(12)}`,
      `  version 13 runs ${imageOf(13)}`,
      `  shifting: 10 % on version 13, 0 min, alarms quiet; https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${arn}`,
      "  ALARM: slipway-staging-patients-errors",
      "",
      "appointments: not deployed",
      "",
    ]);
    assert.equal(failed, undefined);
  });

  it("fails with what to do where AWS does not know who asks", async () => {
    Object.assign(aws.env, { AWS_ACCESS_KEY_ID: "", AWS_CONFIG_FILE: "/none", AWS_SHARED_CREDENTIALS_FILE: "/none" });
    Object.assign(aws.env, { AWS_EC2_METADATA_DISABLED: "true" });
    const { failed } = await run(statusCommand, ["--stack", "staging"]);
    assert.equal(
      failed,
      "AWS does not know who asks (Could not load credentials from any providers): sign in to the account of staging, or set AWS_PROFILE",
    );
  });

  it("ends with exit code 1 and the usage without a stack", () => {
    const script = fileURLToPath(new URL("../../delivery/status.ts", import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
    assert.deepEqual([status, stdout, stderr], [1, "", "--stack is needed\nusage: npm run status -- --stack S\n"]);
  });
});
