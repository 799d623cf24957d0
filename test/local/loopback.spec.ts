import assert from "node:assert/strict";
import { exemptLoopback } from "../../local/loopback.ts";

describe("what a proxy is not asked for", () => {
  const own = "127.0.0.1,localhost";
  const env = (given: NodeJS.ProcessEnv) => {
    exemptLoopback(given);
    return given;
  };

  it("is this machine", () => {
    assert.deepEqual(env({}), { no_proxy: own, NO_PROXY: own });
  });

  it("stays what it was, under whichever name", () => {
    const both = { no_proxy: `.corp,${own}`, NO_PROXY: `.corp,${own}` };
    assert.deepEqual(env({ no_proxy: ".corp" }), both);
    assert.deepEqual(env({ NO_PROXY: ".corp" }), both);
    assert.deepEqual(env({ no_proxy: ".a", NO_PROXY: ".b" }), { no_proxy: `.a,${own}`, NO_PROXY: `.b,${own}` });
    assert.deepEqual(env({ no_grpc_proxy: ".rpc" }), { no_proxy: own, NO_PROXY: own, no_grpc_proxy: `.rpc,${own}` });
  });

  it("is said once, however often", () => {
    assert.deepEqual(env(env({ no_proxy: "localhost" })), {
      no_proxy: "localhost,127.0.0.1",
      NO_PROXY: "localhost,127.0.0.1",
    });
  });
});
