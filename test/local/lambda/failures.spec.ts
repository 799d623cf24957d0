import assert from "node:assert/strict";
import type { FunctionSpec } from "../../../local/lambda/function-spec.ts";
import { LambdaHost } from "../../../local/lambda/lambda-host.ts";
import { appDirectory, functionSpec } from "./function-spec.ts";

const specs: FunctionSpec[] = [
  functionSpec("echo"),
  functionSpec("exit"),
  functionSpec("reject"),
  functionSpec("hang", { timeoutSeconds: 0.2 }),
  functionSpec("spin", { timeoutSeconds: 0.2 }),
  functionSpec("leak", { memoryMiB: 192 }),
  functionSpec("swell", { memoryMiB: 64 }),
  functionSpec("broken", { handler: "broken.handler" }),
  functionSpec("lost", { handler: "folder/lost.handler" }),
  functionSpec("unnamed", { handler: "handlers.unnamed" }),
];

describe("LambdaHost with failing functions", () => {
  const host = new LambdaHost({ functions: specs, appDirectory });
  after(() => host.stop());

  const failureOf = async (name: string, event: unknown = {}) => {
    const { payload, functionError, requestId } = await host.invoke(name, undefined, event);
    assert.equal(functionError, "Unhandled");
    const { errorType, errorMessage } = JSON.parse(payload);
    return [errorType, errorMessage.replace(requestId, "<id>")];
  };

  it("fails an invocation whose process exits, and starts another for the next", async () => {
    const exited = (reason: string) => ["Runtime.ExitError", `RequestId: <id> Error: ${reason}`];
    assert.deepEqual(await failureOf("exit", { code: 7 }), exited("Runtime exited with error: exit status 7"));
    assert.deepEqual(await failureOf("exit", { code: 0 }), exited("Runtime exited without providing a reason"));
  });

  it("fails an invocation with an unhandled rejection", async () => {
    assert.deepEqual(await failureOf("reject"), ["Runtime.UnhandledPromiseRejection", "nobody waits for me"]);
  });

  for (const name of ["hang", "spin"]) {
    it(`fails a handler that goes on for longer than its timeout (${name}) and ends its process`, async () => {
      const others = host.pids;
      const timedOut = ["Sandbox.Timedout", "RequestId: <id> Error: Task timed out after 0.20 seconds"];
      assert.deepEqual(await failureOf(name), timedOut);
      assert.deepEqual(await failureOf(name), timedOut);
      assert.deepEqual(
        host.pids.filter((pid) => !others.includes(pid)),
        [],
      );
    });
  }

  it("fails a process that grows over the function's memory", async function () {
    if (process.platform !== "linux") this.skip();
    assert.deepEqual(await failureOf("leak"), [
      "Runtime.OutOfMemory",
      "RequestId: <id> Error: Runtime exited with error: signal: killed",
    ]);
  });

  it("fails a process whose heap is exhausted", async () => {
    const [errorType] = await failureOf("swell");
    assert.match(errorType, /^Runtime\.(ExitError|OutOfMemory)$/);
  });

  it("fails with the error a module throws while it is loaded, at every invocation", async () => {
    assert.deepEqual(await failureOf("broken"), ["TypeError", "no settings"]);
    assert.deepEqual(await failureOf("broken"), ["TypeError", "no settings"]);
  });

  it("logs why a process did not start, before anybody invokes it", async () => {
    const { promise: logged, resolve } = Promise.withResolvers<string>();
    const functions = [functionSpec("broken", { handler: "broken.handler" })];
    const warmed = new LambdaHost({ functions, appDirectory, onLog: ({ line }) => resolve(line) });
    warmed.warm();
    const { errorType, errorMessage } = JSON.parse(await logged);
    await warmed.stop();
    assert.deepEqual([errorType, errorMessage], ["TypeError", "no settings"]);
  });

  it("fails a start that takes longer than its limit", async () => {
    const functions = [functionSpec("stuck", { handler: "stuck.handler" })];
    const impatient = new LambdaHost({ functions, appDirectory, initTimeoutMillis: 300 });
    const { payload, functionError } = await impatient.invoke("stuck", undefined, {});
    await impatient.stop();
    assert.equal(functionError, "Unhandled");
    assert.deepEqual(JSON.parse(payload), {
      errorType: "Sandbox.Timedout",
      errorMessage: "Error: Task timed out after 0.30 seconds",
    });
  });

  it("fails on a handler that does not exist, naming it", async () => {
    assert.deepEqual(await failureOf("lost"), [
      "Runtime.ImportModuleError",
      `Cannot find module 'folder/lost' in ${appDirectory}`,
    ]);
    assert.deepEqual(await failureOf("unnamed"), [
      "Runtime.HandlerNotFound",
      "handlers.unnamed is undefined or not exported",
    ]);
  });

  it("serves other functions all the while", async () => {
    const others = Promise.all(["hang", "spin", "exit"].map((name) => failureOf(name, { code: 1 })));
    assert.equal((await host.invoke("echo", undefined, {})).functionError, undefined);
    await others;
  });
});
