import { only, type Node } from "../graph.ts";
import { readAuthorizer, readPools, type AuthorizerSettings } from "./authorizer-settings.ts";
import {
  resolved,
  type GatewayDocument,
  type GatewayResponse,
  type IntegrationSettings,
  type Operation,
  type Parameter,
} from "./document.ts";
import { functionIn } from "./function-uri.ts";
import { mayInvoke, type FunctionTarget } from "./permissions.ts";
import { pathMatcher, type PathMatch } from "./route-match.ts";
import { readBodySchemas } from "./schema.ts";
import { readStage, readThrottles, type Stage, type Throttle } from "./stage.ts";

/** One method of one resource, as the document and the stage declare it. */
export interface Route {
  method: string;
  /** Path of the resource with its `{parameters}`. */
  path: string;
  authorizer: AuthorizerSettings | undefined;
  /** Parameters that must be there, in the order API Gateway names them; empty when parameters are not validated. */
  requiredParameters: Pick<Parameter, "name" | "in">[];
  /** Self-contained JSON schema by media type; none when bodies are not validated. */
  bodySchemas: ReadonlyMap<string, object>;
  throttle: Throttle;
  integration: IntegrationSettings;
  /** The function behind an `aws_proxy` integration, and whether a recorded permission lets the gateway call it. */
  target: (FunctionTarget & { permitted: boolean }) | undefined;
}

/** Everything the front door needs to know, read from the recorded graph. */
export interface Api {
  id: string;
  accountId: string;
  region: string;
  stage: Stage;
  routes: Route[];
  /** Finds the resource of a path, whatever the method. */
  match(path: string): PathMatch | undefined;
  gatewayResponses: Record<string, GatewayResponse>;
  binaryMediaTypes: string[];
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"];

/** The one REST API of the graph that clients call: one that only a network reaches is no front door. */
export const frontDoor = (nodes: Node[]): Node =>
  only(
    nodes.filter(({ inputs }) => inputs.endpointConfiguration?.types !== "PRIVATE"),
    "aws:apigateway/restApi:RestApi",
  );

/** The front door as the graph describes it. Fails on a document the gateway could not serve, before anything is started. */
export function readApi(nodes: Node[]): Api {
  const api = frontDoor(nodes);
  const body: unknown = api.inputs.body;
  if (body === undefined) throw new Error(`api "${api.name}" needs body to be an OpenAPI document, got nothing`);
  const document = (typeof body === "string" ? JSON.parse(body) : body) as GatewayDocument;
  const executionArn: string = api.outputs.executionArn;
  const [, , , region = "", accountId = ""] = executionArn.split(":");
  const stage = readStage(nodes, api.id);
  const throttles = readThrottles(nodes, api.id, stage.name);
  const pools = readPools(nodes);

  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((key): Route[] => {
      const operation = item[key] as Operation | undefined;
      if (!operation) return [];
      const method = key.startsWith("x-") ? "ANY" : key.toUpperCase();
      const integration = operation["x-amazon-apigateway-integration"];
      if (!integration) throw new Error(`${method} ${path} needs x-amazon-apigateway-integration, got none`);
      const target = integration.type.toLowerCase() === "aws_proxy" ? functionIn(integration.uri ?? "") : undefined;
      const sourceArn = `${executionArn}/${stage.name}/${method}${path}`;
      const validator = validatorOf(document, operation);
      return [
        {
          method,
          path,
          authorizer: readAuthorizer(document, operation, pools),
          requiredParameters: validator.validateRequestParameters ? required(document, operation, item.parameters) : [],
          bodySchemas: validator.validateRequestBody ? readBodySchemas(document, operation) : new Map(),
          throttle: throttles(path, method),
          integration,
          target: target && {
            ...target,
            permitted: Boolean(integration.credentials) || mayInvoke(nodes, target, sourceArn),
          },
        },
      ];
    }),
  );
  return {
    id: api.id,
    accountId,
    region,
    stage,
    routes,
    match: pathMatcher(Object.keys(document.paths)),
    gatewayResponses: document["x-amazon-apigateway-gateway-responses"] ?? {},
    binaryMediaTypes: document["x-amazon-apigateway-binary-media-types"] ?? api.inputs.binaryMediaTypes ?? [],
  };
}

function validatorOf(document: GatewayDocument, operation: Operation) {
  const name = operation["x-amazon-apigateway-request-validator"] ?? document["x-amazon-apigateway-request-validator"];
  const validator = document["x-amazon-apigateway-request-validators"]?.[name ?? ""];
  if (name !== undefined && !validator)
    throw new Error(`request validator "${name}" is not declared: add it to the document`);
  return validator ?? {};
}

function required(
  document: GatewayDocument,
  operation: Operation,
  shared: Operation["parameters"] = [],
): Route["requiredParameters"] {
  const all = [...shared, ...(operation.parameters ?? [])].map((parameter) => resolved<Parameter>(document, parameter));
  return all
    .filter((parameter) => parameter.required && parameter.in !== "cookie")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
