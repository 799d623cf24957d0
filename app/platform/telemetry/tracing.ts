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
import { OtlpExporter } from "./otlp-exporter.ts";
import { XrayExporter } from "./xray-exporter.ts";

export interface Tracing {
  /** Runs `work` as part of the trace that an `X-Amzn-Trace-Id` value names, in a new one where there is none. */
  continued<T>(header: string | undefined, work: () => T): T;
  /** Resolves when every ended span has left the process. */
  flush(): Promise<void>;
  /** Flushes and closes the socket. */
  stop(): Promise<void>;
}

const propagator = new AWSXRayPropagator();

/**
 * Sets tracing up for the process: X-Ray's ids, X-Ray's decision to sample, spans by UDP to `AWS_XRAY_DAEMON_ADDRESS`, or
 * by HTTP to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT`. Without either spans only give the log its trace ids. By hand and not by an auto-instrumenting distribution, whose start costs
 * a cold function 270 ms.
 */
export function startTracing(serviceName: string, env: NodeJS.ProcessEnv): Tracing {
  const exporter = exporterOf(env);
  const provider = new BasicTracerProvider({
    idGenerator: new AWSXRayIdGenerator(),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    resource: new Resource(resource(serviceName, env)),
    spanLimits: { attributeCountLimit: 16, attributeValueLengthLimit: 256 },
    // Small batches: at these limits sixteen spans fit one datagram with room to spare.
    spanProcessors: exporter ? [new BatchSpanProcessor(exporter, { maxExportBatchSize: 16 })] : [],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    continued: (header, work) => {
      const carrier = { "x-amzn-trace-id": header };
      return context.with(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter), work);
    },
    flush: () => provider.forceFlush().catch(() => {}),
    stop: () => provider.shutdown().catch(() => {}),
  };
}

/** Lambda gives the daemon's address, a task definition the collector's. */
function exporterOf({ AWS_XRAY_DAEMON_ADDRESS: daemon, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: NodeJS.ProcessEnv) {
  if (daemon) return new XrayExporter(daemon);
  return endpoint ? new OtlpExporter(endpoint) : undefined;
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
