import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Node } from "../../../local/graph.ts";
import { AliasTable } from "../../../local/lambda/aliases.ts";
import { LocalRollouts } from "../../../local/rollout/local-rollouts.ts";
import { told } from "../../../local/rollout/telling.ts";
import type { EnteredState } from "../../../local/rollout/machine.ts";
import { readListeners } from "../../../local/service/balancer-spec.ts";
import { ServiceHost } from "../../../local/service/service-host.ts";
import { readServices } from "../../../local/service/service-spec.ts";
import { withEnvironment } from "../../app/clinic.ts";
import { eventually } from "../../eventually.ts";
import { recorded } from "../../recorded.ts";

const family = "slipway-staging-patients";
const inSlots = { "slipway:services": JSON.stringify({ patients: { runtime: "fargate", strategy: "steps" } }) };
const minuteMillis = 50;

/** A service without a database, that says which revision it is and fails where that is what is wrong with it. */
const server = `
import { createServer } from "node:http";
const { PORT, FAULT = "" } = process.env;
createServer(({ url }, response) => {
  response.writeHead(url === "/alive" ? 200 : FAULT === "broken" ? 500 : 200).end();
}).listen(Number(PORT), "127.0.0.1");
process.once("SIGTERM", () => process.exit());
`;

describe("local rollouts of a service in two slots", () => {
  let nodes: Node[];
  let appDirectory: string;
  let host: ServiceHost;
  let rollouts: LocalRollouts;
  const served: string[] = [];
  before(async () => {
    ({ nodes } = await recorded("staging", { config: inSlots }));
    appDirectory = mkdtempSync(join(tmpdir(), "slipway-slots-"));
    mkdirSync(join(appDirectory, "hosts"));
    writeFileSync(join(appDirectory, "hosts", "server.ts"), server);
    writeFileSync(join(appDirectory, "package.json"), '{"type":"module"}');
    host = await ServiceHost.start({
      ...{ nodes, services: readServices(nodes), appDirectory, healthIntervalMillis: 20 },
      environment: () => ({}),
      keys: async () => ({ keys: [] }),
      onServed: (request) => {
        rollouts.served(request);
        served.push(request.target.version!);
      },
    });
    const functions = { publish: () => undefined, invoke: () => assert.fail("there is no function") };
    const lane = { nodes, functions: [], aliases: new AliasTable(), host: functions, services: () => host };
    rollouts = new LocalRollouts({ ...lane, minuteMillis });
  });
  after(async () => {
    await host.stop();
    rmSync(appDirectory, { recursive: true });
  });

  /** Shifts to a revision with a fault while requests come in, as fast as they are answered. */
  async function shift(fault = "") {
    const to = rollouts.publish(family, { FAULT: fault });
    const [{ loadBalancerArn, port }] = readListeners(nodes) as [ReturnType<typeof readListeners>[0]];
    const url = `${host.urlOf({ loadBalancerArn, port })}/patients`;
    const statuses = new Set<number>();
    const lines: string[] = [];
    const shares = new Map<string, number>();
    let over = false;
    served.length = 0;
    const onEntered = (entered: EnteredState) => {
      const line = told(entered);
      if (!line) return;
      if (served.length > 0) {
        const last = lines.filter((one) => one.includes("%")).at(-1);
        if (last) shares.set(last, served.filter((version) => version === to).length / served.length);
      }
      served.length = 0;
      lines.push(line);
    };
    let answered = 0;
    const ask = async () => {
      for (; !over; answered++) statuses.add((await fetch(url)).status);
    };
    const asking = Promise.all([ask(), ask(), ask(), ask()]);
    // On a busy machine requests take longer than minutes: an alarm, and we, need some to see.
    const beforeLook = () => {
      const enough = answered + 40;
      return eventually(() => answered >= enough);
    };
    const ended = await rollouts.shift(family, to, { onEntered, beforeLook });
    over = true;
    await asking;
    return { to, ended, lines, shares, statuses };
  }

  const now = () =>
    ["blue", "green"].map((slot) => {
      const { taskDefinition, desiredCount } = host.service(`${family}-${slot}`)!.state;
      return `${slot} ${taskDefinition.split(":").at(-1)} x${desiredCount}`;
    });

  it("take a revision up the steps of the stack's own state machine, and requests with it", async () => {
    assert.deepEqual([now(), host.running], [["blue 1 x2", "green 1 x0"], [`${family}-blue`]]);
    const { ended, lines, shares, statuses } = await shift();
    assert.deepEqual([ended, [...statuses]], [{ status: "SUCCEEDED" }, [200]]);
    assert.deepEqual(lines, [
      "the tasks of version 2 start",
      "version 2 is tried before it has any traffic",
      "10 % on version 2",
      "50 % on version 2",
      "100 % on version 2",
      "the tasks of version 1 end",
    ]);
    const [tenth, half, all] = [...shares.values()] as [number, number, number];
    assert.ok(tenth > 0 && tenth < half && half < all && all > 0.95, `${tenth}, ${half}, ${all}`);
    assert.deepEqual([now(), host.running], [["blue 1 x0", "green 2 x2"], [`${family}-green`]]);
  });

  it("keep the port for next revisions apart, behind which a probe asks for their health", async () => {
    const [, test] = readListeners(nodes);
    const url = host.urlOf({ loadBalancerArn: test!.loadBalancerArn, port: 9080 });
    assert.notEqual(url, host.urlOf(readListeners(nodes)[0]!));
    const restore = withEnvironment({ PROBE_URL: `${url}/health/patients`, POWERTOOLS_LOG_LEVEL: "SILENT" });
    try {
      const { handler } = await import("../../../app/hosts/probe.ts");
      // The state machine moves this rule only where a smoke test asks for it: it is blue's, which has been stopped.
      assert.deepEqual(await handler({}, undefined, 1), { hookStatus: "FAILED" });
      const [rule] = test!.rules;
      host.rules.set(
        rule!.arn,
        host.rules
          .find(rule!.arn)
          .toReversed()
          .map(({ arn }, at) => ({ arn, weight: at === 0 ? 100 : 0 })),
      );
      assert.deepEqual(await handler({}, undefined, 1), { hookStatus: "SUCCEEDED" });
    } finally {
      restore();
    }
  });

  it("give the traffic back to the other slot when the revision answers 500", async () => {
    const before = now();
    const { to, ended, lines } = await shift("broken");
    const slot = before[0]!.endsWith("x0") ? "blue" : "green";
    const cause = new RegExp(`^${family}-${slot}-new-server-errors fired at \\d+ per cent on version ${to}$`);
    assert.deepEqual([ended.status, ended.error], ["FAILED", "AlarmFired"]);
    assert.match(ended.cause!, cause);
    assert.match(lines.at(-1)!, /^all traffic is back on version/);
    assert.equal(now().filter((one) => one.endsWith("x0")).length, 1);
    const url = await fetch(`${host.urlOf(readListeners(nodes)[0]!)}/patients`);
    assert.equal(url.status, 200);
  });

  it("take off a revision whose targets are all gone", async () => {
    const to = rollouts.publish(family);
    let slot = "";
    const onEntered = ({ name }: EnteredState) => {
      if (name !== "Shift to 10 per cent") return;
      slot = now()
        .find((one) => one.includes(` ${to} x`))!
        .split(" ")[0]!;
      const { pids } = host.service(`${family}-${slot}`)!;
      const { targetGroupArn } = readServices(nodes).find(({ serviceName }) => serviceName.endsWith(slot))!;
      // Its tasks are there, and the load balancer finds none of them healthy.
      Object.defineProperty(host.group(targetGroupArn)!, "healthyCount", { value: 0 });
      assert.equal(pids.length, 2);
    };
    const ended = await rollouts.shift(family, to, { onEntered });
    assert.equal(ended.error, "AlarmFired");
    assert.match(ended.cause!, new RegExp(`^${family}-${slot}-new-healthy-hosts fired`));
  });
});
