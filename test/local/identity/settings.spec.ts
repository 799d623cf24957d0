import assert from "node:assert/strict";
import fc from "fast-check";
import type { Node } from "../../../local/graph.ts";
import { Bounded } from "../../../local/bounded.ts";
import { startIdentity } from "../../../local/identity/identity.ts";
import { poolsIn } from "../../../local/identity/settings.ts";
import { nodes, poolId } from "./fixture.ts";

const client = (name: string, from: Node[] = nodes()) => poolsIn(from)[0]!.clients.find(({ id }) => id === name)!;

describe("what the graph says about a pool", () => {
  it("is told by id: issuer, domain, clients and what they may", () => {
    const [pool] = poolsIn(nodes());
    assert.deepEqual(
      [pool?.issuer, pool?.domain, pool?.clients.map(({ id }) => id)],
      [`https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`, "clinic", ["browser", "machine", "plain"]],
    );
    assert.deepEqual(client("browser").grants, ["code"]);
  });

  it("counts validity in the client's units, or in Cognito's", () => {
    const seconds = ({ accessSeconds, idSeconds, refreshSeconds }: ReturnType<typeof client>) => [
      accessSeconds,
      idSeconds,
      refreshSeconds,
    ];
    assert.deepEqual(seconds(client("browser")), [900, 900, 43_200]);
    assert.deepEqual(seconds(client("plain")), [3600, 3600, 2_592_000]);
  });

  it("holds no secret: one is drawn at each start, for clients that have one", () => {
    assert.match(client("machine").secret!, /^[a-z0-9]{51}$/);
    assert.notEqual(client("machine").secret, client("machine").secret);
    assert.equal(client("browser").secret, undefined);
  });

  it("fails on a pool id without region", () => {
    const odd = nodes().map((node) => (node.id === poolId ? { ...node, id: "pool-id" } : node));
    assert.throws(() => poolsIn(odd), /needs an id like "eu-west-1_AbCdEf123", got "pool-id"/);
  });

  it("fails on a scope no resource server declares", () => {
    const unknown = nodes({ browser: { allowedOauthScopes: ["openid", "clinic/typo"] } });
    assert.throws(() => poolsIn(unknown), /client browser allows scope "clinic\/typo"/);
  });

  it("fails to start on a port that is taken, and leaves nothing behind", async () => {
    const first = await startIdentity({ nodes: nodes() });
    await assert.rejects(startIdentity({ nodes: nodes(), port: Number(new URL(first.url).port) }), {
      code: "EADDRINUSE",
    });
    await first.stop();
    await first.stop();
  });
});

describe("Bounded", () => {
  it("never holds more than its limit, and always the newest", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.integer({ min: 1, max: 5 }), (keys, limit) => {
        const map = new Bounded<number>(limit, () => 0);
        keys.forEach((key, index) => map.set(key, index, 1));
        assert.ok(map.size <= limit);
        assert.equal(map.get(keys.at(-1)!), keys.length - 1);
      }),
    );
  });

  it("forgets at the end of an entry's time, and what was taken", () => {
    let now = 0;
    const map = new Bounded<string>(9, () => now);
    map.set("a", "x", 10);
    map.set("b", "y", 10);
    assert.deepEqual([map.take("b"), map.take("b")], ["y", undefined]);
    now = 9;
    assert.equal(map.get("a"), "x");
    now = 10;
    assert.equal(map.get("a"), undefined);
  });
});
