import { randomBytes } from "node:crypto";
import { accessToken } from "./access-token.ts";
import { startLane, type Lane } from "./lane.ts";
import { portOf } from "./port.ts";
import { treeOf } from "./tree.ts";
import { verdictOf } from "./verdict.ts";

const began = performance.now();
let lane: Lane | undefined;
let ending = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());

try {
  const starting = startLane({
    port: portOf(process.env.PORT),
    databaseUrl: process.env.DATABASE_URL,
    onPreview: (preview) => {
      console.log([...treeOf(preview.nodes), "", ...verdictOf(preview), ""].join("\n"));
    },
    onUp: (what, detail) => console.log(`${what.padEnd(10)} ${detail}`),
    onRequest: ({ method, path, status, latencyMillis }) =>
      console.log(`${method} ${path} ${status} ${latencyMillis} ms`),
    onLog: (log) => void (!ending && worthReading(log.line) && console.log(`${log.functionName}: ${log.line}`)),
  });
  lane = await starting;
  if (ending) await lane.stop();
  else await invite(lane);
} catch (error) {
  if (!ending) console.error((error as Error).message);
  process.exitCode = ending ? 0 : 1;
}

async function invite({ url, identity }: Lane): Promise<void> {
  const user = { username: "you@example.com", password: `Aa1-${randomBytes(9).toString("base64url")}` };
  await identity.createUser(user);
  console.log(`user       ${user.username} with password ${user.password}`);
  console.log(`ready      in ${((performance.now() - began) / 1000).toFixed(1)} s: ${url}\n`);
  const token = await accessToken(identity);
  const header = token ? ` -H "Authorization: Bearer ${token}"` : "";
  console.log(`curl${header} ${url}/patients\n\nCtrl-C stops everything`);
}

/** Whether a function's line tells of trouble. The others tell of requests, which have a line each already. */
function worthReading(line: string): boolean {
  return !line.startsWith("{") || /"level":"(WARN|ERROR|FATAL|CRITICAL)"/i.test(line);
}

/** A second signal while stopping changes nothing: every part is on its way down already. */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await lane?.stop();
}
