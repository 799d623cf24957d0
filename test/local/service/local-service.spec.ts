import assert from "node:assert/strict";
import { LocalService } from "../../../local/service/local-service.ts";
import type { ServiceSpec } from "../../../local/service/service-spec.ts";
import type { Target, TargetGroup } from "../../../local/service/target-group.ts";
import type { TaskProcess } from "../../../local/service/task-process.ts";
import { eventually } from "../../eventually.ts";

const spec = { taskDefinition: "patients:1", serviceName: "patients", targetGroupArn: "arn:blue" } as ServiceSpec;
const revision = (number: number) => ({ ...spec, taskDefinition: `patients:${number}` });

/** A service whose tasks are in memory, each healthy once it is told to be. */
function service(broken: readonly string[] = [], { refused, held }: { refused?: string; held?: Promise<void> } = {}) {
  let ports = 0;
  const tasks: { port: number; version: string; end: () => void; stopped: boolean }[] = [];
  const members = new Set<Target>();
  const waiting = new Map<Target, () => void>();
  const group = {
    add: (target: Target) => void members.add(target),
    remove: (target: Target) => void members.delete(target),
    healthy: (target: Target) => new Promise<void>((resolve) => waiting.set(target, resolve)),
  } as unknown as TargetGroup;
  const start = async ({ taskDefinition }: ServiceSpec, onEnd: () => void) => {
    const version = taskDefinition.split(":")[1]!;
    if (version === refused) throw new Error("spawn E2BIG");
    const end = () => {
      tasks.splice(tasks.indexOf(task), 1);
      onEnd();
    };
    const stop = async () => {
      task.stopped = true;
      end();
    };
    const task = { port: ++ports, pid: ports, version, stopped: false, end, stop, kill: end };
    tasks.push(task);
    if (broken.includes(version)) setImmediate(end);
    await held;
    return task as unknown as TaskProcess;
  };
  const failures: string[] = [];
  const onFailure = ({ taskDefinition }: ServiceSpec, { message }: Error) =>
    void failures.push(`${taskDefinition} ${message}`);
  const made = new LocalService({ spec, group, start, onFailure, pauseMillis: 1, startMillis: 30 });
  /** Makes all tasks of a version healthy, once there are as many as wanted. */
  const healthy = async (version: string, count: number) => {
    const own = () => [...waiting.keys()].filter((target) => (target as TaskProcess).version === version);
    await eventually(() => own().length >= count);
    for (const target of own()) waiting.get(target)!();
  };
  const versions = () => tasks.map(({ version }) => version).sort();
  return { made, tasks, members, healthy, versions, failures };
}

describe("an ECS service on the laptop", () => {
  it("keeps the tasks of the old revision until those of the new one are healthy", async () => {
    const { made, healthy, versions } = service();
    made.update(2);
    await healthy("1", 2);
    await made.settled();
    made.update(2, revision(2));
    await eventually(() => versions().length === 4);
    assert.deepEqual([versions(), made.state.rolloutState], [["1", "1", "2", "2"], "IN_PROGRESS"]);
    await healthy("2", 2);
    await made.settled();
    assert.deepEqual(versions(), ["2", "2"]);
    assert.deepEqual(made.state, { taskDefinition: "patients:2", desiredCount: 2, rolloutState: "COMPLETED" });
  });

  it("takes a revision back after three tasks that did not start, and says so by what it runs", async () => {
    const { made, healthy, versions } = service(["2"]);
    made.update(1);
    await healthy("1", 1);
    made.update(1, revision(2));
    const settled = made.settled();
    await eventually(() => made.state.taskDefinition === "patients:1");
    await healthy("1", 2);
    await settled;
    assert.deepEqual([versions(), made.state.rolloutState], [["1"], "COMPLETED"]);
  });

  it("counts a task whose process cannot be started as one that did not start, and tells why", async () => {
    const { made, healthy, versions, failures } = service([], { refused: "2" });
    made.update(1);
    await healthy("1", 1);
    made.update(1, revision(2));
    await eventually(() => made.state.taskDefinition === "patients:1");
    await healthy("1", 2);
    await made.settled();
    assert.deepEqual([versions(), failures], [["1"], Array(3).fill("patients:2 spawn E2BIG")]);
  });

  it("waits at its stop for a task that is about to start, and ends it", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { made, tasks, members } = service([], { held: promise });
    made.update(1);
    const stopped = made.stop();
    setImmediate(resolve);
    await stopped;
    assert.deepEqual([tasks.length, members.size], [0, 0]);
  });

  it("counts a task that does not become healthy in time as one that did not start", async () => {
    const { made, versions } = service();
    made.update(0, revision(1));
    made.update(1, revision(2));
    await eventually(() => made.state.taskDefinition === "patients:1");
    assert.ok(!versions().includes("2"));
    await made.stop();
  });

  it("begins the deployment of the same revision anew when it is asked to", async () => {
    const { made, tasks, healthy } = service();
    made.update(1, revision(1));
    await healthy("1", 1);
    const [first] = tasks;
    made.update(1, revision(1));
    await healthy("1", 2);
    await made.settled();
    assert.deepEqual([first!.stopped, tasks.length], [true, 1]);
  });

  it("stops all tasks when none is wanted, and takes them from the load balancer first", async () => {
    const { made, members, healthy, versions } = service();
    made.update(3);
    await healthy("1", 3);
    made.update(1);
    assert.deepEqual([versions(), members.size], [["1"], 1]);
    made.update(0);
    await made.settled();
    assert.deepEqual([versions(), members.size, made.pids], [[], 0, []]);
  });

  it("replaces a task that ends by itself, however often", async () => {
    const { made, tasks, healthy } = service();
    made.update(1);
    await healthy("1", 1);
    for (let time = 0; time < 4; time++) {
      const { port } = tasks[0]!;
      tasks[0]!.end();
      await eventually(() => tasks.length === 1 && tasks[0]!.port !== port);
    }
    assert.deepEqual([made.state.taskDefinition, made.state.rolloutState], ["patients:1", "COMPLETED"]);
  });
});
