import assert from "node:assert/strict";
import { ServiceCluster, type ServiceClusterArgs } from "../../../components/service/cluster.ts";
import { graph, only } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const build = async (args: Partial<ServiceClusterArgs> = {}, preview = false) =>
  (await graph(() => void new ServiceCluster("services", { place, part: "services", ...args }), { preview })).nodes;
const clusterType = "aws:ecs/cluster:Cluster";

describe("ServiceCluster", () => {
  it("is measured by Container Insights, in detail on request", async () => {
    const insights = (value: string) => [{ name: "containerInsights", value }];
    assert.deepEqual(only(await build(), clusterType).inputs.settings, insights("enabled"));
    assert.deepEqual(only(await build({ enhancedInsights: true }), clusterType).inputs.settings, insights("enhanced"));
  });

  it("has capacity on demand and spot", async () => {
    const { capacityProviders } = only(
      await build(),
      "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    ).inputs;
    assert.deepEqual(capacityProviders, ["FARGATE", "FARGATE_SPOT"]);
  });

  it("records every command under a key of its own, where commands are allowed", async () => {
    assert.equal(only(await build(), clusterType).inputs.configuration, undefined);
    const nodes = await build({ commands: true });
    const { executeCommandConfiguration: recorded } = only(nodes, clusterType).inputs.configuration;
    const key = only(nodes, "aws:kms/key:Key");
    const logs = only(nodes, "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(recorded, {
      kmsKeyId: key.outputs.arn,
      logging: "OVERRIDE",
      logConfiguration: {
        cloudWatchLogGroupName: "/aws/ecs/slipway-test-services/commands",
        cloudWatchEncryptionEnabled: true,
      },
    });
    assert.deepEqual(
      [logs.name, logs.retentionInDays, logs.kmsKeyId],
      ["/aws/ecs/slipway-test-services/commands", 365, key.outputs.arn],
    );
    assert.equal(key.inputs.enableKeyRotation, true);
    const [, records] = JSON.parse(key.inputs.policy).Statement;
    assert.deepEqual(records.Principal, { Service: "logs.eu-west-1.amazonaws.com" });
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await build({ commands: true }, true)), outline(await build({ commands: true })));
  });
});
