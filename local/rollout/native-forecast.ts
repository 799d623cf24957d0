import { timeoutMinutes, type NativeStrategy } from "../../components/service/deployment.ts";
import type { Node } from "../graph.ts";
import type { Forecast } from "./forecast.ts";

/** What each deployment by ECS's own strategies would do with the traffic. `rolling` shifts none and is not among them. */
export function nativeForecasts(nodes: Node[]): Forecast[] {
  return nodes
    .filter(({ type }) => type === "aws:ecs/service:Service")
    .flatMap(({ inputs: { name, alarms, deploymentConfiguration } }) => {
      const strategy = strategyOf(deploymentConfiguration ?? {});
      if (!strategy) return [];
      return {
        workload: name as string,
        steps: stepsOf(strategy),
        alarms: (alarms?.alarmNames ?? []) as string[],
        otherwise: "its tasks do not become healthy",
        longestMinutes: timeoutMinutes(strategy),
      };
    });
}

type Shifting = Exclude<NativeStrategy, { kind: "rolling" }>;

/** The strategy as the components have it, out of ECS's words. */
function strategyOf({ strategy, bakeTimeInMinutes, ...own }: Node["inputs"]): Shifting | undefined {
  const bakeMinutes = Number(bakeTimeInMinutes);
  switch (strategy) {
    case "BLUE_GREEN":
      return { kind: "blue-green", bakeMinutes };
    case "CANARY":
      return { kind: "canary", percent: own.canaryConfiguration.canaryPercent, bakeMinutes };
    case "LINEAR":
      return { kind: "linear", percent: own.linearConfiguration.stepPercent, bakeMinutes };
    default:
      return undefined;
  }
}

function stepsOf(strategy: Shifting): Forecast["steps"] {
  const { bakeMinutes } = strategy;
  const shares = sharesOf(strategy).map((percent, index) => ({
    minute: index * bakeMinutes,
    what: `gets ${percent} % of the traffic and is watched for ${bakeMinutes} min`,
  }));
  return [
    { minute: 0, what: "starts beside the old tasks and is healthy to the load balancer; the minutes count from then" },
    ...shares,
    { minute: shares.length * bakeMinutes, what: "is the only version left, and the update goes on" },
  ];
}

/** Per cents of the traffic that it gets, one after the other. */
function sharesOf(strategy: Shifting): number[] {
  if (strategy.kind === "blue-green") return [100];
  const { kind, percent } = strategy;
  if (kind === "canary") return [percent, 100];
  return Array.from({ length: Math.ceil(100 / percent) }, (_, index) => Math.min(100, (index + 1) * percent));
}
