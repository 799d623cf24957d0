import { availableParallelism } from "node:os";
import type { JSONWebKeySet } from "jose";
import { startDatabase } from "./database.ts";
import { databaseRefusal } from "./database-access.ts";
import { prepareLogins } from "./database-login.ts";
import { checkOwnDatabase } from "./database-own.ts";
import { Bounded } from "./bounded.ts";
import { frontDoor, readApi } from "./gateway/api.ts";
import type { PoolKeys } from "./gateway/authorizer.ts";
import { httpIntegration } from "./gateway/http-integration.ts";
import type { ObservedRequest } from "./gateway/observed.ts";
import { rootOf } from "./gateway/variables.ts";
import { startGateway } from "./gateway/server.ts";
import { only } from "./graph.ts";
import { startIdentity, type Identity } from "./identity/identity.ts";
import { AliasTable } from "./lambda/aliases.ts";
import { readFunctions } from "./lambda/function-spec.ts";
import type { LogLine } from "./lambda/invocation.ts";
import { LambdaHost } from "./lambda/lambda-host.ts";
import type { Lane, LaneOptions } from "./lane.ts";
import { runInvocations } from "./migrations.ts";
import type { Parts } from "./parts.ts";
import { requireFree } from "./port.ts";
import { previewStack } from "./preview.ts";
import { LocalRollouts } from "./rollout/local-rollouts.ts";
import { ServiceHost } from "./service/service-host.ts";
import { readServices } from "./service/service-spec.ts";
import { projectDirectory } from "./stack.ts";
import { gatewaySpan, startTracing } from "./tracing.ts";

/** A laptop that is busy elsewhere starts a process more slowly than AWS, which gives 10 seconds. */
const initTimeoutMillis = 30_000;
/** Longer than a gateway waits for an answer. */
const keptMillis = 60_000;
/** Whoever types Ctrl-C waits for it. */
const stopGraceMillis = 1_000;

