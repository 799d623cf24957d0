import type { Node } from "../graph.ts";

export interface Stage {
  name: string;
  deploymentId: string;
  variables: Record<string, string> | undefined;
  /** Format of the access log with its `$context` variables; none when the stage keeps no log. */
  accessLogFormat: string | undefined;
  tracing: boolean;
}

/** Most requests per second, and the most at once. */
export interface Throttle {
  rate: number;
  burst: number;
}

/** The account's own limits in a region, where nothing else is set. Source: API Gateway quotas. */
const accountThrottle: Throttle = { rate: 10_000, burst: 5_000 };

/** The stage of the API `apiId`. Fails when the API has none or several. */
export function readStage(nodes: Node[], apiId: string): Stage {
  const stages = nodes.filter(({ type, inputs }) => type === "aws:apigateway/stage:Stage" && inputs.restApi === apiId);
  if (stages.length !== 1)
    throw new Error(`api "${apiId}" must have one stage, found ${stages.length}: keep one Stage per RestApi`);
  const { inputs } = stages[0]!;
  return {
    name: inputs.stageName,
    deploymentId: inputs.deployment,
    variables: inputs.variables,
    accessLogFormat: inputs.accessLogSettings?.format,
    tracing: inputs.xrayTracingEnabled === true,
  };
}

/** The throttle of one method: its own MethodSettings, else those of the whole stage, else the account's. */
export function readThrottles(
  nodes: Node[],
  apiId: string,
  stageName: string,
): (path: string, method: string) => Throttle {
  const settings = new Map<string, Partial<Throttle>>();
  for (const { type, inputs } of nodes) {
    if (type !== "aws:apigateway/methodSettings:MethodSettings") continue;
    if (inputs.restApi !== apiId || inputs.stageName !== stageName) continue;
    const key = String(inputs.methodPath).replaceAll("~1", "/").replace(/^\//, "");
    settings.set(key, {
      rate: limit(inputs.settings?.throttlingRateLimit),
      burst: limit(inputs.settings?.throttlingBurstLimit),
    });
  }
  return (path, method) => {
    const [own, stage] = [settings.get(`${path.slice(1)}/${method}`), settings.get("*/*")];
    return {
      rate: own?.rate ?? stage?.rate ?? accountThrottle.rate,
      burst: own?.burst ?? stage?.burst ?? accountThrottle.burst,
    };
  };
}

/** AWS reads -1 as "no limit of its own". */
const limit = (value: unknown) => (typeof value === "number" && value >= 0 ? value : undefined);
