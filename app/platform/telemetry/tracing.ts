import { context, defaultTextMapGetter, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { AWSXRayIdGenerator } from "@opentelemetry/id-generator-aws-xray";
import { AWSXRayPropagator } from "@opentelemetry/propagator-aws-xray";
import { Resource } from "@opentelemetry/resources";
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { defaultRule } from "./default-rule.ts";
import { OtlpExporter } from "./otlp-exporter.ts";
import { beginning, xrayForm } from "./spans.ts";
import { XrayExporter } from "./xray-exporter.ts";

export interface Tracing {
  /**
   * Runs `work` as part of the trace that an `X-Amzn-Trace-Id` value names, recorded if that says so; where it leaves that open, or
   * there is none, recorded if X-Ray's default rule says so. `work` gets the id of a trace that is not recorded, for the log.
   */
  continued<T>(header: string | undefined, work: (traceId?: string) => T): T;
  /** Resolves when every ended span has left the process. */
  flush(): Promise<void>;
  /** Flushes and closes the socket. */
  stop(): Promise<void>;
}

const propagator = new AWSXRayPropagator();
const ids = new AWSXRayIdGenerator();

/**
 * Sets tracing up for the process: X-Ray's ids, X-Ray's decision to sample, spans by UDP to `AWS_XRAY_DAEMON_ADDRESS`, or by HTTP to
 * the collector at `OTEL_EXPORTER_OTLP_ENDPOINT`. Without either spans only give the log its trace ids. By hand and not by an
 * auto-instrumenting distribution, whose start costs a cold function 270 ms.
 */
export function startTracing(serviceName: string, env: NodeJS.ProcessEnv): Tracing {
  const provider = new BasicTracerProvider({
    idGenerator: ids,
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    resource: new Resource(resource(serviceName, env)),
    spanLimits: { attributeCountLimit: 16, attributeValueLengthLimit: 256 },
    spanProcessors: processorsOf(env),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const picks = defaultRule();
  return {
    continued: (header = "", work) => {
      const [, given] = /Sampled=([01])/.exec(header) ?? [];
      if (given === "0" || (given === undefined && !picks())) return work(namedIn(header) ?? newTraceId());
      const parent = given && propagator.extract(ROOT_CONTEXT, { "x-amzn-trace-id": header }, defaultTextMapGetter);
      return context.with(parent && parent !== ROOT_CONTEXT ? parent : beginning, work);
    },
    flush: () => provider.forceFlush().catch(() => {}),
    stop: () => provider.shutdown().catch(() => {}),
  };
}

const namedIn = (header: string) => /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/.exec(header)?.[1];
const newTraceId = () => xrayForm(ids.generateTraceId());

/** Lambda gives the daemon's address, a task definition the collector's. */
function processorsOf({ AWS_XRAY_DAEMON_ADDRESS: daemon, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: NodeJS.ProcessEnv) {
  // Small batches: at the limits above sixteen spans fit one datagram with room to spare.
  if (daemon) return [new BatchSpanProcessor(new XrayExporter(daemon), { maxExportBatchSize: 16 })];
  // Large ones: a request to the collector costs as much as some requests of a caller.
  const batches = { maxExportBatchSize: 512, scheduledDelayMillis: 1000 };
  return endpoint ? [new BatchSpanProcessor(new OtlpExporter(endpoint), batches)] : [];
}

function resource(serviceName: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const known = {
    "service.name": env.OTEL_SERVICE_NAME ?? env.POWERTOOLS_SERVICE_NAME ?? serviceName,
    "cloud.provider": "aws",
    "cloud.region": env.AWS_REGION,
    "cloud.platform": env.AWS_LAMBDA_FUNCTION_NAME ? "aws_lambda" : undefined,
    "faas.name": env.AWS_LAMBDA_FUNCTION_NAME,
    "faas.version": env.AWS_LAMBDA_FUNCTION_VERSION,
  };
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
