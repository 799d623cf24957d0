import type { JSONWebKeySet } from "jose";
import { startDatabase } from "./database.ts";
import { prepareLogins } from "./database-login.ts";
import { readApi } from "./gateway/api.ts";
import type { ObservedRequest } from "./gateway/observed.ts";
import type { PoolKeys } from "./gateway/authorizer.ts";
import { httpIntegration, type Listeners } from "./gateway/http-integration.ts";
import { startGateway } from "./gateway/server.ts";
import { only } from "./graph.ts";
import { startIdentity, type Identity } from "./identity/identity.ts";
import { AliasTable } from "./lambda/aliases.ts";
import { readFunctions } from "./lambda/function-spec.ts";
import type { LogLine } from "./lambda/invocation.ts";
import { LambdaHost } from "./lambda/lambda-host.ts";
import { runInvocations } from "./migrations.ts";
import { previewStack, refused, type Preview } from "./preview.ts";
import { ServiceHost } from "./service/service-host.ts";
import { readServices } from "./service/service-spec.ts";
import { projectDirectory } from "./stack.ts";

export interface LaneOptions {
  /** Defaults to dev. */
  stack?: string;
  /** Settings over those of the stack's file, keys with their namespace. Defaults to none. */
  config?: Record<string, string>;
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
}

/** A stack that runs on this machine. */
export interface Lane {
  /** The front door. */
  url: string;
  identity: Identity;
  /** Ids of the functions' processes alive. */
  pids(): number[];
  /** Stops everything the lane started; safe to call twice. */
  stop(): Promise<void>;
}

/** Serves what the program of the stack declares. Fails when the policies refuse it or a part does not come up; then nothing is left running. */
export async function startLane(options: LaneOptions = {}): Promise<Lane> {
  const { stack = "dev", port = 8080, onUp = () => undefined } = options;
  const started: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopAll(started));
  /** Keeps what is to be stopped, also when it comes up only after another part has failed. */
  const keep = async <T extends { stop(): Promise<void> }>(starting: T | Promise<T>): Promise<T> => {
    const part = await starting;
    if (stopped) await part.stop();
    else started.push(() => part.stop());
    return part;
  };
  const database = options.databaseUrl ? Promise.resolve({ url: options.databaseUrl }) : keep(startDatabase());
  database.catch(() => undefined);

  try {
    const preview = await previewStack(stack, { config: options.config });
    options.onPreview?.(preview);
    if (refused(preview)) throw new Error(`the policies refuse ${stack}: mend the mandatory findings above`);
    const { nodes } = preview;

    const identity = await keep(
      startIdentity({ nodes, onMessage: ({ to, code, kind }) => onUp("message", `${kind} for ${to}: ${code}`) }),
    );
    onUp("sign-in", identity.url);
    const { url } = await database;
    const logins = await prepareLogins(url, nodes);
    onUp("database", `PostgreSQL on ${new URL(url).host}, ${only(nodes, "aws:rds/instance:Instance").inputs.dbName}`);
    const appDirectory = `${projectDirectory}app`;
    const functions = readFunctions(nodes);
    const host = await keep(
      new LambdaHost({
        functions,
        aliases: new AliasTable(nodes),
        appDirectory,
        environment: ({ environment }) => logins.forEnvironment(environment),
        onLog: options.onLog,
      }),
    );
    const services = readServices(nodes);
    // Asked for before the users are let in: each asking is what makes its user known.
    const connections = new Map(services.map((spec) => [spec, logins.forEnvironment(spec.environment)]));
    for (const line of await runInvocations(nodes, host)) onUp("migrations", line);
    await logins.admitUsers();
    host.warm();
    for (const { functionName, memoryMiB, timeoutSeconds } of functions)
      onUp("function", `${functionName}, ${memoryMiB} MiB, ${timeoutSeconds} s`);
    const keys: PoolKeys = async (poolId) => identity.jwks(poolId) as JSONWebKeySet;
    const serviceHost = await keep(
      ServiceHost.start({
        ...{ nodes, services, appDirectory },
        environment: (spec) => ({ ...connections.get(spec), ...localKeys(identity, spec.environment.TOKEN_ISSUER) }),
        keys: (issuer) => keys(poolOf(issuer)),
        onLog: options.onLog,
      }),
    );
    for (const spec of services) {
      onUp("service", `${spec.serviceName}, ${spec.memoryMiB} MiB, ${serviceHost.targets(spec).length} tasks`);
    }
    const listeners: Listeners = (arn, listenerPort) => serviceHost.urlOf(arn, listenerPort);
    const integrations = { http_proxy: httpIntegration(listeners) };
    const gateway = await keep(
      startGateway({
        ...{ api: readApi(nodes), functions: host, integrations, keys, port },
        onRequest: options.onRequest,
      }),
    );
    onUp("gateway", gateway.url);
    return { url: gateway.url, identity, pids: () => [...host.pids, ...serviceHost.pids], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The last part of an issuer is its user pool. */
const poolOf = (issuer: string) => issuer.split("/").at(-1)!;

/** Tokens name the cloud's issuer; its keys are here. */
const localKeys = (identity: Identity, issuer: string | undefined): Record<string, string> =>
  issuer ? { TOKEN_JWKS_URI: `${identity.url}/${poolOf(issuer)}/.well-known/jwks.json` } : {};

async function stopAll(started: (() => Promise<void>)[]): Promise<void> {
  for (const part of started.toReversed()) await part();
}
