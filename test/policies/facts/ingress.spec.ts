import assert from "node:assert/strict";
import { ingressOf, ingressParts, isOpen } from "../../../policies/facts/ingress.ts";
import { resource } from "../laws.ts";

describe("ingress", () => {
  for (const [block, open] of [
    ["0.0.0.0/0", true],
    ["::/0", true],
    ["128.0.0.0/1", true],
    ["2000::/3", true],
    ["10.0.0.0/8", false],
    ["203.0.113.7/32", false],
    ["fd00::/16", false],
  ] as const) {
    it(`${open ? "means" : "does not mean"} the internet by ${block}`, () => assert.equal(isOpen(block), open));
  }

  it("is every port when the protocol is every protocol", () => {
    assert.deepEqual(ingressOf({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] }), {
      from: 0,
      to: 65535,
      blocks: ["10.0.0.0/8"],
    });
  });

  it("is not what leaves", () => {
    assert.deepEqual(ingressParts(resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "egress" })), []);
  });
});
