import assert from "node:assert/strict";
import { rolloutApis } from "./rollout-lane.ts";
import { sandboxes, type Run } from "./sandbox.ts";

const passed = (run: Run) => {
  assert.equal(run.code, 0, run.output);
  return run;
};

const serviceType = "aws:ecs/service:Service";
const ruleType = "aws:lb/listenerRule:ListenerRule";
const onFargate = ["--path", "slipway:services.appointments"];

describe("a service on Fargate under the plain CLI", () => {
  const lane = sandboxes();
  // Whoever deploys asks CloudWatch first.
  rolloutApis(lane);

  /** The dev stack with appointments on Fargate under a strategy that shifts traffic, deployed once. */
  async function deployed(config: Record<string, string> = {}) {
    const folder = lane.box.project();
    const pulumi = (...args: string[]) => lane.box.pulumi(folder, ...args);
    const up = (...args: string[]) => pulumi("up", "--yes", "--skip-preview", ...args);
    passed(await pulumi("stack", "init", "dev"));
    const set = async (key: string, value: string) =>
      passed(await pulumi("config", "set", "--path", `${onFargate[1]}.${key}`, value));
    await set("runtime", "fargate");
    await set("strategy", "canary");
    const tell = async (key: string, value: string) => passed(await pulumi("config", "set", key, value));
    for (const [key, value] of Object.entries(config)) await tell(key, value);
    passed(await up());
    lane.box.cloud.drain();
    return { pulumi, up, set, tell };
  }

  it("is no drift after ECS has swapped target groups and weights, and still deploys", async () => {
    const { pulumi, up, set } = await deployed();
    const { cloud } = lane.box;
    const [rule] = cloud.ofType(ruleType);
    const [service] = cloud.ofType(serviceType);
    const [blue, green] = rule!.state.actions[0].forward.targetGroups;
    const swapped = [
      {
        ...rule!.state.actions[0],
        forward: {
          targetGroups: [
            { ...blue, weight: 0 },
            { ...green, weight: 100 },
          ],
        },
      },
    ];
    rule!.state = { ...rule!.state, actions: swapped };
    const [balanced] = service!.state.loadBalancers;
    service!.state = {
      ...service!.state,
      loadBalancers: [{ ...balanced, targetGroupArn: green.arn }],
      desiredCount: 3,
    };

    passed(await pulumi("refresh", "--yes", "--skip-preview"));
    passed(await up("--expect-no-changes"));
    assert.deepEqual(cloud.drain(), []);

    await set("memoryMiB", "1024");
    cloud.answers = { "aws:ecs/taskDefinition:TaskDefinition": (_, { family }) => taskDefinition(family, 2) };
    passed(await up());
    assert.deepEqual(
      cloud.drain().filter((line) => !line.startsWith("delete")),
      [
        "create aws:ecs/taskDefinition:TaskDefinition appointments-task",
        "update aws:ecs/service:Service appointments-service",
      ],
    );
    // What was sent is what ECS had made of it, not the first target group and the first number of tasks.
    const { loadBalancers, desiredCount } = cloud.ofType(serviceType)[0]!.inputs;
    assert.deepEqual([loadBalancers[0].targetGroupArn, desiredCount], [green.arn, 3]);
  });

  it("goes back to Lambda under protection in the two steps of docs/runtimes.md", async () => {
    const { pulumi, up, tell } = await deployed({ protect: "on" });
    await tell("protect", "off");
    passed(await up());
    passed(await pulumi("config", "rm", "--path", onFargate[1]!));
    passed(await up());
    const gone = [serviceType, ruleType, "aws:lb/loadBalancer:LoadBalancer", "aws:s3/bucket:Bucket"];
    assert.deepEqual(
      gone.flatMap((type) => lane.box.cloud.ofType(type)),
      [],
    );
    await tell("protect", "on");
    passed(await up());
  });

  it("fails the update when ECS takes the deployment back, and the next one that is kept succeeds", async () => {
    const { up, set } = await deployed();
    const { cloud } = lane.box;
    const before = cloud.ofType(serviceType)[0]!.state.taskDefinition;
    await set("memoryMiB", "1024");
    cloud.answers = {
      "aws:ecs/taskDefinition:TaskDefinition": (_, { family }) => taskDefinition(family, 2),
      [serviceType]: () => ({ taskDefinition: before }),
    };
    const failed = await up();
    assert.notEqual(failed.code, 0);
    assert.match(
      failed.output,
      /deployment of slipway-dev-appointments:2 was rolled back, slipway-dev-appointments runs slipway-dev-appointments:1/,
    );

    cloud.answers = { "aws:ecs/taskDefinition:TaskDefinition": (_, { family }) => taskDefinition(family, 3) };
    await set("memoryMiB", "2048");
    passed(await up("--refresh"));
    assert.match(cloud.ofType(serviceType)[0]!.state.taskDefinition, /slipway-dev-appointments:3$/);
  });
});

const taskDefinition = (family: string, revision: number) => ({
  revision,
  arn: `arn:aws:ecs:eu-west-1:123456789012:task-definition/${family}:${revision}`,
});
