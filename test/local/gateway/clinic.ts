import type { Node } from "../../../local/graph.ts";

/** As little of an API as the tests need: what the program records for it, with the parts a test wants to change. */
export interface ClinicParts {
  /** Changes the document before it is recorded. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test takes the document apart as it likes
  edit?: (document: any) => void;
  throttle?: Record<string, { throttlingRateLimit?: number; throttlingBurstLimit?: number }>;
  permissions?: boolean;
  variables?: Record<string, string>;
  api?: Record<string, unknown>;
}

export const poolId = "eu-west-1_Cl1n1cPoo";
export const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`;
export const clientId = "4browserclient0000000000aa";
const account = "123456789012";
const poolArn = `arn:aws:cognito-idp:eu-west-1:${account}:userpool/${poolId}`;
const executionArn = `arn:aws:execute-api:eu-west-1:${account}:cl1n1c0api`;

export const accessLogFormat =
  '{"id":"$context.requestId","route":"$context.resourcePath","status":$context.status,"client":"$context.authorizer.claims.client_id","error":"$context.error.responseType","waf":"$context.waf.status","agent":"$context.identity.userAgent"}';

/** The nodes of a clinic: an API with its stage, a user pool with a client, a function with its alias and permission. */
export function clinic({ edit, throttle = {}, permissions = true, variables, api = {} }: ClinicParts = {}): Node[] {
  const document = clinicDocument();
  edit?.(document);
  return [
    node("aws:apigateway/restApi:RestApi", "cl1n1c0api", { body: JSON.stringify(document), ...api }, { executionArn }),
    node("aws:apigateway/stage:Stage", "stage", {
      restApi: "cl1n1c0api",
      stageName: "live",
      deployment: "d3pl0y",
      accessLogSettings: { format: accessLogFormat },
      xrayTracingEnabled: true,
      ...(variables && { variables }),
    }),
    ...Object.entries(throttle).map(([methodPath, settings]) =>
      node("aws:apigateway/methodSettings:MethodSettings", methodPath, {
        restApi: "cl1n1c0api",
        stageName: "live",
        methodPath,
        settings,
      }),
    ),
    node("aws:cognito/userPool:UserPool", poolId, {}, { arn: poolArn }),
    node("aws:cognito/userPoolClient:UserPoolClient", clientId, { userPoolId: poolId }),
    ...(permissions ? [permission("patients"), permission("appointments")] : []),
  ];
}

export function node(type: string, id: string, inputs: Node["inputs"], outputs: Node["outputs"] = {}): Node {
  return { type, name: id, id, inputs, outputs: { ...inputs, ...outputs }, secretInputs: [], options: {} };
}

export const permission = (service: string, overrides: Node["inputs"] = {}) =>
  node("aws:lambda/permission:Permission", `${service}-permission`, {
    action: "lambda:InvokeFunction",
    function: `slipway-dev-${service}`,
    qualifier: "live",
    principal: "apigateway.amazonaws.com",
    sourceArn: `${executionArn}/live/*/*`,
    ...overrides,
  });

const lambdaUri = (service: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${account}:function:slipway-dev-${service}:live/invocations`;

const route = (service: string, scope: string | undefined, more: object = {}) => ({
  security: scope ? [{ cognito: [scope] }] : [],
  responses: {},
  "x-amazon-apigateway-request-validator": "everything",
  "x-amazon-apigateway-integration": {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: lambdaUri(service),
    timeoutInMillis: 29000,
  },
  ...more,
});

const identified = [{ name: "patientId", in: "path", required: true, schema: { type: "string" } }];

function clinicDocument() {
  return {
    openapi: "3.0.3",
    info: { title: "Clinic", version: "1.0.0" },
    paths: {
      "/patients": {
        get: route("patients", "clinic/patients.read", {
          parameters: [
            { name: "limit", in: "query", required: false, schema: { type: "integer" } },
            { name: "X-Ward", in: "header", required: true, schema: { type: "string" } },
            { name: "from", in: "query", required: true, schema: { type: "string" } },
          ],
        }),
        post: route("patients", "clinic/patients.write", {
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/NewPatient" } } } },
        }),
      },
      "/patients/{patientId}": { parameters: identified, get: route("patients", "clinic/patients.read") },
      "/patients/me": { get: route("patients", undefined) },
      "/patients/{patientId}/files/{proxy+}": { parameters: identified, put: route("patients", undefined) },
      "/health/patients": { get: route("patients", undefined), head: route("patients", undefined) },
      "/health/appointments": { get: route("appointments", undefined), options: preflight() },
    },
    components: {
      securitySchemes: {
        cognito: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "cognito_user_pools",
          "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [poolArn] },
        },
      },
      schemas: {
        NewPatient: {
          type: "object",
          required: ["name"],
          additionalProperties: false,
          example: { id: "p1" },
          properties: {
            name: { type: "string", minLength: 1 },
            weight: { type: "number", minimum: 0, exclusiveMinimum: true },
            phone: { type: "string", nullable: true },
            contact: { $ref: "#/components/schemas/NewPatient" },
          },
        },
      },
    },
    "x-amazon-apigateway-request-validators": {
      everything: { validateRequestBody: true, validateRequestParameters: true },
    },
  };
}

function preflight() {
  return {
    security: [],
    responses: {},
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: {
            "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
            "method.response.header.Vary": "'Origin'",
          },
          responseTemplates: {
            "application/json": [
              '#set($origin = $input.params().header.get("Origin"))',
              '#if($origin == "https://a.example" || $origin == "https://b.example")',
              "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end",
            ].join("\n"),
          },
        },
      },
    },
  };
}
