import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { handler as Handler } from "../../../app/hosts/probe.ts";
import { withEnvironment } from "../clinic.ts";

describe("the probe of the next revision", () => {
  let server: Server;
  let statuses: number[];
  let asked: string[];
  let handler: typeof Handler;
  let restore: () => void;
  before(async () => {
    // The log takes its level when the module loads.
    const restoreLevel = withEnvironment({ POWERTOOLS_LOG_LEVEL: "SILENT" });
    ({ handler } = await import("../../../app/hosts/probe.ts"));
    restoreLevel();
    server = createServer(({ method, url, headers }, response) => {
      asked.push(`${method} ${url} ${headers.authorization ?? "without a token"}`);
      const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!;
      if (status === 0) return void response.destroy();
      response.writeHead(status, { location: "/elsewhere" }).end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  });
  beforeEach(() => {
    asked = [];
    const { port } = server.address() as AddressInfo;
    restore = withEnvironment({ PROBE_URL: `http://127.0.0.1:${port}/health/patients` });
  });
  afterEach(() => restore());
  after(() => server.close().closeAllConnections());
  const probed = (...given: number[]) => {
    statuses = given;
    return handler({ lifecycleStage: "POST_TEST_TRAFFIC_SHIFT" }, undefined, 1);
  };

  it("is content with a revision that answers 200", async () => {
    assert.deepEqual(await probed(200), { hookStatus: "SUCCEEDED" });
    assert.deepEqual(asked, ["GET /health/patients without a token"]);
  });

  it("asks a few times more where the answer is another, or none", async () => {
    assert.deepEqual(await probed(503, 0, 404, 200), { hookStatus: "SUCCEEDED" });
    assert.equal(asked.length, 4);
  });

  for (const [what, status] of [
    ["is not well", 503],
    ["breaks off", 0],
    ["sends it elsewhere", 302],
    ["does not know the path", 404],
  ] as const) {
    it(`has ECS take back a revision that ${what}`, async () => {
      assert.deepEqual(await probed(status), { hookStatus: "FAILED" });
      assert.equal(asked.length, 5);
    });
  }

  it("fails where nobody told it whom to ask, which ECS takes for a failure, too", async () => {
    delete process.env.PROBE_URL;
    await assert.rejects(handler(), /environment variable PROBE_URL is not set/);
  });
});
