import { readApi } from "../../../local/gateway/api.ts";
import type { ObservedRequest } from "../../../local/gateway/observed.ts";
import { startGateway, type RunningGateway, type ServerOptions } from "../../../local/gateway/server.ts";
import type { InvocationResult } from "../../../local/lambda/invocation.ts";
import { clinic, type ClinicParts } from "./clinic.ts";
import { jwks } from "./tokens.ts";

/** A call the gateway made to a function. */
export interface Call {
  functionName: string;
  qualifier: string | undefined;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into the event
  event: any;
  traceId: string;
}

export interface FrontDoor extends RunningGateway {
  calls: Call[];
  requests: ObservedRequest[];
  accessLog: string[];
  /** What the functions answer to the next calls. */
  answer: (call: Call) => unknown;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** A gateway on a free port in front of functions that answer what the test says, `{"statusCode":200}` unless told. */
export async function openFrontDoor(parts: ClinicParts = {}, options: Partial<ServerOptions> = {}): Promise<FrontDoor> {
  const door = {
    calls: [] as Call[],
    requests: [] as ObservedRequest[],
    accessLog: [] as string[],
    answer: (_: Call): unknown => ({}),
  };
  const invoke = async (
    functionName: string,
    qualifier: string | undefined,
    event: unknown,
    { traceId }: { traceId: string },
  ) => {
    const call = { functionName, qualifier, event: JSON.parse(String(event)), traceId };
    door.calls.push(call);
    const answer = await door.answer(call);
    const given = answer as Partial<InvocationResult>;
    const payload = typeof given?.payload === "string" ? given.payload : JSON.stringify(answer);
    return {
      requestId: "invocation-1",
      executedVersion: "7",
      ...(given?.functionError && { functionError: given.functionError }),
      payload,
    };
  };
  const running = await startGateway({
    api: readApi(clinic(parts)),
    functions: { invoke },
    keys: async () => jwks,
    port: 0,
    onRequest: (request) => door.requests.push(request),
    onAccessLog: (line) => door.accessLog.push(line),
    ...options,
  });
  return Object.assign(door, running, {
    fetch: (path: string, init?: RequestInit) => fetch(`${running.url}${path}`, init),
  });
}

/** Status, error type and body of a response. */
export const summary = async (response: Response) => [
  response.status,
  response.headers.get("x-amzn-errortype"),
  await response.text(),
];
