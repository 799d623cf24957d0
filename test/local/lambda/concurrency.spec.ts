import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaHost, type LambdaHostOptions } from "../../../local/lambda/lambda-host.ts";
import { eventually } from "../../eventually.ts";
import { appDirectory, functionSpec } from "./function-spec.ts";

/** Whether the process runs; one that ended and was not collected yet does not. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "latin1"));
  } catch {
    return false;
  }
}

describe("LambdaHost under load", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-lambda-"));
  const hosts: LambdaHost[] = [];
  let begun = 0;
  const open = (options: Partial<LambdaHostOptions> = {}, reservedConcurrency?: number) => {
    const functions = [functionSpec("hold", { ...(reservedConcurrency !== undefined && { reservedConcurrency }) })];
    const host = new LambdaHost({ functions, appDirectory, onLog: () => (begun += 1), ...options });
    hosts.push(host);
    return host;
  };
  const hold = async (host: LambdaHost, until: string) =>
    JSON.parse((await host.invoke("hold", undefined, { until: join(folder, until) })).payload) as number;
  const release = (until: string) => writeFileSync(join(folder, until), "");

  beforeEach(() => (begun = 0));
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.stop())));
  after(() => rmSync(folder, { recursive: true }));

  it("runs one invocation per process at a time and adds processes", async () => {
    const host = open();
    const three = [hold(host, "a"), hold(host, "a"), hold(host, "a")];
    await eventually(() => begun === 3);
    release("a");
    assert.equal(new Set(await Promise.all(three)).size, 3);
  });

  it("stays with one process for invocations that follow each other at once", async () => {
    const host = open();
    release("g");
    const pids = new Set<number>();
    for (const end = Date.now() + 250; Date.now() < end;) pids.add(await hold(host, "g"));
    assert.equal(pids.size, 1);
  });

  it("lets invocations wait when all processes it may have are busy", async () => {
    const host = open({ maxProcesses: 2 });
    const eight = Array.from({ length: 8 }, () => hold(host, "b"));
    await eventually(() => begun === 2);
    release("b");
    assert.equal(new Set(await Promise.all(eight)).size, 2);
  });

  it("fails with a throttle beyond the reserved concurrency", async () => {
    const host = open({}, 1);
    const first = hold(host, "c");
    await assert.rejects(hold(host, "c"), { code: "TooManyRequestsException", statusCode: 429 });
    release("c");
    await first;
    await hold(host, "c");
  });

  it("fails with a throttle when the reserved concurrency is zero", async () => {
    await assert.rejects(hold(open({}, 0), "c"), { code: "TooManyRequestsException" });
  });

  it("fails with a throttle when too many wait", async () => {
    const host = open({ maxProcesses: 1, maxWaiting: 1 });
    const two = [hold(host, "d"), hold(host, "d")];
    await assert.rejects(hold(host, "d"), { code: "TooManyRequestsException" });
    release("d");
    await Promise.all(two);
  });

  it("ends processes that nobody uses", async () => {
    const host = open({ idleMillis: 20 });
    release("e");
    const pid = await hold(host, "e");
    await eventually(() => host.pids.length === 0 && !alive(pid));
    assert.notEqual(await hold(host, "e"), pid);
  });

  it("starts processes ahead of the first invocation", async () => {
    const host = open();
    host.warm();
    await eventually(() => host.pids.length === 1);
    release("f");
    assert.equal(await hold(host, "f"), host.pids[0]);
  });

  it("leaves no process behind when it stops, whatever they do", async () => {
    const host = open({ functions: [functionSpec("hang"), functionSpec("spin"), functionSpec("echo")] });
    await host.invoke("echo", undefined, {});
    const running = ["hang", "spin"].map((name) => host.invoke(name, undefined, {}));
    await eventually(() => begun === 2);
    const { pids } = host;
    await host.stop();
    assert.deepEqual(pids.filter(alive), []);
    assert.deepEqual(
      (await Promise.all(running)).map(({ functionError }) => functionError),
      ["Unhandled", "Unhandled"],
    );
    await assert.rejects(host.invoke("echo", undefined, {}), { code: "TooManyRequestsException" });
  });

  it("leaves no process behind when the host itself is killed", async () => {
    const program = join(import.meta.dirname, "fixtures/host.ts");
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    await eventually(() => printed.endsWith("\n"));
    const pids = JSON.parse(printed) as number[];
    assert.equal(pids.filter(alive).length, 3);
    child.kill("SIGKILL");
    await eventually(() => !pids.some(alive));
  });
});
