import type { Inputs } from "../../local/answers/account.ts";
import type { Account, Weighted } from "../aws/world.ts";
import type { Cloud, Thing } from "./cloud.ts";
import { slotsIn } from "./slot-cloud.ts";

const aliasType = "aws:lambda/alias:Alias";

/** The account behind the providers of a sandbox, as the APIs that rollouts call see it: one world, two doors. */
export function accountIn(cloud: Cloud): Account {
  const aliasThing = (functionName: string, name: string): Thing | undefined =>
    cloud.ofType(aliasType).find(({ inputs }) => inputs.functionName === functionName && inputs.name === name);
  return {
    alias(functionName, name) {
      const state = aliasThing(functionName, name)?.state;
      return state && { version: state.functionVersion, weights: { ...state.routingConfig?.additionalVersionWeights } };
    },
    setAlias(functionName, name, { version, weights }: Weighted) {
      const thing = aliasThing(functionName, name)!;
      for (const side of ["inputs", "state"] as const) {
        const divided = Object.keys(weights).length > 0 && { routingConfig: { additionalVersionWeights: weights } };
        const moved: Inputs = { ...thing[side], functionVersion: version };
        delete moved.routingConfig;
        thing[side] = { ...moved, ...divided };
      }
    },
    versions(functionName) {
      const [found] = cloud.ofType("aws:lambda/function:Function").filter(({ inputs }) => inputs.name === functionName);
      const latest = Number(found?.state.version ?? 0);
      return Object.fromEntries(Array.from({ length: latest }, (_, at) => [String(at + 1), found!.inputs.imageUri]));
    },
    slots: slotsIn(cloud),
    alarms: () => cloud.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs.name),
    watched(alarm) {
      const found = cloud.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").find(({ inputs }) => inputs.name === alarm);
      const queries: { metric?: { dimensions?: Record<string, string> } }[] = found?.inputs.metricQueries ?? [];
      const versions = queries.map(({ metric }) => metric?.dimensions?.ExecutedVersion ?? metric?.dimensions?.Version);
      return versions.filter((version) => version !== undefined);
    },
    machine: (arn) =>
      cloud.ofType("aws:sfn/stateMachine:StateMachine").find(({ state }) => state.arn === arn)?.inputs.definition,
  };
}
