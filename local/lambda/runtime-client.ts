// Runs inside the function's process: loads the handler and speaks the Lambda Runtime API with whoever started it. It imports
// nothing but Node, so what it costs is not mistaken for the function's cost.
import { existsSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

type Handler = (event: unknown, context: object) => unknown;

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API!.split(":");
// An import of this module reads all its exports, and one of them loads Node's fetch classes: half of what this process costs.
const { Agent, request } = process.getBuiltinModule("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let started = false;
let current: string | undefined;

// The host decides when a function ends; a terminal's Ctrl-C reaches this process too.
process.on("SIGINT", () => undefined);
process.on("uncaughtException", (error) => void fail(error));
process.on("unhandledRejection", (reason) => void fail(reason, "Runtime.UnhandledPromiseRejection"));
watchParent();

const handler = await loadHandler().catch(async (error: unknown) => {
  const payload = JSON.stringify(described(error));
  console.error(payload);
  await call("POST", "init/error", payload);
  return process.exit(1);
});
started = true;
// Nobody waits for this process when it is ended: what it compiled would be lost.
flushCompileCache();
for (;;) await serveOne(handler);

async function serveOne(handle: Handler): Promise<void> {
  const { headers, body } = await call("GET", "invocation/next");
  const requestId = String(headers["lambda-runtime-aws-request-id"]);
  const traceId = headers["lambda-runtime-trace-id"];
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  current = requestId;
  if (traceId) process.env._X_AMZN_TRACE_ID = String(traceId);
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  let outcome = "response";
  let payload: string;
  try {
    payload = JSON.stringify((await handle(JSON.parse(body), context)) ?? null) ?? "null";
  } catch (error) {
    outcome = "error";
    payload = JSON.stringify(described(error));
    console.error(payload);
  }
  current = undefined;
  await call("POST", `invocation/${requestId}/${outcome}`, payload);
}

async function loadHandler(): Promise<Handler> {
  const name = process.env._HANDLER!;
  const root = process.env.LAMBDA_TASK_ROOT!;
  const dot = name.lastIndexOf(".");
  const [module, key] = [name.slice(0, dot), name.slice(dot + 1)];
  const file = [".ts", ".mts", ".mjs", ".js", ".cjs"]
    .map((end) => join(root, module + end))
    .find((path) => existsSync(path));
  if (!file) throw named("Runtime.ImportModuleError", `Cannot find module '${module}' in ${root}`);
  const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const found = exports[key] ?? (exports.default as Record<string, unknown> | undefined)?.[key];
  if (typeof found !== "function") throw named("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  return found as Handler;
}

/** Reports what no handler caught and ends the process, as the runtime on AWS does. */
async function fail(error: unknown, errorType?: string): Promise<never> {
  const payload = JSON.stringify({ ...described(error), ...(errorType && { errorType }) });
  console.error(payload);
  if (current) await call("POST", `invocation/${current}/error`, payload);
  else if (!started) await call("POST", "init/error", payload);
  return process.exit(129);
}

function call(method: string, path: string, body?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const sent = request({ host, port, agent, method, path: `/2018-06-01/runtime/${path}` }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", gone);
      response.on("end", () => {
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    sent.on("error", gone);
    sent.end(body);
  });
}

/** Without the host there is nobody to work for. */
function gone(): never {
  return process.exit(0);
}

function described(error: unknown): object {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** A handler that never yields would not notice that the host is gone; a second thread does. */
function watchParent(): void {
  // Read here, not in the thread: by the time it runs, the host may already be gone.
  const watch = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, "SIGKILL"), 500)`;
  new Worker(watch, { eval: true, env: {}, execArgv: [] }).unref();
}
