import assert from "node:assert/strict";
import { AliasTable } from "../../../local/lambda/aliases.ts";
import type { InvocationReport, LogLine } from "../../../local/lambda/invocation.ts";
import { LambdaHost } from "../../../local/lambda/lambda-host.ts";
import { eventually } from "../../eventually.ts";
import { appDirectory, functionSpec } from "./function-spec.ts";

const names = ["echo", "environment", "nothing", "write", "refuse", "big"] as const;
const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

describe("LambdaHost", () => {
  const logs: LogLine[] = [];
  const reports: InvocationReport[] = [];
  const aliases = new AliasTable();
  let draw = 0;
  const host = new LambdaHost({
    functions: [
      ...names.map((name) => functionSpec(name)),
      functionSpec("echo", { version: "2" }),
      functionSpec("environment", {
        functionName: "settled",
        environment: { SERVICE: "patients", DATABASE_URL: "cloud", AWS_REGION: "x" },
      }),
    ],
    aliases,
    appDirectory,
    environment: ({ functionName }) => (functionName === "settled" ? { DATABASE_URL: "laptop" } : undefined),
    draw: () => draw,
    onLog: (line) => logs.push(line),
    onReport: (report) => reports.push(report),
  });
  const parsed = async (name: string, event: unknown, qualifier?: string) =>
    JSON.parse(
      (await host.invoke(name, qualifier, event, { traceId: "Root=1-5759e988-bd862e3fe1be46a994272793" })).payload,
    );

  before(() => aliases.set("echo", "live", { functionVersion: "1", additionalVersionWeights: { 2: 0.1 } }));
  after(() => host.stop());

  it("hands the event and the context to the handler", async () => {
    const { event, context, trace } = await parsed("echo", { a: ["ä", 1] }, "live");
    assert.deepEqual(event, { a: ["ä", 1] });
    assert.equal(trace, "Root=1-5759e988-bd862e3fe1be46a994272793");
    const { awsRequestId, remaining, ...rest } = context;
    assert.match(awsRequestId, /^[0-9a-f-]{36}$/);
    assert.ok(remaining > 20_000 && remaining <= 30_000, `remaining ${remaining}`);
    assert.deepEqual(rest, {
      functionName: "echo",
      functionVersion: "2",
      invokedFunctionArn: `${arn("echo")}:live`,
      memoryLimitInMB: "256",
    });
  });

  it("keeps a process for the next invocation", async () => {
    const first = await parsed("echo", 1, "1");
    const second = await parsed("echo", 2, "1");
    assert.deepEqual([second.pid, second.calls], [first.pid, first.calls + 1]);
  });

  it("follows the alias's weights, also when they change while it runs", async () => {
    const version = async (at: number) => {
      draw = at;
      return (await host.invoke("echo", "live", {})).executedVersion;
    };
    assert.deepEqual([await version(0.0999), await version(0.1), await version(0.99)], ["2", "1", "1"]);
    aliases.set("echo", "live", { functionVersion: "2", additionalVersionWeights: {} });
    assert.deepEqual([await version(0), await version(0.99)], ["2", "2"]);
  });

  it("takes the newest version when the caller names none", async () => {
    assert.equal((await host.invoke("echo", undefined, {})).executedVersion, "2");
  });

  it("gives a function the graph's variables, the lane's over them and the reserved ones over all", async () => {
    process.env.SLIPWAY_SECRET_OF_THE_DEVELOPER = "leak";
    const seen = await parsed("settled", {});
    delete process.env.SLIPWAY_SECRET_OF_THE_DEVELOPER;
    assert.deepEqual(
      [seen.SERVICE, seen.DATABASE_URL, seen.AWS_REGION, seen.AWS_LAMBDA_FUNCTION_NAME, seen._HANDLER],
      ["patients", "laptop", "eu-west-1", "settled", "handlers.environment"],
    );
    assert.equal(seen.AWS_LAMBDA_FUNCTION_MEMORY_SIZE, "256");
    assert.equal(seen.AWS_LAMBDA_LOG_LEVEL, "WARN");
  });

  it("shows a function nothing of the environment it was started from", async () => {
    const seen = Object.keys(await parsed("environment", {}));
    const known = /^(AWS_|LAMBDA_|_HANDLER$|_X_AMZN_TRACE_ID$|PATH$|HOME$|LANG$|TZ$|SystemRoot$)/;
    assert.deepEqual(
      seen.filter((name) => !known.test(name)),
      [],
    );
  });

  it("answers null for a handler that returns nothing", async () => {
    assert.equal((await host.invoke("nothing", undefined, {})).payload, "null");
  });

  it("reports a thrown error as an unhandled function error and keeps the process", async () => {
    const { payload, functionError } = await host.invoke("refuse", undefined, {});
    const { errorType, errorMessage, trace } = JSON.parse(payload);
    assert.deepEqual([functionError, errorType, errorMessage], ["Unhandled", "RangeError", "slot is taken"]);
    assert.equal(trace[0], "RangeError: slot is taken");
    const [pid] = host.pids;
    await host.invoke("refuse", undefined, {});
    assert.ok(host.pids.includes(pid!));
  });

  it("forwards what a function writes line by line with the request it belongs to", async () => {
    const { requestId } = await host.invoke("write", undefined, { lines: ['{"level":"INFO"}', "two", ""] });
    const written = () => logs.filter((line) => line.functionName === "write");
    await eventually(() => written().length === 2);
    const common = { functionName: "write", version: "1", logGroup: "/aws/lambda/write", requestId, stream: "stdout" };
    assert.deepEqual(written(), [
      { ...common, line: '{"level":"INFO"}' },
      { ...common, line: "two" },
    ]);
  });

  it("reports each invocation with its start only when it was cold", async () => {
    const of = (name: string) => reports.filter(({ functionName }) => functionName === name);
    assert.deepEqual(
      of("refuse").map(({ initMillis, errorType }) => [typeof initMillis, errorType]),
      [
        ["number", "RangeError"],
        ["undefined", "RangeError"],
      ],
    );
  });

  it("fails an answer over 6 MiB", async () => {
    const { payload, functionError } = await host.invoke("big", undefined, { bytes: 6 * 1024 * 1024 + 99 });
    assert.deepEqual([functionError, JSON.parse(payload).errorType], ["Unhandled", "Function.ResponseSizeTooLarge"]);
    assert.equal((await host.invoke("big", undefined, { bytes: 6 * 1024 * 1024 + 98 })).functionError, undefined);
  });

  it("fails an event over 6 MiB without running the function", async () => {
    const event = JSON.stringify("x".repeat(6 * 1024 * 1024 - 1));
    await assert.rejects(host.invoke("nothing", undefined, event), {
      code: "RequestTooLargeException",
      statusCode: 413,
    });
  });

  it("fails on a function, an alias or a version that does not exist", async () => {
    for (const [name, qualifier] of [
      ["missing", undefined],
      ["echo", "test"],
      ["echo", "3"],
    ] as const) {
      await assert.rejects(host.invoke(name, qualifier, {}), { code: "ResourceNotFoundException", statusCode: 404 });
    }
  });
});
