/** One call of an AWS API in Amazon States Language. */
export interface TaskCall {
  resource: string;
  parameters: Record<string, unknown>;
}

/** One call of a smoke test, and what its result must satisfy, as a rule of a Choice state. */
export interface SmokeTestCall {
  name: string;
  call: TaskCall;
  accepted?: Record<string, unknown>;
}

/** Something whose traffic can be divided between an old and a new version: an alias, or a listener rule. */
export interface TrafficTarget {
  /** Gives the new version, `$.to`, this share and the old one, `$.from`, the rest. */
  shift(percent: number): TaskCall;
  /** Gives everything back to `$.from`. */
  rollBack: TaskCall;
  /** Tries the new version before it has traffic; may be empty. */
  smokeTest: readonly SmokeTestCall[];
}

/** A request as API Gateway would hand it to the function, for the smoke test. */
export interface SmokeRequest {
  method: string;
  path: string;
}

/**
 * The traffic of a Lambda alias. The smoke test points the alias `test` at the new version and sends it `request`; a status of
 * 400 or above, or a function error, fails it.
 */
export function aliasTarget(functionName: string, alias: string, request?: SmokeRequest): TrafficTarget {
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
  return {
    shift: (percent) => (percent === 100 ? all("$.to") : divided(percent)),
    rollBack: all("$.from"),
    smokeTest: request ? smokeTest(functionName, update, request) : [],
  };
}

function smokeTest(
  functionName: string,
  update: (parameters: Record<string, unknown>) => TaskCall,
  request: SmokeRequest,
): SmokeTestCall[] {
  const event = {
    resource: request.path,
    path: request.path,
    httpMethod: request.method,
    headers: {},
    requestContext: {},
  };
  const invoke = {
    resource: "arn:aws:states:::lambda:invoke",
    parameters: { FunctionName: `${functionName}:test`, Payload: event },
  };
  return [
    { name: "Point test alias at new version", call: update({ Name: "test", "FunctionVersion.$": "$.to" }) },
    { name: "Smoke test", call: invoke, accepted: { Variable: "$.smoke.Payload.statusCode", NumericLessThan: 400 } },
  ];
}
