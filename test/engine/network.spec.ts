import assert from "node:assert/strict";
import * as awsx from "@pulumi/awsx";
import { steps } from "./program.ts";
import { sandboxes } from "./sandbox.ts";

const network = (zones: number) => async () => {
  const vpc = new awsx.ec2.Vpc("network", { numberOfAvailabilityZones: zones, cidrBlock: "10.20.0.0/16" });
  return { vpcId: vpc.vpcId, subnets: vpc.isolatedSubnetIds };
};

describe("a network by awsx on the real engine", () => {
  const lane = sandboxes();

  it("is known with its subnets after the update, shown before it, and stays as it is", async () => {
    const { cloud } = lane.box;
    const stack = await lane.box.stack("dev", network(2));
    const previewed = steps();
    await stack.preview({ onEvent: previewed.onEvent });
    const updated = steps();
    const { outputs } = await stack.up({ onEvent: updated.onEvent });
    assert.deepEqual(previewed.lines(), updated.lines());

    const [vpc] = cloud.ofType("aws:ec2/vpc:Vpc");
    assert.equal(outputs.vpcId?.value, vpc!.id);
    const subnets = cloud.ofType("aws:ec2/subnet:Subnet").map(({ id }) => id);
    assert.ok(outputs.subnets?.value.every((id: string) => subnets.includes(id)));
    await stack.up({ expectNoChanges: true });
  });
});
