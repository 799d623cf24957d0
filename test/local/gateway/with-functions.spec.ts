import assert from "node:assert/strict";
import { gatewayResponses } from "../../../components/api/gateway-responses.ts";
import { functionIn } from "../../../local/gateway/function-uri.ts";
import { AliasTable } from "../../../local/lambda/aliases.ts";
import { LambdaHost } from "../../../local/lambda/lambda-host.ts";
import { appDirectory, functionSpec } from "../lambda/function-spec.ts";
import { openFrontDoor, summary, type FrontDoor } from "./front-door.ts";

describe("Gateway with real functions", () => {
  const functionName = "slipway-dev-patients";
  const aliases = new AliasTable();
  let draw = 0;
  const version = (name: string, timeoutSeconds = 30) =>
    functionSpec(name, { functionName, version: name, timeoutSeconds });
  const functions = [
    version("http"),
    version("exit"),
    version("spin", 0.2),
    version("hang"),
    version("leak"),
    version("refuse"),
    version("big"),
  ];
  const host = new LambdaHost({ functions, aliases, appDirectory, draw: () => draw });
  let door: FrontDoor;
  const live = (functionVersion: string, additionalVersionWeights: Record<string, number> = {}) =>
    aliases.set(functionName, "live", { functionVersion, additionalVersionWeights });

  before(async () => {
    const edit = (document: { [key: string]: unknown }) =>
      (document["x-amazon-apigateway-gateway-responses"] = gatewayResponses([]));
    door = await openFrontDoor({ edit }, { functions: host });
  });
  after(async () => {
    await Promise.all([door.stop(), host.stop()]);
  });
  afterEach(async () => {
    live("http");
    assert.deepEqual(await summary(await door.fetch("/patients/me")), [200, null, "GET /patients/me"]);
  });

  it("reads the function from the integration", () => {
    assert.deepEqual(
      functionIn(
        `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:${functionName}:live/invocations`,
      ),
      { functionName, qualifier: "live" },
    );
  });

  for (const name of ["exit", "spin", "leak", "refuse", "big", "missing"]) {
    const status = name === "missing" ? 500 : 502;
    it(`fails with ${status} when the function does this: ${name}; and is back for the next request`, async function () {
      if (name === "leak" && process.platform !== "linux") this.skip();
      live(name);
      const [answered, type, body] = await summary(await door.fetch("/patients/me"));
      assert.deepEqual(
        [answered, type, JSON.parse(body as string).status],
        [status, "InternalServerErrorException", status],
      );
    });
  }

  it("fails with 504 when the function hangs for longer than the gateway waits", async () => {
    const slow = await openFrontDoor(
      { edit: ({ paths }) => (paths["/patients/me"].get["x-amazon-apigateway-integration"].timeoutInMillis = 100) },
      { functions: host },
    );
    live("hang");
    try {
      assert.equal((await slow.fetch("/patients/me")).status, 504);
    } finally {
      await slow.stop();
    }
  });

  it("sends each version its share of the requests", async () => {
    live("http", { refuse: 0.25 });
    const statuses = [];
    for (draw = 0; draw < 1; draw += 0.125) statuses.push((await door.fetch("/patients/me")).status);
    assert.deepEqual(statuses, [502, 502, 200, 200, 200, 200, 200, 200]);
    assert.deepEqual(
      door.requests.slice(-8).map(({ executedVersion }) => executedVersion),
      ["refuse", "refuse", ...Array(6).fill("http")],
    );
    draw = 0;
  });
});
