import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { ServiceError } from "../errors.ts";
import type { Pools } from "../pool.ts";
import type { Input } from "./input.ts";
import { adminOperations, publicOperations } from "./operations.ts";

const prefix = "AWSCognitoIdentityProviderService.";
const contentType = "application/x-amz-json-1.1";

/** The user pool API: AWS's JSON 1.1 protocol, where the header `X-Amz-Target` names the operation. */
export function userPoolApi(pools: Pools): Hono {
  const api = new Hono();
  // Browsers call this API from the app's own origin. `Authorization` is left out, so that no page can administrate.
  const allowHeaders = [
    "Content-Type",
    "X-Amz-Target",
    "X-Amz-User-Agent",
    "Cache-Control",
    "Amz-Sdk-Invocation-Id",
    "Amz-Sdk-Request",
  ];
  api.use(
    "/",
    cors({
      origin: "*",
      allowMethods: ["POST"],
      allowHeaders,
      exposeHeaders: ["x-amzn-ErrorType", "x-amzn-RequestId"],
    }),
  );
  api.post("/", async (c) => {
    try {
      const output = await run(pools, c.req.raw);
      return c.body(JSON.stringify(output), 200, { "Content-Type": contentType, "x-amzn-RequestId": randomUUID() });
    } catch (error) {
      return refusal(error);
    }
  });
  return api;
}

async function run(pools: Pools, request: Request): Promise<object> {
  const target = request.headers.get("x-amz-target") ?? "";
  const name = target.startsWith(prefix) ? target.slice(prefix.length) : "";
  if (Object.hasOwn(publicOperations, name)) return publicOperations[name]!(pools, await inputOf(request));
  if (!Object.hasOwn(adminOperations, name))
    throw new ServiceError("UnknownOperationException", `unknown operation "${target}"`);
  if (!request.headers.get("authorization")?.startsWith("AWS4-HMAC-SHA256 ")) {
    throw new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  return adminOperations[name]!(pools, await inputOf(request));
}

async function inputOf(request: Request): Promise<Input> {
  const text = await request.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ServiceError("SerializationException", "the body is no JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ServiceError("SerializationException", "the body is no JSON object");
  }
  return body as Input;
}

/** An error as AWS puts it: the type in body and header, and nothing of what went wrong inside. */
function refusal(error: unknown): Response {
  const { type, message, status } =
    error instanceof ServiceError ? error : new ServiceError("InternalErrorException", "Something went wrong", 500);
  return new Response(JSON.stringify({ __type: type, message }), {
    status,
    headers: { "Content-Type": contentType, "x-amzn-ErrorType": `${type}:`, "x-amzn-RequestId": randomUUID() },
  });
}
