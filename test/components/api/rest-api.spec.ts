import assert from "node:assert/strict";
import * as lambda from "@pulumi/aws/lambda/index.js";
import { RestApi, type RestApiArgs } from "../../../components/api/rest-api.ts";
import { graph, inputsOf, only, unknownValue, type Node } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";
import { changed, fixture, scopes, services } from "./fixture.ts";

const userPoolArn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc";
const outputsOf = ({ url, apiId, executionArn, apiName, stageName, accessLogGroup }: RestApi) => ({
  ...{ url, apiId, executionArn, apiName, stageName, accessLogGroup },
});

const build = (args: Partial<RestApiArgs> = {}, preview = false) =>
  graph(() => outputsOf(new RestApi("api", { place, document: fixture(), services, scopes, userPoolArn, ...args })), {
    preview,
  });
const input = async (type: string, args: Partial<RestApiArgs> = {}) => only((await build(args)).nodes, type).inputs;

const apiType = "aws:apigateway/restApi:RestApi";
const stageType = "aws:apigateway/stage:Stage";
const settingsType = "aws:apigateway/methodSettings:MethodSettings";
const permissionType = "aws:lambda/permission:Permission";
const groupsIn = (nodes: Node[]) =>
  inputsOf(nodes, "aws:cloudwatch/logGroup:LogGroup")
    .map(({ name, retentionInDays }) => [name, retentionInDays])
    .sort();

