import assert from "node:assert/strict";
import { readApi } from "../../../local/gateway/api.ts";
import type { ObservedRequest } from "../../../local/gateway/observed.ts";
import { startGateway, type RunningGateway } from "../../../local/gateway/server.ts";
import type { Node } from "../../../local/graph.ts";
import { AliasTable } from "../../../local/lambda/aliases.ts";
import { readFunctions } from "../../../local/lambda/function-spec.ts";
import { LambdaHost } from "../../../local/lambda/lambda-host.ts";
import { judged } from "../../../local/preview.ts";
import { projectDirectory } from "../../../local/stack.ts";
import { recorded } from "../../recorded.ts";

const apiType = "aws:apigateway/restApi:RestApi";

/** The dev stack as it is recorded when nobody puts the authorizer into the document. */
async function withoutAuthorizer(): Promise<Node[]> {
  const { nodes } = await recorded("dev");
  return nodes.map((node) => {
    if (node.type !== apiType) return node;
    const document = JSON.parse(node.inputs.body);
    delete document.components.securitySchemes.cognito["x-amazon-apigateway-authorizer"];
    return { ...node, inputs: { ...node.inputs, body: JSON.stringify(document) } };
  });
}

describe("the gateway and the authorizer of the program", () => {
  let host: LambdaHost;
  const gateways: RunningGateway[] = [];
  const requests: ObservedRequest[] = [];
  before(async () => {
    const { nodes } = await recorded("dev");
    // The service asks for the caller before it asks the database, so that it needs none here.
    const environment = () => ({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/clinic" });
    const appDirectory = `${projectDirectory}app`;
    // On a busy machine a process takes its time to start, and the first request its time to be answered.
    const functions = readFunctions(nodes).map((spec) => ({ ...spec, timeoutSeconds: 60 }));
    host = new LambdaHost({
      functions,
      initTimeoutMillis: 60_000,
      aliases: new AliasTable(nodes),
      appDirectory,
      environment,
    });
  });
  after(async () => {
    await Promise.all([host.stop(), ...gateways.map((gateway) => gateway.stop())]);
  });

  /** Who answers a request without a token, and how. */
  async function answerOf(nodes: Node[]) {
    const keys = async () => ({ keys: [] });
    const onRequest = (request: ObservedRequest) => requests.push(request);
    const gateway = await startGateway({ api: readApi(nodes), functions: host, keys, port: 0, onRequest });
    gateways.push(gateway);
    const { status, headers } = await fetch(`${gateway.url}/patients`);
    const { executedVersion } = requests.at(-1)!;
    return { status, gatewayError: headers.get("x-amzn-errortype"), servedBy: executedVersion };
  }

  it("answer 401 before the service knows of the request, as long as there is one", async () => {
    const answer = await answerOf((await recorded("dev")).nodes);
    assert.deepEqual(answer, { status: 401, gatewayError: "UnauthorizedException", servedBy: undefined });
  });

  it("let everybody in when it is taken out: then only the service's own check is left, and the policies say so", async () => {
    const nodes = await withoutAuthorizer();
    assert.deepEqual(await answerOf(nodes), { status: 401, gatewayError: null, servedBy: "1" });
    const { findings } = await judged("dev", { nodes, outputs: {} });
    assert.ok(
      findings.some(({ rule, level }) => rule === "apigateway-rest-api-require-authorizer" && level === "mandatory"),
    );
  });
});
