import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsError } from "./aws-error.ts";
import { answered, asked, recased, Xml } from "./protocols.ts";
import type { FakeSlots } from "./slots.ts";
import type { World } from "./world.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of five APIs, each with a shape of its own
type Body = Record<string, any>;

export interface FakeAws {
  url: string;
  /** Environment under which the SDK and everything it starts speaks to this server. */
  env: Record<string, string>;
  close(): void;
}

/**
 * Serves a world in the protocols of Lambda (REST), of Step Functions, CloudWatch, ECR and ECS (JSON by target) and of load balancers and
 * STS (forms and XML).
 */
export async function fakeAws(world: World): Promise<FakeAws> {
  // It never hangs up: a client that is held up for long may come back to its connection at any time.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    answer(world, request)
      .then((body) => reply(response, 200, body))
      .catch((error: Error) => {
        const { code = "InternalFailure", statusCode = 500 } = error as Partial<AwsError>;
        reply(response, statusCode, { __type: code, message: error.message }, code);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "tests",
    AWS_SECRET_ACCESS_KEY: "tests",
    AWS_REGION: "eu-west-1",
  };
  return {
    ...{ url, env },
    close() {
      world.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function reply(response: ServerResponse, status: number, body: unknown, errorType?: string): void {
  if (body instanceof Xml) {
    response.writeHead(status, { "content-type": "text/xml" });
    response.end(body.text);
    return;
  }
  response.writeHead(status, {
    "content-type": "application/json",
    ...(errorType && { "x-amzn-errortype": errorType }),
  });
  response.end(JSON.stringify(body));
}

async function answer(world: World, request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (request.headers["content-type"] === "application/x-www-form-urlencoded") {
    const { action, parameters } = asked(new URLSearchParams(text));
    world.calls.push(action);
    await world.before(action, parameters);
    return new Xml(answered(action, forms(world, action, parameters)));
  }
  const body: Body = text ? JSON.parse(text) : {};
  const target = request.headers["x-amz-target"];
  if (typeof target !== "string") return lambda(world, request.method!, new URL(request.url!, "http://lambda"), body);
  const operation = target.split(".")[1]!;
  world.calls.push(operation);
  await world.before(operation, body);
  const known = operations[operation];
  if (!known) throw new AwsError("UnknownOperationException", operation);
  return known(world, body);
}

function slotsOf({ slots }: World): FakeSlots {
  if (!slots) throw new AwsError("ClusterNotFoundException", "Cluster not found.");
  return slots;
}

function forms(world: World, action: string, parameters: Body): unknown {
  if (action === "GetCallerIdentity")
    return { Account: world.accountId, Arn: `arn:aws:iam::${world.accountId}:user/ops` };
  if (action === "DescribeRules") return slotsOf(world).describeRules(parameters as never);
  if (action === "ModifyRule") return slotsOf(world).modifyRule(parameters as never);
  if (action === "DescribeTargetHealth") return slotsOf(world).describeTargetHealth(parameters as never);
  throw new AwsError("UnknownOperationException", action);
}

const seconds = (date: Date) => date.getTime() / 1000;

const operations: Record<string, (world: World, body: Body) => unknown> = {
  DescribeAlarms(world, { AlarmNames = [], StateValue, AlarmNamePrefix = "" }) {
    const found = world.alarms(AlarmNames, StateValue).filter(({ AlarmName }) => AlarmName.startsWith(AlarmNamePrefix));
    const metric = (Value: string) => ({
      MetricStat: { Metric: { Dimensions: [{ Name: "ExecutedVersion", Value }] } },
    });
    const watched = (name: string) => world.account.watched?.(name) ?? [];
    return { MetricAlarms: found.map((alarm) => ({ ...alarm, Metrics: watched(alarm.AlarmName).map(metric) })) };
  },
  StartExecution(world, { stateMachineArn, name, input }) {
    const { arn, startedAt } = world.start(stateMachineArn, name, input);
    return { executionArn: arn, startDate: seconds(startedAt) };
  },
  ListExecutions(world, { stateMachineArn, statusFilter }) {
    const found = world.executions.filter(
      ({ machineArn, status }) =>
        machineArn === stateMachineArn &&
        (!statusFilter || status === statusFilter) &&
        !(world.unlisted && status === "RUNNING"),
    );
    return {
      executions: found.toReversed().map(({ arn, name, status, startedAt }) => ({
        ...{ executionArn: arn, stateMachineArn, name, status },
        startDate: seconds(startedAt),
      })),
    };
  },
  DescribeExecution(world, { executionArn }) {
    const { machineArn, name, status, input, startedAt, error, cause } = world.execution(executionArn);
    return {
      executionArn,
      stateMachineArn: machineArn,
      name,
      status,
      input,
      startDate: seconds(startedAt),
      error,
      cause,
    };
  },
  DescribeStateMachine(world, { stateMachineArn }) {
    const definition = world.account.machine(stateMachineArn);
    if (definition === undefined) throw new AwsError("StateMachineDoesNotExist", stateMachineArn);
    return { stateMachineArn, definition };
  },
  GetExecutionHistory(world, { executionArn }) {
    const { entered, startedAt } = world.execution(executionArn);
    const events = entered.map(({ name, data }, at) => ({
      ...{ timestamp: seconds(startedAt), type: "TaskStateEntered", id: at + 2, previousEventId: at + 1 },
      stateEnteredEventDetails: { name, input: JSON.stringify(data) },
    }));
    return { events: events.toReversed() };
  },
  StopExecution(world, { executionArn }) {
    world.execution(executionArn).abort();
    return { stopDate: seconds(new Date()) };
  },
  DescribeServices: (world, body) => recased(slotsOf(world).describeServices(recased(body, "upper")), "lower"),
  UpdateService: (world, body) => recased(slotsOf(world).updateService(recased(body, "upper")), "lower"),
  DescribeTaskDefinition: (world, body) =>
    recased(slotsOf(world).describeTaskDefinition(recased(body, "upper")), "lower"),
  DescribeImages(world, { imageIds }) {
    const [{ imageDigest }] = imageIds;
    if (world.lostImages.has(imageDigest)) throw new AwsError("ImageNotFoundException", `no image ${imageDigest}`);
    return { imageDetails: [{ imageDigest }] };
  },
};

async function lambda(world: World, method: string, url: URL, body: Body): Promise<unknown> {
  const [, reference = "", rest = ""] =
    /^\/2015-03-31\/functions\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
  const functionName = reference.replace(/^arn:.*:function:/, "");
  await world.before(`${method} ${rest.split("/")[0]}`, body);
  const [part, name = ""] = rest.split("/");
  if (part === "aliases" && method === "PUT") {
    const weights = body.RoutingConfig?.AdditionalVersionWeights ?? {};
    world.updateAlias(functionName, name, { version: body.FunctionVersion, weights }, body.RevisionId);
    if (body.Description) world.descriptions.push(body.Description);
  }
  if (part === "aliases") {
    const { version, weights } = world.getAlias(functionName, name);
    const RoutingConfig = Object.keys(weights).length > 0 ? { AdditionalVersionWeights: weights } : undefined;
    return { Name: name, FunctionVersion: version, RoutingConfig, RevisionId: world.revision(functionName, name) };
  }
  if (part === "invocations") return { statusCode: world.smokeStatus };
  const versions = world.account.versions(functionName);
  if (part === "versions")
    return { Versions: Object.keys(versions).map((Version) => ({ Version, PackageType: "Image" })) };
  const qualifier = url.searchParams.get("Qualifier") ?? "$LATEST";
  const image = qualifier === "$LATEST" ? Object.values(versions).at(-1) : versions[qualifier];
  if (!image) throw new AwsError("ResourceNotFoundException", `Function not found: ${functionName}:${qualifier}`, 404);
  const FunctionArn = `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`;
  const configuration = { FunctionName: functionName, FunctionArn, Version: qualifier, State: "Active" };
  return part === "configuration" ? configuration : { Configuration: configuration, Code: { ImageUri: image } };
}
