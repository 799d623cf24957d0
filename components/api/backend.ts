import type * as pulumi from "@pulumi/pulumi";
import { aliasArn } from "../iam/arns.ts";
import type { Place } from "../names.ts";

/** What stands behind a service: the runtime decides how the gateway reaches it. */
export type ServiceBackend = LambdaBackend | ServerBackend;

/** A server behind a load balancer. */
export type ServerBackend = FargateBackend | PublicBackend;

/** A Lambda function, reached through an alias and never otherwise. */
interface LambdaBackend {
  runtime: "lambda";
  functionName: string;
  /** Name of the alias, as the output of the alias, so that the gateway waits for it. */
  alias: pulumi.Input<string>;
}

/** A service on Fargate, reached over a private link by the load balancer in front of it. */
interface FargateBackend {
  runtime: "fargate";
  vpcLinkId: pulumi.Input<string>;
  loadBalancerArn: pulumi.Input<string>;
  /** Protocol, host and port of the listener: they choose it, and the host is what the service sees. */
  origin: pulumi.Input<string>;
}

/** A service on Fargate whose load balancer the internet reaches: so does the gateway, over TLS. */
interface PublicBackend {
  runtime: "public";
  /** Protocol, host and port: `https://api.example.com:443`. */
  origin: pulumi.Input<string>;
}

/** The same once AWS has answered. */
export type Backend = pulumi.Unwrap<ServiceBackend>;
type Known<Runtime> = Extract<Backend, { runtime: Runtime }>;

/** One route as far as the way to its service depends on it. */
interface Passage {
  method: string;
  path: string;
}

/** How the gateway passes a request on to `backend` and how long it waits, as its OpenAPI extension. */
export function integrationOf(place: Place, backend: Backend, passage: Passage, timeoutMillis: number) {
  const way = backend.runtime === "lambda" ? toFunction(place, backend) : toService(backend, passage);
  return { ...way, passthroughBehavior: "when_no_match", timeoutInMillis: timeoutMillis };
}

function toFunction(place: Place, { functionName, alias }: Known<"lambda">) {
  const target = aliasArn(place, functionName, alias);
  return {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: `arn:${place.partition}:apigateway:${place.region}:lambda:path/2015-03-31/functions/${target}/invocations`,
  };
}

/**
 * Query, body and headers go on as they came, the token among them: the service looks at it itself. What is in the path has to be named,
 * and the id of the request goes along, so that the service's log and the gateway's tell of the same one.
 */
function toService(backend: Known<"fargate" | "public">, { method, path }: Passage) {
  const link = backend.runtime === "fargate" && {
    connectionType: "VPC_LINK",
    connectionId: backend.vpcLinkId,
    integrationTarget: backend.loadBalancerArn,
  };
  const inPath = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name!);
  return {
    type: "http_proxy",
    httpMethod: method.toUpperCase(),
    uri: `${backend.origin}${path.replaceAll("+}", "}")}`,
    ...link,
    requestParameters: {
      "integration.request.header.x-request-id": "context.requestId",
      ...Object.fromEntries(inPath.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`])),
    },
  };
}
