/** As much of an imported OpenAPI 3.0 document as the gateway acts on. */
export interface GatewayDocument {
  paths: Record<string, PathItem>;
  security?: SecurityRequirement[];
  components?: {
    schemas?: Record<string, unknown>;
    parameters?: Record<string, Parameter>;
    requestBodies?: Record<string, RequestBody>;
    securitySchemes?: Record<string, SecurityScheme>;
  };
  "x-amazon-apigateway-request-validators"?: Record<string, Validator>;
  "x-amazon-apigateway-request-validator"?: string;
  "x-amazon-apigateway-gateway-responses"?: Record<string, GatewayResponse>;
  "x-amazon-apigateway-binary-media-types"?: string[];
}

export type PathItem = { parameters?: (Parameter | Reference)[] } & { [method: string]: Operation };

export interface Operation {
  operationId?: string;
  security?: SecurityRequirement[];
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  "x-amazon-apigateway-integration"?: IntegrationSettings;
  "x-amazon-apigateway-request-validator"?: string;
}

export type SecurityRequirement = Record<string, string[]>;

export interface Reference {
  $ref: string;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
}

export interface RequestBody {
  required?: boolean;
  content?: Record<string, { schema?: unknown }>;
}

export interface SecurityScheme {
  type: string;
  /** Name of the header that carries the token. */
  name?: string;
  "x-amazon-apigateway-authtype"?: string;
  "x-amazon-apigateway-authorizer"?: { type?: string; providerARNs?: string[]; identityValidationExpression?: string };
}

export interface Validator {
  validateRequestBody?: boolean;
  validateRequestParameters?: boolean;
}

export interface GatewayResponse {
  statusCode?: number | string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
}

export interface IntegrationSettings {
  /** `aws_proxy`, `mock`, `http_proxy`. */
  type: string;
  httpMethod?: string;
  uri?: string;
  credentials?: string;
  /** How long the gateway waits. Defaults to 29000. */
  timeoutInMillis?: number;
  requestTemplates?: Record<string, string>;
  requestParameters?: Record<string, string>;
  connectionId?: string;
  connectionType?: string;
  /** ARN of the load balancer behind a VPC link of the second kind. */
  integrationTarget?: string;
  responses?: Record<string, IntegrationResponse>;
}

export interface IntegrationResponse {
  statusCode: number | string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
}

/** What `value` is or refers to. Fails on a reference to nothing. */
export function resolved<T extends object>(document: GatewayDocument, value: T | Reference): T {
  if (!("$ref" in value)) return value;
  let found: unknown = document;
  for (const key of value.$ref.replace(/^#\//, "").split("/")) {
    found = (found as Record<string, unknown> | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  if (typeof found !== "object" || found === null)
    throw new Error(`document refers to "${value.$ref}", which does not exist: add it`);
  return found as T;
}
