import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const module = new URL("../../../../app/platform/telemetry/batched-output.ts", import.meta.url).href;

/** What a process writes that runs `body`, where `line` batches. */
function written(body: string) {
  const program = `import { batchedOutput } from ${JSON.stringify(module)}; const line = batchedOutput(process.stdout); ${body}`;
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return { stdout, status };
}

describe("batched output", () => {
  it("loses no line and changes no order", () => {
    const body =
      "for (let i = 0; i < 5000; i++) line(i + '\\n'); await new Promise((go) => setTimeout(go, 60)); line('end');";
    const lines = Array.from({ length: 5000 }, (_, i) => `${i}\n`);
    assert.deepEqual(written(body), { stdout: `${lines.join("")}end`, status: 0 });
  });

  it("writes lines of one moment together", () => {
    const body =
      "const own = process.stdout.write; let calls = 0; process.stdout.write = (...a) => (calls++, own.apply(process.stdout, a));\
      for (let i = 0; i < 99; i++) line('.'); process.once('exit', () => own.call(process.stdout, String(calls)));";
    assert.deepEqual(written(body), { stdout: `${".".repeat(99)}1`, status: 0 });
  });

  it("writes what waits when the process ends", () => {
    assert.deepEqual(written("line('last\\n'); process.exit(3);"), { stdout: "last\n", status: 3 });
  });

  it("writes what waits when the process fails", () => {
    assert.deepEqual(written("line('last\\n'); throw new Error('broken');"), {
      stdout: "last\n",
      status: 1,
    });
  });
});
