import assert from "node:assert/strict";
import fc from "fast-check";
import { subnetLayout } from "../../../components/network/layout.ts";

const block = fc.tuple(fc.integer({ min: 16, max: 22 }), fc.nat(2 ** 16 - 1)).map(([mask, index]) => {
  const bits = (index % 2 ** (mask - 8)) * 2 ** (32 - mask);
  return `10.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.0/${mask}`;
});

describe("subnetLayout", () => {
  it("fills a zone's share exactly, leaves room for four zones and no subnet under AWS's smallest", () => {
    fc.assert(
      fc.property(block, (cidrBlock) => {
        const { availabilityZoneCidrMask, subnetSpecs } = subnetLayout(cidrBlock, true);
        const sizes = subnetSpecs.map(({ cidrMask }) => 2 ** (32 - cidrMask!));
        assert.equal(
          sizes.reduce((sum, size) => sum + size, 0),
          2 ** (32 - availabilityZoneCidrMask),
        );
        assert.equal(availabilityZoneCidrMask, Number(cidrBlock.split("/")[1]) + 2);
        assert.ok(subnetSpecs.every(({ cidrMask }) => cidrMask! <= 28));
      }),
    );
  });

  it("moves nothing when public subnets come or go", () => {
    const [without, withPublic] = [subnetLayout("10.0.0.0/16", false), subnetLayout("10.0.0.0/16", true)];
    assert.deepEqual(withPublic.subnetSpecs.slice(0, 2), without.subnetSpecs);
    assert.deepEqual(without.subnetSpecs, [
      { name: "private", type: "Private", cidrMask: 19 },
      { name: "isolated", type: "Isolated", cidrMask: 20 },
    ]);
    assert.deepEqual(withPublic.subnetSpecs[2], { name: "public", type: "Public", cidrMask: 20 });
  });

  for (const cidrBlock of ["10.0.0.0/15", "10.0.0.0/23", "10.0.1.0/16", "10.0.300.0/20", "10.0.0.0", "fd00::/64", ""]) {
    it(`fails on "${cidrBlock}"`, () => {
      const message = `cidrBlock must be an IPv4 block from /16 to /22 at its first address, got "${cidrBlock}": use 10.0.0.0/16`;
      assert.throws(() => subnetLayout(cidrBlock, false), { message });
    });
  }
});
