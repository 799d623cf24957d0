import assert from "node:assert/strict";
import { egresses, monthlyEgressCost, natStrategy, reachesInternet } from "../../../components/network/egress.ts";

describe("monthlyEgressCost", () => {
  for (const [region, egress, zones, endpoints, fixed, perGB] of [
    ["eu-west-1", "none", 2, 1, 0, 0],
    ["eu-west-1", "endpoints", 2, 1, 16.06, 0.01],
    ["eu-west-1", "endpoints", 3, 5, 120.45, 0.01],
    ["eu-west-1", "single-nat", 3, 0, 38.69, 0.048],
    ["eu-west-1", "nat-per-az", 3, 0, 116.07, 0.048],
    ["us-east-1", "endpoints", 2, 1, 14.6, 0.01],
    ["us-east-1", "single-nat", 2, 0, 36.5, 0.045],
    ["us-east-1", "nat-per-az", 2, 0, 73, 0.045],
  ] as const) {
    it(`is ${fixed} dollars for ${egress} over ${zones} zones with ${endpoints} endpoints in ${region}`, () => {
      assert.deepEqual(monthlyEgressCost(region, egress, zones, endpoints), { fixed, perGB });
    });
  }

  it("says nothing about a region it has no prices for", () => {
    assert.equal(monthlyEgressCost("eu-north-1", "single-nat", 2, 0), undefined);
  });
});

describe("egress", () => {
  it("reaches the internet only through NAT gateways", () => {
    assert.deepEqual(egresses.filter(reachesInternet), ["single-nat", "nat-per-az"]);
    assert.deepEqual(
      egresses.map((egress) => natStrategy[egress]),
      ["None", "None", "Single", "OnePerAz"],
    );
  });
});
