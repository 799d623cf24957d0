import assert from "node:assert/strict";
import { join } from "node:path";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import { Provider } from "@pulumi/aws/provider.js";
import { root } from "./cli.ts";
import { sandboxes } from "./sandbox.ts";

const policyPacks = [join(root, "policies")];

/** A security group that lets this block in by SSH. */
const sshFrom = (cidr: string) => async () => {
  const tags = { project: "slipway", stack: "dev", owner: "platform", "managed-by": "pulumi" };
  const provider = new Provider("aws", { region: "eu-west-1", defaultTags: { tags } });
  const ingress = [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [cidr] }];
  new ec2.SecurityGroup("bastion", { description: "administrators", ingress }, { provider });
};

describe("the policy pack in the engine's own loop", () => {
  const lane = sandboxes();

  it("stops a bad program at preview and at update, before anything is made", async () => {
    const stack = await lane.box.stack("dev", sshFrom("0.0.0.0/0"));
    const verdict = /ec2-security-group-disallow-open-ingress[^]*bastion/;
    await assert.rejects(stack.preview({ policyPacks }), verdict);
    await assert.rejects(stack.up({ policyPacks }), verdict);
    assert.deepEqual([...lane.box.cloud.things.keys()], []);
  });

  it("lets the corrected program through", async () => {
    const stack = await lane.box.stack("dev", sshFrom("10.20.0.0/16"));
    await stack.up({ policyPacks });
    assert.deepEqual(lane.box.cloud.drain(), ["create aws:ec2/securityGroup:SecurityGroup bastion"]);
  });
});
