import { entries, flag, items, json, text } from "../reading.ts";
import type { Need } from "./needs.ts";

/** The AWS Distro for OpenTelemetry: what its exporters call, by its configuration. From the exporters' own pages. */
function* collectorNeeds(container: unknown, who: string): Generator<Need> {
  const held = configurationOf(container);
  const config = json(held, "value");
  const pipelines = entries(config, "service.pipelines").flatMap(([, one]) => items(one, "exporters"));
  if (pipelines.length === 0) yield { unread: `the configuration of ${who}` };
  for (const name of new Set(pipelines.map(String))) {
    const [kind = ""] = name.split("/");
    const measured = flag(config, `exporters.${name}.telemetry.enabled`) ? ["xray:PutTelemetryRecords"] : [];
    if (kind === "awsxray")
      yield { actions: ["xray:PutTraceSegments", ...measured], who: `the exporter ${kind} of ${who}` };
    else if (kind === "awsemf")
      yield { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], may: emf, who: `the exporter ${kind} of ${who}` };
    else if (!plain.has(kind)) yield { unread: `what an exporter of ${who} calls` };
  }
}

/** The collector's configuration, where it stands in the environment. */
const configurationOf = (container: unknown) =>
  items(container, "environment").find((one) => text(one, "name") === "AOT_CONFIG_CONTENT");

/**
 * What a container asks for that everybody knows by its image, or by the configuration it is given when the image is a copy under
 * another name; undefined for any other container.
 */
export function sidecarIn(container: unknown) {
  const image = text(container, "image") ?? "";
  const known = sidecars.find((one) => image.includes(one.image));
  return known?.needs ?? (configurationOf(container) ? collectorNeeds : undefined);
}

const sidecars: readonly { image: string; needs: (container: unknown, who: string) => Generator<Need> }[] = [
  { image: "aws-otel-collector", needs: collectorNeeds },
  {
    image: "aws-xray-daemon",
    *needs(_, who) {
      yield { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], may: sampling, who };
    },
  },
];

const sampling = ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"];
const emf = ["logs:CreateLogGroup", "logs:DescribeLogStreams", "logs:PutRetentionPolicy"];
const plain = new Set([
  "debug",
  "logging",
  "file",
  "otlp",
  "otlphttp",
  "otlp_http",
  "otlp_grpc",
  "zipkin",
  "prometheus",
]);
