import { startDatabase } from "./database.ts";
import { prepareLogins } from "./database-login.ts";
import { checkOwnDatabase } from "./database-own.ts";
import { readApi } from "./gateway/api.ts";
import type { ObservedRequest } from "./gateway/observed.ts";
import { startGateway } from "./gateway/server.ts";
import { only } from "./graph.ts";
import { startIdentity, type Identity } from "./identity/identity.ts";
import { AliasTable } from "./lambda/aliases.ts";
import { readFunctions } from "./lambda/function-spec.ts";
import type { LogLine } from "./lambda/invocation.ts";
import { LambdaHost } from "./lambda/lambda-host.ts";
import { runInvocations } from "./migrations.ts";
import { Parts } from "./parts.ts";
import { requireFree } from "./port.ts";
import { previewStack, refused, type Preview } from "./preview.ts";
import { LocalRollouts } from "./rollout/local-rollouts.ts";
import { projectDirectory } from "./stack.ts";
import type { Traces } from "./traces.ts";
import { gatewaySpan, startTracing } from "./tracing.ts";

export interface LaneOptions {
  /** Defaults to dev. */
  stack?: string;
  /** Port of the front door; 0 takes a free one. Defaults to 8080. */
  port?: number;
  /** A PostgreSQL server to use instead of a fresh one, as its superuser. */
  databaseUrl?: string;
  /** Told of the preview, before anything is started. */
  onPreview?: (preview: Preview) => void;
  /** Told of each thing that is up. */
  onUp?: (what: string, detail: string) => void;
  onLog?: (line: LogLine) => void;
  onRequest?: (request: ObservedRequest) => void;
  /** Gets each line of the stage's access log. */
  onAccessLog?: (line: string) => void;
  /** How long a minute of a rollout takes, in milliseconds. Defaults to a minute. */
  minuteMillis?: number;
  /** Gives up the start, wherever it is. Has no effect on a lane that is up. */
  signal?: AbortSignal;
}

/** A stack that runs on this machine. */
export interface Lane {
  /** The front door. */
  url: string;
  identity: Identity;
  /** Further versions of the functions, and how they get the traffic. */
  rollouts: LocalRollouts;
  /** What the last requests did where. */
  traces: Traces;
  /** Ids of the functions' processes alive. */
  pids(): number[];
  /** Stops everything the lane started; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Serves what the program of the stack declares. Fails when the port or the database of the caller is not to be had, when the
 * policies refuse the stack, when a part does not come up, and on `signal`; then nothing is left running.
 */
export async function startLane(options: LaneOptions = {}): Promise<Lane> {
  const parts = new Parts();
  const giveUp = new AbortController();
  const signal = AbortSignal.any([giveUp.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    return await Promise.race([serve(options, parts, signal), aborted(signal)]);
  } catch (error) {
    giveUp.abort();
    await parts.stop();
    throw error;
  }
}

/** Never resolves. What it races against may go on for a while, and everything it still starts is stopped. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

async function serve(options: LaneOptions, parts: Parts, signal: AbortSignal): Promise<Lane> {
  const { stack = "dev", port = 8080, databaseUrl, onUp = () => undefined } = options;
  await Promise.all([requireFree(port), databaseUrl && checkOwnDatabase(databaseUrl)]);
  const database = databaseUrl ? Promise.resolve({ url: databaseUrl }) : parts.keep(startDatabase({ signal }));
  const preview = await previewStack(stack);
  signal.throwIfAborted();
  options.onPreview?.(preview);
  if (refused(preview)) throw new Error(`the policies refuse ${stack}: mend the mandatory findings above`);
  const { nodes } = preview;

  const identity = await parts.keep(
    startIdentity({ nodes, onMessage: ({ to, code, kind }) => onUp("message", `${kind} for ${to}: ${code}`) }),
  );
  onUp("sign-in", identity.url);
  const { address, traces } = await parts.keep(startTracing());
  const { url } = await database;
  const logins = await prepareLogins(url, nodes);
  onUp("database", `PostgreSQL on ${new URL(url).host}, ${only(nodes, "aws:rds/instance:Instance").inputs.dbName}`);
  // A version that brings its own database keeps it.
  const loginOf = (environment: Record<string, string>) =>
    environment.DATABASE_URL ? undefined : logins.forEnvironment(environment);
  const functions = readFunctions(nodes);
  const aliases = new AliasTable(nodes);
  const host: LambdaHost = await parts.keep(
    new LambdaHost({
      functions,
      aliases,
      appDirectory: `${projectDirectory}app`,
      environment: ({ environment }) => ({ ...loginOf(environment), AWS_XRAY_DAEMON_ADDRESS: address }),
      onLog(line) {
        rollouts.read(line);
        options.onLog?.(line);
      },
      onReport: (report) => rollouts.observe(report),
    }),
  );
  const rollouts = new LocalRollouts({ nodes, functions, aliases, host, minuteMillis: options.minuteMillis });
  for (const line of await runInvocations(nodes, host)) onUp("migrations", line);
  await logins.admitUsers();
  host.warm();
  for (const { functionName, memoryMiB, timeoutSeconds } of functions)
    onUp("function", `${functionName}, ${memoryMiB} MiB, ${timeoutSeconds} s`);
  const keys = async (poolId: string) =>
    identity.jwks(poolId) as Awaited<ReturnType<Parameters<typeof startGateway>[0]["keys"]>>;
  const api = readApi(nodes);
  const onRequest = (request: ObservedRequest) => {
    const span = gatewaySpan(request, `${only(nodes, "aws:apigateway/restApi:RestApi").name}/${api.stage.name}`);
    if (span) traces.add(span);
    options.onRequest?.(request);
  };
  const { onAccessLog } = options;
  const gateway = await parts.keep(
    startGateway({ api, functions: host, keys, port, onRequest, onAccessLog, stopGraceMillis }),
  );
  onUp("gateway", gateway.url);
  return { url: gateway.url, identity, rollouts, traces, pids: () => host.pids, stop: () => parts.stop() };
}

/** Whoever types Ctrl-C waits for it. */
const stopGraceMillis = 1_000;
