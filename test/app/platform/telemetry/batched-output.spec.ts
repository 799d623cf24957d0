import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const module = new URL("../../../../app/platform/telemetry/batched-output.ts", import.meta.url).href;

/** What a process writes that runs `body` after it has begun to batch. */
function written(body: string) {
  const program = `import { batchedOutput } from ${JSON.stringify(module)}; const batch = batchedOutput(process.stdout); ${body}`;
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return { stdout, status };
}

describe("batched output", () => {
  it("loses no line and changes no order", () => {
    const body =
      "for (let i = 0; i < 3; i++) { batch(); console.log(i); await new Promise((go) => setTimeout(go, 15)); }";
    assert.deepEqual(written(body), { stdout: "0\n1\n2\n", status: 0 });
  });

  it("writes what waits when the process ends", () => {
    assert.deepEqual(written("batch(); console.log('last'); process.exit(3);"), { stdout: "last\n", status: 3 });
  });

  it("writes what waits when the process fails", () => {
    assert.deepEqual(written("batch(); console.log('last'); throw new Error('broken');"), {
      stdout: "last\n",
      status: 1,
    });
  });
});
