import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { changesSince, permissionsAt, permissionsOf, snapshotPath, written } from "../../local/snapshots.ts";
import { projectDirectory, stackNames } from "../../local/stack.ts";
import type { Snapshot } from "../../policies/permissions/snapshot.ts";
import { recorded } from "../recorded.ts";

const run = promisify(execFile);
const command = (...args: string[]) =>
  run(process.execPath, [join(projectDirectory, "local/permissions.ts"), ...args], { cwd: projectDirectory });
const committed = (stack: string) => readFileSync(join(projectDirectory, snapshotPath(stack)), "utf8");

describe("npm run permissions", () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), "permissions-"))));
  after(() => rmSync(folder, { recursive: true }));

  const changed = (change: (snapshot: any) => void): string => {
    const snapshot = JSON.parse(committed("dev"));
    change(snapshot);
    const file = join(folder, "before.json");
    writeFileSync(file, JSON.stringify(snapshot));
    return file;
  };

  it("keeps the committed snapshot of each stack up to date: run it with --write and commit what changed", async () => {
    for (const stack of await stackNames()) {
      const now = await permissionsOf(stack, await recorded(stack));
      assert.equal(committed(stack), written(now), `${snapshotPath(stack)} is out of date`);
    }
  });

  it("prints nothing when nothing changed", async () => {
    assert.equal(changesSince(snapshotPath("dev"), "dev", await permissionsOf("dev", await recorded("dev"))), "");
  });

  it("prints what a principal gains and loses", async () => {
    const file = changed(({ principals }) => {
      const [logs, traces] = principals["patients-role"].policies["patients-grant"].Statement;
      logs.Action = ["logs:PutLogEvents", "logs:DeleteLogStream"];
      traces.Resource = ["arn:aws:xray:eu-west-1:<account>:group/one"];
    });
    const { stdout, stderr } = await command("--stack", "dev", "--against", file);
    assert.equal(stderr, "");
    const streams = "`arn:aws:logs:eu-west-1:<account>:log-group:/aws/lambda/slipway-dev-patients:log-stream:*`";
    assert.match(stdout, /^### Permissions of dev: 3 wider, 1 narrower\n\n#### `patients-role` may do\n/);
    assert.ok(stdout.includes(`| ➕ gains | \`logs:CreateLogStream\` | ${streams} |  |`), stdout);
    assert.ok(stdout.includes(`| ➖ loses | \`logs:DeleteLogStream\` | ${streams} |  |`), stdout);
    assert.ok(stdout.includes("| ➕ gains | `xray:PutTraceSegments` `xray:PutTelemetryRecords` | `*` |  |"), stdout);
  });

  it("compares with the snapshot that a commit holds", async () => {
    const { stdout: head } = await run("git", ["rev-parse", "HEAD"], { cwd: projectDirectory }).catch(() => ({
      stdout: "",
    }));
    if (head === "") return; // an archive without history
    const { stdout: text } = await run("git", ["show", `HEAD:./${snapshotPath("dev")}`], { cwd: projectDirectory });
    assert.deepEqual(permissionsAt("HEAD", "dev"), JSON.parse(text) as Snapshot);
    assert.deepEqual(permissionsAt("HEAD", "no-such-stack"), { principals: {}, resources: {} });
  });

  for (const [title, against, message] of [
    ["a ref that does not exist", "no-such-ref", /--against must be a snapshot file or a git ref, got "no-such-ref"/],
    ["a file that is no snapshot", "package.json", /package.json is no snapshot of permissions/],
    ["a file that is no JSON", "README.md", /README.md is no snapshot of permissions/],
  ] as const) {
    it(`fails on ${title}`, () => assert.throws(() => permissionsAt(against, "dev"), message));
  }

  it("fails on a stack that does not exist", () =>
    assert.rejects(permissionsOf("nowhere"), /stack "nowhere" has no Pulumi.nowhere.yaml/));

  for (const [title, args, message] of [
    ["nothing to do", [], /^say what to do\nusage: npm run --silent permissions/],
    ["a word it does not know", ["--agianst", "HEAD"], /Unknown option '--agianst'.*\nusage:/s],
  ] as const) {
    it(`fails on ${title}`, async () => {
      await assert.rejects(command(...args), (error: any) => {
        assert.deepEqual([error.code, error.stdout], [1, ""]);
        assert.match(error.stderr, message);
        return true;
      });
    });
  }
});
