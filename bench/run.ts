import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

// Runs the measurements, each in a process of its own, one after the other: `npm run bench` all of them, `npm run bench -- policies` one.
const areas = ["start", "policies", "container-host", "graceful-stop"];
const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.find((area) => !areas.includes(area));
if (unknown !== undefined) {
  console.error(`there is no measurement of "${unknown}": use one of ${areas.join(", ")}`);
  process.exitCode = 2;
} else {
  for (const area of positionals.length > 0 ? positionals : areas) {
    const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/${area}.ts`], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