describe("RestApi", () => {
  it("imports the document with services, authorizer and gateway responses", async () => {
    const { name, body } = await input(apiType);
    const { paths, components, "x-amazon-apigateway-gateway-responses": answers } = JSON.parse(body);
    assert.equal(name, "slipway-test-api");
    assert.match(
      paths["/patients"].get["x-amazon-apigateway-integration"].uri,
      /function:slipway-test-patients:live\/invocations$/,
    );
    assert.deepEqual(components.securitySchemes.cognito["x-amazon-apigateway-authorizer"].providerARNs, [userPoolArn]);
    assert.equal(answers.MISSING_AUTHENTICATION_TOKEN.statusCode, "404");
  });

  for (const [key, standard] of Object.entries({
    endpointConfiguration: { types: "REGIONAL" },
    disableExecuteApiEndpoint: false,
    minimumCompressionSize: undefined,
    securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
    endpointAccessMode: "STRICT",
  })) {
    it(`has ${key} ${JSON.stringify(standard)} unless told otherwise`, async () => {
      assert.deepEqual((await input(apiType))[key], standard);
    });
  }

  for (const [key, standard] of Object.entries({
    metricsEnabled: true,
    loggingLevel: "ERROR",
    dataTraceEnabled: false,
    throttlingRateLimit: 50,
    throttlingBurstLimit: 100,
  })) {
    it(`has ${key} ${standard} on every method unless told otherwise`, async () => {
      const { methodPath, settings } = await input(settingsType);
      assert.deepEqual([methodPath, settings[key]], ["*/*", standard]);
    });
  }

  it("takes its limits, its TLS policy and its compression from the arguments", async () => {
    const { settings } = await input(settingsType, { throttleRate: 500, throttleBurst: 1000 });
    assert.deepEqual([settings.throttlingRateLimit, settings.throttlingBurstLimit], [500, 1000]);
    const api = await input(apiType, {
      executeApiEndpoint: false,
      tlsPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
      minimumCompressionBytes: 1024,
    });
    assert.deepEqual(
      [api.disableExecuteApiEndpoint, api.securityPolicy, api.minimumCompressionSize],
      [true, "SecurityPolicy_TLS13_1_3_2025_09", "1024"],
    );
  });

  it("says its TLS policy in the document, too, which an import would else put back to the default", async () => {
    const tls = async (args: Partial<RestApiArgs>) => {
      const { body, securityPolicy, endpointAccessMode } = await input(apiType, args);
      const document = JSON.parse(body);
      const said = ["security-policy", "endpoint-access-mode"].map((key) => document[`x-amazon-apigateway-${key}`]);
      assert.deepEqual(said, [securityPolicy, endpointAccessMode]);
      return said;
    };
    assert.deepEqual(await tls({}), ["SecurityPolicy_TLS13_1_2_2021_06", "STRICT"]);
    assert.deepEqual(await tls({ tlsPolicy: "TLS_1_2" }), ["TLS_1_2", undefined]);
  });

  it("logs each request as JSON and traces it", async () => {
    const { stageName, xrayTracingEnabled, accessLogSettings } = await input(stageType);
    assert.deepEqual([stageName, xrayTracingEnabled], ["live", true]);
    const { requestId, traceId, latency, integrationError, authorizerError } = JSON.parse(accessLogSettings.format);
    assert.deepEqual(
      [requestId, traceId, latency, integrationError, authorizerError],
      [
        "$context.requestId",
        "$context.xrayTraceId",
        "$context.responseLatency",
        "$context.integration.error",
        "$context.authorizer.error",
      ],
    );
    assert.match(accessLogSettings.destinationArn, /log-group:\/aws\/apigateway\/slipway-test-api\/access$/);
  });

  it("owns its log groups, the gateway's own among them, and keeps them for 30 days unless told otherwise", async () => {
    const { nodes, outputs } = await build();
    const names = ["/aws/apigateway/slipway-test-api/access", `API-Gateway-Execution-Logs_${outputs["apiId"]}/live`];
    assert.deepEqual(
      groupsIn(nodes),
      names.map((name) => [name, 30]),
    );
    const firewall = [...names, "aws-waf-logs-slipway-test-api-firewall"];
    assert.deepEqual(
      groupsIn((await build({ logRetentionDays: 365, firewall: true })).nodes),
      firewall.map((name) => [name, 365]),
    );
  });

  it("lets only this stage of this API call each function, through its alias", async () => {
    const { nodes, outputs } = await build();
    assert.deepEqual(only(nodes, permissionType).inputs, {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: "slipway-test-patients",
      qualifier: "live",
      sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${outputs["apiId"]}/live/*/*`,
    });
  });

  it("has a firewall only when told", async () => {
    const acls = async (args: Partial<RestApiArgs>) =>
      inputsOf((await build(args)).nodes, "aws:wafv2/webAcl:WebAcl").length;
    assert.deepEqual([await acls({}), await acls({ firewall: true })], [0, 1]);
  });

  it("says where it is", async () => {
    const { outputs } = await build();
    assert.deepEqual(outputs, {
      url: `https://${outputs["apiId"]}.execute-api.eu-west-1.amazonaws.com/live`,
      apiId: outputs["apiId"],
      executionArn: `arn:aws:execute-api:eu-west-1:123456789012:${outputs["apiId"]}`,
      apiName: "slipway-test-api",
      stageName: "live",
      accessLogGroup: "/aws/apigateway/slipway-test-api/access",
    });
    assert.match(String(outputs["apiId"]), /^[a-z0-9]{10}$/);
  });

  it("shows at preview what it creates at update, with the document where nothing in it is unknown", async () => {
    const previewed = await build({ firewall: true }, true);
    assert.deepEqual(outline(previewed.nodes), outline((await build({ firewall: true })).nodes));
    assert.equal(only(previewed.nodes, apiType).inputs.body, (await input(apiType)).body);
  });

  it("leaves the document unknown at preview while the alias is not there yet", async () => {
    const program = () => {
      const alias = new lambda.Alias("live", { name: "live", functionName: "f", functionVersion: "1" });
      const waiting = { patients: { ...services.patients, alias: alias.arn } };
      return outputsOf(new RestApi("api", { place, document: fixture(), services: waiting, scopes, userPoolArn }));
    };
    assert.equal(only((await graph(program, { preview: true })).nodes, apiType).inputs.body, unknownValue);
  });

  for (const [wrong, args, message] of [
    [
      "a bad document",
      { document: changed((d) => delete d.paths["/patients"]!.get!.security) },
      /route "GET \/patients" has neither scopes nor a reason/,
    ],
    ["an origin that is not exact", { allowedOrigins: ["*"] }, /allowedOrigins must be exact, .* got "\*"/],
    [
      "a wait beyond the gateway's",
      { timeoutMillis: 29_001 },
      /timeoutMillis must be a whole number from 50 to 29000, got 29001/,
    ],
    ["a negative rate", { throttleRate: -1 }, /throttleRate must be a number from 0 to 10000, got -1/],
    [
      "a burst beyond the account's",
      { throttleBurst: 5001 },
      /throttleBurst must be a whole number from 0 to 5000, got 5001/,
    ],
    [
      "a compression beyond 10 MB",
      { minimumCompressionBytes: 10_485_761 },
      /minimumCompressionBytes must be .* got 10485761/,
    ],
    [
      "a retention that CloudWatch does not know",
      { logRetentionDays: 31 },
      /logRetentionDays must be a period CloudWatch Logs accepts, got 31: use 60/,
    ],
    [
      "an address limit below WAF's",
      { firewall: true, requestsPerFiveMinutes: 9 },
      /requestsPerFiveMinutes must be .* got 9/,
    ],
  ] as [string, Partial<RestApiArgs>, RegExp][]) {
    it(`fails on ${wrong}`, async () => {
      await assert.rejects(build(args), message);
    });
  }
});
