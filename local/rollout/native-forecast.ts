import type { Node } from "../graph.ts";
import type { Forecast, Step } from "./forecast.ts";

/** What each deployment by ECS's own strategies would do with the traffic. A rolling one shifts none and is not among them. */
export function nativeForecasts(nodes: Node[]): Forecast[] {
  return nodes
    .filter(({ type }) => type === "aws:ecs/service:Service")
    .flatMap(({ inputs: { name, alarms, deploymentConfiguration }, options }) => {
      const shares = sharesOf(deploymentConfiguration ?? {});
      if (shares.length === 0) return [];
      return {
        workload: name as string,
        steps: stepsOf(shares, Number(deploymentConfiguration.bakeTimeInMinutes), testersIn(deploymentConfiguration)),
        alarms: (alarms?.alarmNames ?? []) as string[],
        otherwise: "its tasks do not become healthy",
        longestMinutes: Number(/^(\d+)m$/.exec(options.customTimeouts?.update ?? "")?.[1]),
      };
    });
}

/** Per cents of the traffic that it gets, one after the other. */
function sharesOf({ strategy, canaryConfiguration, linearConfiguration }: Node["inputs"]): number[] {
  switch (strategy) {
    case "BLUE_GREEN":
      return [100];
    case "CANARY":
      return [canaryConfiguration.canaryPercent, 100];
    case "LINEAR": {
      const { stepPercent } = linearConfiguration;
      const steps = Math.ceil(100 / stepPercent);
      return Array.from({ length: steps }, (_, index) => Math.min(100, (index + 1) * stepPercent));
    }
    default:
      return [];
  }
}

/** Names of the functions that try it before it has traffic. */
const testersIn = ({ lifecycleHooks = [] }: Node["inputs"]): string[] =>
  lifecycleHooks.map(({ hookTargetArn }: { hookTargetArn: string }) => hookTargetArn.split(":").at(-1)!);

function stepsOf(shares: number[], bake: number, testers: string[]): Step[] {
  const healthy = "starts beside the old tasks and is healthy to the load balancer; the minutes count from then";
  return [
    { minute: 0, what: healthy },
    ...testers.map((tester) => ({ minute: 0, what: `passes ${tester} before it has traffic` })),
    ...shares.map((percent, index) => ({
      minute: index * bake,
      what: `gets ${percent} % of the traffic and is watched for ${bake} min`,
    })),
    { minute: shares.length * bake, what: "is the only version left, and the update goes on" },
  ];
}
