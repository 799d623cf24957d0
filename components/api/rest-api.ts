import * as apigateway from "@pulumi/aws/apigateway/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import { logRetention } from "../log-retention.ts";
import { physicalName, type Place } from "../names.ts";
import { validated, wholeNumberIn } from "../validated.ts";
import type { ServiceBackend } from "./backend.ts";
import { refuseOrigins } from "./cors.ts";
import { fingerprint } from "./fingerprint.ts";
import { longestTimeoutMillis } from "./limits.ts";
import { liveStage } from "./live-stage.ts";
import { authorizedBy, gatewayDocument, refuseDocument, type OpenApiDocument } from "./openapi.ts";
import { WebFirewall } from "./web-firewall.ts";

export interface RestApiArgs {
  place: Place;
  /** OpenAPI 3.0 document: each route names its service by `x-service`, and its scopes or the reason why it is public. */
  document: OpenApiDocument;
  /** What stands behind each service that the document names. */
  services: Record<string, ServiceBackend>;
  /** ARN of the Cognito user pool whose access tokens are accepted. */
  userPoolArn: pulumi.Input<string>;
  /** Every scope of the resource server, with its identifier: `clinic/patients.read`. */
  scopes: readonly string[];
  /** Origins whose pages may call the API; the first also reads the gateway's own errors. Defaults to none, and then there is no CORS at all. */
  allowedOrigins?: readonly string[];
  /** Steady requests per second that each route lets through, a method of a path: 0 to 10000. Defaults to 50. */
  throttleRate?: number;
  /** Burst above that rate, in requests, again for each route: 0 to 5000. Defaults to 100. */
  throttleBurst?: number;
  /** How long the gateway waits for a service, in milliseconds: 50 to 29000. Defaults to 29000. */
  timeoutMillis?: number;
  /** How long access, execution and firewall logs are kept. Defaults to 30. */
  logRetentionDays?: number;
  /** Smallest response that is compressed, in bytes. Defaults to no compression. */
  minimumCompressionBytes?: number;
  /** TLS policy of the endpoint. Defaults to `SecurityPolicy_TLS13_1_2_2021_06`, TLS 1.2 and 1.3. */
  tlsPolicy?: string;
  /** Whether AWS's own host name answers. Defaults to true; false where a domain name of your own is in front. */
  executeApiEndpoint?: boolean;
  /** Whether a WAF stands in front. Defaults to false. */
  firewall?: boolean;
  /** Requests one address may send in five minutes before the WAF blocks it. Defaults to 2000. */
  requestsPerFiveMinutes?: number;
}

/**
 * A regional REST API from an OpenAPI document: Cognito authorizer and scopes per route, validation, throttling, logs,
 * traces, redeployed exactly when the document or the endpoint changes. Give `dependsOn` the ApiGatewayAccount where the stack owns it:
 * logging needs it first.
 */
export class RestApi extends pulumi.ComponentResource {
  /** Where clients call it, with the stage: `https://<id>.execute-api.<region>.amazonaws.com/live`. */
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  /** ARN under which calls are authorized, without stage. */
  readonly executionArn: pulumi.Output<string>;
  /** Name of the API: the `ApiName` dimension of its metrics. */
  readonly apiName: string;
  /** Name of the stage: the `Stage` dimension of its metrics. */
  readonly stageName: string;
  /** Log group with one JSON line per request. */
  readonly accessLogGroup: string;

  constructor(name: string, args: RestApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:RestApi", name, {}, opts);
    const { place, services } = args;
    const { apiName, retentionInDays } = validated(this, () => check(name, args));
    const child = { parent: this };
    this.apiName = apiName;
    this.stageName = "live";
    this.accessLogGroup = `/aws/apigateway/${this.apiName}/access`;

    const document = importedDocument(args);
    const endpoint = endpointOf(args);
    const api = new apigateway.RestApi(
      `${name}-api`,
      { name: this.apiName, body: document.apply((body) => JSON.stringify(body)), ...endpoint },
      child,
    );
    const triggers = { document: document.apply((body) => fingerprint({ body, ...endpoint })) };
    const deployment = new apigateway.Deployment(`${name}-deployment`, { restApi: api.id, triggers }, child);

    const calls = pulumi.interpolate`${api.executionArn}/${this.stageName}/*/*`;
    const permitted = Object.entries(services).flatMap(([service, backend]) =>
      permit(`${name}-${service}`, backend, calls, child),
    );
    const before = [opts?.dependsOn ?? []].flat() as pulumi.Input<pulumi.Resource>[];
    const stage = liveStage(
      name,
      {
        ...{ api, deployment, stageName: this.stageName, accessLogGroup: this.accessLogGroup, retentionInDays },
        ...{ throttleRate: args.throttleRate ?? 50, throttleBurst: args.throttleBurst ?? 100 },
        dependsOn: [...before, ...permitted],
      },
      child,
    );
    if (args.firewall) {
      const { requestsPerFiveMinutes, logRetentionDays } = args;
      new WebFirewall(
        `${name}-firewall`,
        { place, resourceArn: stage.arn, requestsPerFiveMinutes, logRetentionDays },
        child,
      );
    }

    this.url = stage.invokeUrl;
    this.apiId = api.id;
    this.executionArn = api.executionArn;
    this.registerOutputs({ url: this.url, apiId: this.apiId, executionArn: this.executionArn });
  }
}

