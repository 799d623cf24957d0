import { containerLogs, noCapabilities, type ContainerDefinition } from "./containers.ts";

/**
 * The AWS Distro for OpenTelemetry collector, release 0.48.0, the index of all its platforms. It takes OTLP and not only the
 * X-Ray daemon's own format, and the daemon is in maintenance and leaves support in February 2027.
 */
export const collectorImageUri =
  "public.ecr.aws/aws-observability/aws-otel-collector:v0.48.0@sha256:9b28046359054b414f4ba76056ba4e8cffda2d53fbcee06171d7eeecd71326c3";

/** Where containers of the same task send their spans: they share one network interface. */
export const collectorEndpoint = "http://127.0.0.1:4318";

/** Memory of the task that the collector may use up to, in MiB. */
const memoryMiB = 128;

/** The sidecar that takes a task's spans by OTLP over HTTP and hands them to X-Ray. The task lives on when it dies. */
export function collector(region: string, logGroupName: string, imageUri: string): ContainerDefinition {
  return {
    name: "collector",
    image: imageUri,
    essential: false,
    memory: memoryMiB,
    user: "4317:4317",
    readonlyRootFilesystem: true,
    linuxParameters: { capabilities: noCapabilities },
    environment: [{ name: "AOT_CONFIG_CONTENT", value: JSON.stringify(configuration(region)) }],
    // The image is made from nothing: its own program is all there is to ask.
    healthCheck: { command: ["CMD", "/healthcheck"], interval: 10, timeout: 5, retries: 3, startPeriod: 10 },
    stopTimeout: 35,
    logConfiguration: containerLogs(region, logGroupName, "collector"),
  };
}

/** JSON is YAML, which the collector reads. */
const configuration = (region: string) => ({
  extensions: { health_check: {} },
  receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" } } } },
  processors: {
    memory_limiter: { check_interval: "1s", limit_mib: memoryMiB - 32, spike_limit_mib: 24 },
    batch: { timeout: "1s", send_batch_size: 50 },
  },
  exporters: { awsxray: { region } },
  service: {
    extensions: ["health_check"],
    pipelines: { traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["awsxray"] } },
    telemetry: { logs: { level: "warn" } },
  },
});