/** Starts one part after the other, as the graph says, and hands each to `parts` at once. Fails with the first that does not come up. */
export async function serve(options: LaneOptions, parts: Parts, signal: AbortSignal): Promise<Lane> {
  const { stack = "dev", port = 8080, databaseUrl, onUp = () => undefined } = options;
  await Promise.all([requireFree(port), databaseUrl && checkOwnDatabase(databaseUrl)]);
  const database = databaseUrl ? Promise.resolve({ url: databaseUrl }) : parts.keep(startDatabase({ signal }));
  const preview = await previewStack(stack, { config: options.config });
  signal.throwIfAborted();
  options.onPreview?.(preview);
  const { nodes } = preview;
  const appDirectory = `${projectDirectory}app`;

  const identity = await parts.keep(
    startIdentity({ nodes, onMessage: ({ to, code, kind }) => onUp("message", `${kind} for ${to}: ${code}`) }),
  );
  onUp("sign-in", `${identity.url} for the AWS SDK and OAuth`);
  const { address, traces } = await parts.keep(startTracing());
  // Spans of a server leave it soon, and not after the five seconds that suit a daemon far away: whoever asks for a trace sees it.
  const common = { AWS_XRAY_DAEMON_ADDRESS: address, OTEL_BSP_SCHEDULE_DELAY: "200", ...compiled() };
  const { url } = await database;
  const logins = await prepareLogins(url, nodes);
  onUp("database", `PostgreSQL on ${new URL(url).host}, ${only(nodes, "aws:rds/instance:Instance").inputs.dbName}`);

  const functions = readFunctions(nodes);
  const services = readServices(nodes);
  const clients = [
    ...functions.map(({ functionName: name, environment }) => ({ name, environment })),
    ...services.map(({ serviceName: name, environment }) => ({ name, environment })),
  ];
  for (const { name, environment } of clients) {
    const refusal = databaseRefusal(name, environment, nodes);
    if (refusal) onUp("database", `turns ${name} away: ${refusal.reason}`);
  }
  const aliases = new AliasTable(nodes);
  const onLog = (line: LogLine) => {
    rollouts.read(line);
    options.onLog?.(line);
  };
  const host: LambdaHost = await parts.keep(
    new LambdaHost({
      ...{ functions, aliases, appDirectory, initTimeoutMillis, onLog },
      maxProcesses: 2 * availableParallelism(),
      // A version that brings its own database keeps it.
      environment: ({ functionName, environment }) => ({
        ...(environment.DATABASE_URL ? {} : logins.forEnvironment(functionName, environment)),
        ...common,
      }),
      onReport: (report) => rollouts.observe(report),
    }),
  );
  const { minuteMillis } = options;
  const rollouts = new LocalRollouts({ nodes, functions, aliases, host, services: () => serviceHost, minuteMillis });
  // Asked for before the users are let in: each asking is what makes its user known.
  for (const { name, environment } of clients) logins.forEnvironment(name, environment);
  for (const line of await runInvocations(nodes, host)) onUp("migrations", line);
  await logins.admitUsers();
  host.warm();
  for (const { functionName, memoryMiB, timeoutSeconds } of functions) {
    onUp("function", `${functionName}, ${memoryMiB} MiB, ${timeoutSeconds} s`);
  }

  const keys: PoolKeys = async (poolId) => identity.jwks(poolId) as JSONWebKeySet;
  const answeredBy = new Bounded<string | undefined>(1000, Date.now);
  const serviceHost: ServiceHost = await parts.keep(
    ServiceHost.start({
      ...{ nodes, services, appDirectory },
      environment: ({ serviceName, environment }) => ({
        ...(environment.DATABASE_URL ? {} : logins.forEnvironment(serviceName, environment)),
        ...localKeys(identity, environment.TOKEN_ISSUER),
        ...common,
      }),
      keys: (issuer) => keys(poolOf(issuer)),
      onLog: options.onLog,
      onServed: (served) => {
        rollouts.served(served);
        answeredBy.set(rootOf(served.traceId) ?? "", served.target.version, keptMillis);
      },
    }),
  );
  for (const { serviceName, memoryMiB } of services) {
    const { desiredCount } = serviceHost.service(serviceName)!.state;
    if (desiredCount > 0) onUp("service", `${serviceName}, ${memoryMiB} MiB, ${desiredCount} tasks`);
  }

  for (const { host, url: doorUrl } of serviceHost.doors) onUp("door", `https://${host} as ${doorUrl}`);

  const api = readApi(nodes);
  const onRequest = (passed: ObservedRequest) => {
    // What a load balancer chose it does not tell whoever called it.
    const executedVersion = passed.executedVersion ?? answeredBy.take(rootOf(passed.traceId) ?? "");
    const request = { ...passed, executedVersion };
    const span = gatewaySpan(request, `${frontDoor(nodes).name}/${api.stage.name}`);
    if (span) traces.add(span);
    options.onRequest?.(request);
  };
  const integrations = { http_proxy: httpIntegration((called) => serviceHost.urlOf(called)) };
  const { onAccessLog } = options;
  const gateway = await parts.keep(
    startGateway({ api, functions: host, integrations, keys, port, onRequest, onAccessLog, stopGraceMillis }),
  );
  onUp("gateway", gateway.url);
  const pids = () => [...host.pids, ...serviceHost.pids];
  const { doors } = serviceHost;
  const names = () => serviceHost.running;
  return { url: gateway.url, doors, identity, traces, rollouts, services: names, pids, stop: () => parts.stop() };
}

/** Where a process finds what an earlier one compiled, if this one does: one that serves is up in half the time then. */
const compiled = (): Record<string, string> => {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {};
};

/** The last part of an issuer is its user pool. */
const poolOf = (issuer: string) => issuer.split("/").at(-1)!;

/** Tokens name the cloud's issuer; its keys are here. */
const localKeys = (identity: Identity, issuer: string | undefined): Record<string, string> =>
  issuer ? { TOKEN_JWKS_URI: `${identity.url}/${poolOf(issuer)}/.well-known/jwks.json` } : {};
