import assert from "node:assert/strict";
import { TokenKeys, type TokenKeysArgs } from "../../../components/api/token-keys.ts";
import { endpointsOf, keysEndpoint } from "../../../components/network/endpoint-uses.ts";
import { graph, inputsOf, only } from "../../../local/graph.ts";
import { outline, place, policiesIn } from "../place.ts";

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi";
const record = (args: Partial<TokenKeysArgs> = {}, preview = false) =>
  graph(
    () => {
      const needed = { place, part: "keys", issuer, cidrBlock: "10.8.0.0/16" };
      return { jwksUri: new TokenKeys("keys", { ...needed, ...args }).jwksUri };
    },
    { preview },
  );
const build = async (args: Partial<TokenKeysArgs> = {}, preview = false) => (await record(args, preview)).nodes;
const apiIn = async () => only(await build(), "aws:apigateway/restApi:RestApi").inputs;

describe("TokenKeys", () => {
  it("passes one route on to the issuer's keys", async () => {
    const { paths } = JSON.parse((await apiIn()).body);
    assert.deepEqual(Object.keys(paths), ["/jwks.json"]);
    const { get, ...others } = paths["/jwks.json"];
    assert.deepEqual(others, {});
    const { type, httpMethod, uri } = get["x-amazon-apigateway-integration"];
    assert.deepEqual([type, httpMethod, uri], ["http_proxy", "GET", `${issuer}/.well-known/jwks.json`]);
    assert.match(get["x-public-reason"], /public keys/);
  });

  it("is reached by endpoints and from the network's addresses alone", async () => {
    const { endpointConfiguration } = await apiIn();
    assert.deepEqual(endpointConfiguration, { types: "PRIVATE" });
    const [policy] = policiesIn(await build());
    assert.equal(policy.Statement.length, 1);
    const [{ Condition, Resource }] = policy.Statement;
    assert.deepEqual(Condition, { IpAddress: { "aws:VpcSourceIp": "10.8.0.0/16" } });
    assert.deepEqual(Resource, ["arn:aws:execute-api:eu-west-1:123456789012:*/live/GET/jwks.json"]);
  });

  it("answers where the endpoint's policy lets callers through", async () => {
    const { nodes, outputs } = await record();
    const { id } = only(nodes, "aws:apigateway/restApi:RestApi");
    assert.equal(outputs.jwksUri, `https://${id}.execute-api.eu-west-1.amazonaws.com/live/jwks.json`);
    const [allowed] = endpointsOf(place, { commands: false })[keysEndpoint]!;
    assert.equal(allowed!.resources![0], "arn:aws:execute-api:eu-west-1:123456789012:*/live/GET/jwks.json");
  });

  it("is throttled and logged for as long as it is told", async () => {
    const nodes = await build({ logRetentionDays: 365 });
    const { settings } = only(nodes, "aws:apigateway/methodSettings:MethodSettings").inputs;
    assert.deepEqual([settings.throttlingRateLimit, settings.throttlingBurstLimit], [10, 20]);
    const kept = inputsOf(nodes, "aws:cloudwatch/logGroup:LogGroup").map(({ retentionInDays }) => retentionInDays);
    assert.deepEqual(kept, [365, 365]);
  });

  it("is deployed again when its policy changes", async () => {
    const triggersOf = async (cidrBlock: string) =>
      only(await build({ cidrBlock }), "aws:apigateway/deployment:Deployment").inputs.triggers.document;
    assert.notEqual(await triggersOf("10.8.0.0/16"), await triggersOf("10.9.0.0/16"));
  });

  it("shows at preview what it creates at update", async () => {
    const [preview, update] = [await build({}, true), await build()];
    assert.deepEqual(outline(preview), outline(update));
    assert.deepEqual(policiesIn(preview), policiesIn(update));
  });

  it("fails on addresses that are none", async () => {
    await assert.rejects(build({ cidrBlock: "the network" }), {
      message: /^cidrBlock must be an IPv4 block, got "the/,
    });
  });
});
