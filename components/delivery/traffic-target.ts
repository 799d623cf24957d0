import type { Section } from "./states.ts";

/** One call of an AWS API in Amazon States Language. */
export interface TaskCall {
  /** What is called, as it stands behind `arn:<partition>:states:::`. */
  resource: string;
  parameters: Record<string, unknown>;
  /** What is kept of the answer. Defaults to all of it. */
  selector?: Record<string, unknown>;
  /** Seconds that one attempt may take. Defaults to 30. */
  seconds?: number;
}

/** A call in a state of its own. */
export interface NamedCall {
  name: string;
  call: TaskCall;
}

/** One call of a smoke test, and what its result must satisfy, as a rule of a Choice state. */
export interface SmokeTestCall extends NamedCall {
  /** Whether it runs the new version or what judges it, so that an error of it means: not passed. Defaults to false. */
  tries?: boolean;
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
      /** Its time-out. Defaults to 900, the longest there is. */
      timeoutSeconds?: number;
    };

/** The state that takes the alias from the old version, once the last bake is over. */
export const concludeName = "Make new version the only one";

/** Alias that points at the version under test, and at nothing else that anybody uses. */
export const testAlias = "test";

export interface AliasOptions {
  /** What a new version must pass first. Defaults to nothing. */
  smokeTest?: SmokeTest;
  /** The function's time-out: so long a smoke test by request waits. Defaults to 900, the longest there is. */
  timeoutSeconds?: number;
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
  { smokeTest, timeoutSeconds, weighted = true }: AliasOptions = {},
): TrafficTarget {
  const update = (parameters: Record<string, unknown>): TaskCall => ({
    resource: "aws-sdk:lambda:updateAlias",
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
    ...(weighted && { conclude: { name: concludeName, call: all("$.to") } }),
    smokeTest: smokeTest
      ? [{ name: "Point test alias at new version", call: pointed }, smokeCall(functionName, smokeTest, timeoutSeconds)]
      : [],
  };
}

// The optimised integration fails the task by the function's own error, and gives the answer as an object.
const invoke = "lambda:invoke";

// It is the function's time-out that ends a run; the answer may take a moment.
const seconds = (timeoutSeconds = 900) => timeoutSeconds + 10;

function smokeCall(functionName: string, test: SmokeTest, timeoutSeconds?: number): SmokeTestCall {
  const name = "Smoke test";
  if ("functionName" in test) {
    const Payload = { functionName, alias: testAlias, "version.$": "$.to" };
    const parameters = { FunctionName: test.functionName, Payload };
    return { name, tries: true, call: { resource: invoke, parameters, seconds: seconds(test.timeoutSeconds) } };
  }
  const { method, path } = test.request;
  const Payload = { resource: path, path, httpMethod: method, headers: {}, requestContext: {} };
  const parameters = { FunctionName: `${functionName}:${testAlias}`, Payload };
  // Comparing what is not there fails the execution beyond any Catch.
  const of = (rule: Record<string, unknown>) => ({ Variable: "$.smoke.Payload.statusCode", ...rule });
  return {
    name,
    tries: true,
    call: { resource: invoke, parameters, seconds: seconds(timeoutSeconds) },
    accepted: { And: [{ IsPresent: true }, { IsNumeric: true }, { NumericLessThan: 400 }].map(of) },
  };
}
