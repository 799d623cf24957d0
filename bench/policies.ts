import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asResource } from "../local/preview.ts";
import { recordStack } from "../local/stack.ts";
import { packConfig } from "../policies/config.ts";
import { answer } from "../policies/iam/documents.ts";
import { judge } from "../policies/judge.ts";
import { permissionRules } from "../policies/permission-rules.ts";
import { documents } from "./policies/documents.ts";
import { stackOf } from "./policies/stack.ts";
import { line, median, timed } from "./measure.ts";

const root = join(import.meta.dirname, "..");
const launcher = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

await packStart(9);

const lines = documents(361);
line("361 documents, first time", await timed(() => lines.forEach(answer)));
line("361 documents, again", await timed(() => lines.forEach(answer)));
const longer = documents(1444);
line("1444 documents, four times as many", await timed(() => longer.forEach(answer)));

for (const roles of [25, 100]) {
  const resources = stackOf(roles);
  const rules = { rules: permissionRules, waivers: [] };
  line(`${roles} roles, every rule over permissions`, await timed(() => judge(resources, rules)));
}

const { nodes } = await recordStack("prod");
const options = { tier: "prod", config: packConfig("prod", "prod") } as const;
const runs: number[] = [];
for (let run = 0; run < 5; run += 1) runs.push(await timed(() => judge(nodes.map(asResource), options)));
line(`the stack prod, ${nodes.length} resources, every rule`, median(runs), `first time ${runs[0]!.toFixed(0)} ms`);

/** Start of the pack's process until it listens, taken in turn with that of a pack without rules. */
async function packStart(times: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "empty-pack-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{"name":"empty-pack","version":"0.0.1","main":"start.cjs"}');
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: start.cjs\n");
    const program = 'const { PolicyPack } = require("@pulumi/policy"); new PolicyPack("empty", { policies: [] });';
    writeFileSync(join(folder, "start.cjs"), program);
    await listening(join(root, "policies"));
    const [full, empty]: [number[], number[]] = [[], []];
    for (let run = 0; run < times; run += 1) {
      full.push(await timed(() => listening(join(root, "policies"))));
      empty.push(await timed(() => listening(folder)));
    }
    const remark = `a pack without rules ${median(empty).toFixed(0)} ms, ratio ${(median(full) / median(empty)).toFixed(2)}`;
    line("start of the pack", median(full), remark);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function listening(cwd: string): Promise<void> {
  const pack = spawn(process.execPath, [launcher, "127.0.0.1:1", ".", "-typescript=false"], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await Promise.race([once(pack.stdout, "data"), once(pack, "exit")]);
  if (pack.exitCode !== null) throw new Error(`the pack in ${cwd} ended with code ${pack.exitCode}: see above`);
  pack.kill();
  await once(pack, "exit");
}
