import assert from "node:assert/strict";
import { keysEndpoint } from "../../components/network/endpoint-uses.ts";
import { Network, type NetworkArgs } from "../../components/network/network.ts";
import { privateWays, type PrivateWays } from "../../components/private-ways.ts";
import { graph } from "../../local/graph.ts";
import { place } from "./place.ts";

const waysIn = async (args: Partial<NetworkArgs>) => {
  let ways: PrivateWays | undefined;
  await graph(() => {
    const network = new Network("network", { place, ...args });
    ways = privateWays(network, "https://issuer", "10.0.0.0/16");
  });
  return ways;
};

describe("the private ways of tasks", () => {
  it("are not needed where the network reaches the internet", async () => {
    assert.equal(await waysIn({ egress: "single-nat" }), undefined);
  });

  it("are the network's endpoints where it does not", async () => {
    const ways = await waysIn({ tasks: { commands: false } });
    assert.deepEqual(Object.keys(ways!).sort(), [
      ...["cidrBlock", "endpointSecurityGroupId", "issuer", "storagePrefixListId"],
    ]);
  });

  for (const [why, args] of [
    ["nothing gets out", { egress: "none" }],
    ["there are the endpoints of functions alone", {}],
  ] as const) {
    it(`fail where ${why}`, async () => {
      await assert.rejects(waysIn(args), { message: new RegExp(`^endpoints must have ${keysEndpoint} where tasks`) });
    });
  }
});