type Child = { parent: pulumi.Resource };

const settingsOf = ({ place, allowedOrigins = [], timeoutMillis = longestTimeoutMillis }: RestApiArgs) => {
  return { place, origins: allowedOrigins, timeoutMillis };
};

/**
 * What the API says of itself besides its document. All of it waits for a deployment: an endpoint stays open and a TLS policy the old
 * one until then ("How to change a security policy" and "Deploy REST APIs" in the developer guide).
 */
const endpointOf = ({ executeApiEndpoint = true, minimumCompressionBytes, ...args }: RestApiArgs) => ({
  endpointConfiguration: { types: "REGIONAL" },
  disableExecuteApiEndpoint: !executeApiEndpoint,
  ...(minimumCompressionBytes !== undefined && { minimumCompressionSize: String(minimumCompressionBytes) }),
  ...tlsOf(args),
});

/** The older policies, TLS_1_0 and TLS_1_2, know no access mode and are refused with one. */
const tlsOf = ({ tlsPolicy: securityPolicy = "SecurityPolicy_TLS13_1_2_2021_06" }: Pick<RestApiArgs, "tlsPolicy">) => ({
  securityPolicy,
  ...(securityPolicy.startsWith("SecurityPolicy_") && { endpointAccessMode: "STRICT" }),
});

/** An import puts back to its default what the document does not say, and a TLS policy takes a quarter of an hour to come into force again. */
const tlsExtensions = ({ securityPolicy, endpointAccessMode }: ReturnType<typeof tlsOf>) => ({
  "x-amazon-apigateway-security-policy": securityPolicy,
  ...(endpointAccessMode && { "x-amazon-apigateway-endpoint-access-mode": endpointAccessMode }),
});

// Everything but ARNs is known before AWS is asked, so a bad document fails here and not inside an output.
function check(name: string, args: RestApiArgs) {
  refuseDocument(args.document, Object.keys(args.services), args.scopes);
  refuseOrigins(args.allowedOrigins ?? []);
  wholeNumberIn("timeoutMillis", args.timeoutMillis, 50, longestTimeoutMillis);
  wholeNumberIn("throttleBurst", args.throttleBurst, 0, 5000);
  // Bounds of RestApi in the API Gateway reference.
  wholeNumberIn("minimumCompressionBytes", args.minimumCompressionBytes, 0, 10 * 1024 * 1024);
  const { throttleRate = 50 } = args;
  if (!(throttleRate >= 0 && throttleRate <= 10_000)) {
    throw new Error(`throttleRate must be a number from 0 to 10000, got ${throttleRate}: change throttleRate`);
  }
  return { apiName: physicalName(args.place, name), retentionInDays: logRetention(args.logRetentionDays ?? 30) };
}

function importedDocument(args: RestApiArgs): pulumi.Output<OpenApiDocument> {
  return pulumi.all([args.userPoolArn, args.services]).apply(([userPoolArn, services]) => {
    const document = authorizedBy(gatewayDocument(args.document, { ...settingsOf(args), services }), userPoolArn);
    return Object.assign(document, tlsExtensions(tlsOf(args)));
  });
}

// A load balancer admits the link's security group; only functions need a permission of their own.
function permit(prefix: string, backend: ServiceBackend, sourceArn: pulumi.Output<string>, child: Child) {
  if (backend.runtime !== "lambda") return [];
  const allowed = {
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    function: backend.functionName,
    qualifier: backend.alias,
    sourceArn,
  };
  return [new lambda.Permission(`${prefix}-permission`, allowed, child)];
}
