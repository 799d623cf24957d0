import assert from "node:assert/strict";
import { Network } from "../../components/network/network.ts";
import { place, steps } from "./program.ts";
import { sandboxes } from "./sandbox.ts";

const network = (availabilityZones: 2 | 3) => async () => {
  const { vpcId, isolatedSubnetIds } = new Network("network", { place, availabilityZones });
  return { vpcId, isolatedSubnetIds };
};

describe("a network on the real engine", () => {
  const lane = sandboxes();

  it("is shown before it exists, known with its subnets after, and then stays as it is", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack("dev", network(2));
    const previewed = steps();
    await stack.preview({ onEvent: previewed.onEvent });
    const updated = steps();
    const { outputs } = await stack.up({ onEvent: updated.onEvent });
    assert.deepEqual(previewed.lines(), updated.lines());

    const [vpc] = cloud.ofType("aws:ec2/vpc:Vpc");
    assert.equal(outputs.vpcId?.value, vpc!.id);
    const subnets = cloud.ofType("aws:ec2/subnet:Subnet").filter(({ inputs }) => inputs.tags.SubnetType === "isolated");
    assert.deepEqual(outputs.isolatedSubnetIds?.value.sort(), subnets.map(({ id }) => id).sort());
    assert.equal(subnets.length, 2);
    await stack.up({ expectNoChanges: true });
  });

  it("grows by a zone without touching the others", async () => {
    const stack = await lane.box.stack("dev", network(2));
    await stack.up();
    lane.box.cloud.drain();

    stack.workspace.program = network(3);
    await stack.up();
    assert.deepEqual(lane.box.cloud.drain(), [
      "create aws:ec2/subnet:Subnet network-vpc-isolated-3",
      "create aws:ec2/subnet:Subnet network-vpc-private-3",
      "update aws:ec2/vpcEndpoint:VpcEndpoint network-endpoint-s3",
      "update aws:ec2/vpcEndpoint:VpcEndpoint network-endpoint-secretsmanager",
    ]);
  });
});
