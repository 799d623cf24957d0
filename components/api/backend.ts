import { aliasArn } from "../iam/arns.ts";
import type { Place } from "../names.ts";

/** What stands behind a service: the runtime decides how the gateway reaches it. */
export type Backend = LambdaBackend;

/** A Lambda function, reached through an alias and never otherwise. */
export interface LambdaBackend {
  runtime: "lambda";
  functionName: string;
  /** Name of the alias, for example `live`. */
  alias: string;
}

/** How the gateway passes a request on to `backend` and how long it waits, as its OpenAPI extension. */
export function integrationOf(place: Place, { functionName, alias }: Backend, timeoutMillis: number) {
  const target = aliasArn(place, functionName, alias);
  return {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: `arn:${place.partition}:apigateway:${place.region}:lambda:path/2015-03-31/functions/${target}/invocations`,
    passthroughBehavior: "when_no_match",
    timeoutInMillis: timeoutMillis,
  };
}
