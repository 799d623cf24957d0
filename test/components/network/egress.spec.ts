import assert from "node:assert/strict";
import {
  egressCost,
  egresses,
  monthlyEgressCost,
  natStrategy,
  reachesInternet,
} from "../../../components/network/egress.ts";

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

describe("the cost of an egress, in words", () => {
  for (const [egress, zones, endpoints, words] of [
    ["none", 2, 1, "none: free"],
    ["endpoints", 2, 1, "endpoints: $16.06 a month and $0.01 a GB"],
    ["single-nat", 2, 0, "single-nat: $38.69 a month and $0.048 a GB"],
    ["nat-per-az", 3, 0, "nat-per-az: $116.07 a month and $0.048 a GB"],
  ] as const) {
    it(`is that of ${egress}`, () => assert.equal(egressCost("eu-west-1", egress, zones, endpoints), words));
  }

  it("is not invented where no price is known", () => {
    assert.equal(
      egressCost("mars-north-1", "endpoints", 2, 1),
      "endpoints: no list price of mars-north-1 is known here",
    );
  });
});
