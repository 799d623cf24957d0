import type { Section } from "./states.ts";

/** One call of an AWS API in Amazon States Language. */
export interface TaskCall {
  resource: string;
  parameters: Record<string, unknown>;
  /** What is kept of the answer. Defaults to all of it. */
  selector?: Record<string, unknown>;
}

/** A call in a state of its own. */
export interface NamedCall {
  name: string;
  call: TaskCall;
}

/** One call of a smoke test, and what its result must satisfy, as a rule of a Choice state. */
export interface SmokeTestCall extends NamedCall {
  accepted?: Record<string, unknown>;
}

/** Something whose traffic can be divided between an old and a new version: an alias, or the listener rule of two slots. */
export interface TrafficTarget {
  /** Finds out where the new version goes, before anything else. */
  opening?: Section;
  /** Makes the new version ready for traffic, after the alarms are chosen. */
  loading?: Section;
  /** Tries the new version before it has traffic; may be empty. */
  smokeTest: readonly SmokeTestCall[];
  /** Minutes the alarms may take to grow quiet before the first shift. Defaults to none, and nobody looks. */
  settleMinutes?: number;
  /** Gives the new version, `$.to`, this share and the old one, `$.from`, the rest. */
  shift(percent: number): TaskCall;
  /** Gives everything back to `$.from`. */
  rollBack: TaskCall;
  /** Makes it last once the last step was quiet; if it fails, everything is given back. */
  conclude?: NamedCall;
  /** What is tidied up once the new version has everything; if it fails, the rollout does not. */
  finish?: NamedCall;
  /** What is tidied up once the old version has everything again. */
  clear?: NamedCall;
  /** Looks that all this takes before the first shift, at most, each after a minute or less. Defaults to 0. */
  readyPolls?: number;
}

/** What a new version must pass before it gets any traffic: it answers a request, or a function of yours is content with it. */
export type SmokeTest =
  | {
      /** A request as API Gateway would hand it to the function; a status of 400 or above fails. */
      request: { method: string; path: string };
    }
  | {
      /** A function that is invoked with `{"functionName","alias","version"}` and fails when it is not content. */
      functionName: string;
    };

/** Alias that points at the version under test, and at nothing else that anybody uses. */
export const testAlias = "test";

export interface AliasOptions {
  /** What a new version must pass first. Defaults to nothing. */
  smokeTest?: SmokeTest;
  /** Whether the alias takes weights: one with provisioned concurrency does not. Defaults to true. */
  weighted?: boolean;
}

/**
 * The traffic of a Lambda alias. A function error fails the smoke test as well. While a shift is under way the alias belongs to the old
 * version, also when the new one has a weight of 1, which Lambda takes (`AliasRoutingConfiguration`: 0.0 to 1.0, both included): a
 * refresh in the middle sees no other version, and the metrics by version are those of a weighted alias throughout. Only after the
 * last bake the alias belongs to the new version. Without weights it does so from the first moment.
 */
export function aliasTarget(
  functionName: string,
  alias: string,
  { smokeTest, weighted = true }: AliasOptions = {},
): TrafficTarget {
  const update = (parameters: Record<string, unknown>): TaskCall => ({
    resource: "arn:aws:states:::aws-sdk:lambda:updateAlias",
    parameters: { FunctionName: functionName, ...parameters },
  });
  // The key of the weight is a version that only the input knows, and a key cannot be a path: hence text made into an object.
  const weights = (percent: number) => `States.StringToJson(States.Format('\\{"{}":${percent / 100}\\}', $.to))`;
  const all = (version: string) =>
    update({ Name: alias, "FunctionVersion.$": version, RoutingConfig: { AdditionalVersionWeights: {} } });
  const divided = (percent: number) =>
    update({
      Name: alias,
      "FunctionVersion.$": "$.from",
      RoutingConfig: { "AdditionalVersionWeights.$": weights(percent) },
    });
  const pointed = update({ Name: testAlias, "FunctionVersion.$": "$.to" });
  return {
    shift: (percent) => (weighted ? divided(percent) : all("$.to")),
    rollBack: all("$.from"),
    ...(weighted && { conclude: { name: "Make new version the only one", call: all("$.to") } }),
    smokeTest: smokeTest
      ? [{ name: "Point test alias at new version", call: pointed }, smokeCall(functionName, smokeTest)]
      : [],
  };
}

// The optimised integration fails the task by the function's own error, and gives the answer as an object.
const invoke = "arn:aws:states:::lambda:invoke";

function smokeCall(functionName: string, test: SmokeTest): SmokeTestCall {
  const name = "Smoke test";
  if ("functionName" in test) {
    const Payload = { functionName, alias: testAlias, "version.$": "$.to" };
    return { name, call: { resource: invoke, parameters: { FunctionName: test.functionName, Payload } } };
  }
  const { method, path } = test.request;
  const Payload = { resource: path, path, httpMethod: method, headers: {}, requestContext: {} };
  return {
    name,
    call: { resource: invoke, parameters: { FunctionName: `${functionName}:${testAlias}`, Payload } },
    accepted: { Variable: "$.smoke.Payload.statusCode", NumericLessThan: 400 },
  };
}
