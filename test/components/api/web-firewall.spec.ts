import assert from "node:assert/strict";
import { WebFirewall, type WebFirewallArgs } from "../../../components/api/web-firewall.ts";
import { graph, inputsOf, only, type Node } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const resourceArn = "arn:aws:apigateway:eu-west-1::/restapis/abc/stages/live";
const build = async (args: Partial<WebFirewallArgs> = {}, preview = false) =>
  (await graph(() => void new WebFirewall("firewall", { place, resourceArn, ...args }), { preview })).nodes;
const aclIn = (nodes: Node[]) => only(nodes, "aws:wafv2/webAcl:WebAcl");

describe("WebFirewall", () => {
  it("limits each address first, then applies AWS's rules, and counts every decision", async () => {
    const { scope, defaultAction, rules } = aclIn(await build()).inputs;
    const rows = rules.map(({ name, priority, visibilityConfig }: Node["inputs"]) => {
      return [name, priority, visibilityConfig.cloudwatchMetricsEnabled];
    });
    assert.deepEqual([scope, defaultAction], ["REGIONAL", { allow: {} }]);
    assert.deepEqual(rows, [
      ["address-limit", 0, true],
      ["AWSManagedRulesCommonRuleSet", 1, true],
      ["AWSManagedRulesKnownBadInputsRuleSet", 2, true],
    ]);
  });

  it("blocks an address after 2000 requests in five minutes unless told otherwise", async () => {
    const limitOf = async (args: Partial<WebFirewallArgs>) => aclIn(await build(args)).inputs["rules"][0];
    const { action, statement } = await limitOf({});
    assert.deepEqual(action, { block: {} });
    assert.deepEqual(statement.rateBasedStatement, { limit: 2000, aggregateKeyType: "IP", evaluationWindowSec: 300 });
    assert.equal((await limitOf({ requestsPerFiveMinutes: 10 })).statement.rateBasedStatement.limit, 10);
  });

  it("counts a caller who shares an address by its token, and the address where none is asked for", async () => {
    const { rules } = aclIn(await build({ openPaths: ["/health/patients"] })).inputs;
    const [address, caller, ...managed] = rules.map(({ statement }: Node["inputs"]) => statement.rateBasedStatement);
    const counted = (request: Request) => [address, caller].map((rate) => keyOf(rate, request));
    const [from, path] = ["198.51.100.7", "/appointments"];
    assert.deepEqual(counted({ from, path, token: "Bearer a" }), [undefined, "198.51.100.7 bearer a"]);
    assert.deepEqual(counted({ from, path, token: "bearer   A" }), [undefined, "198.51.100.7 bearer a"]);
    assert.deepEqual(counted({ from, path }), [from, undefined]);
    assert.deepEqual(counted({ from, path: "/health/patients", token: "made up" }), [from, "198.51.100.7 made up"]);
    assert.deepEqual([address.limit, caller.limit, managed], [2000, 2000, [undefined, undefined]]);
    const alone = aclIn(await build({ openPaths: [] })).inputs["rules"][0].statement.rateBasedStatement;
    assert.deepEqual([keyOf(alone, { from, path }), keyOf(alone, { from, path, token: "a" })], [from, undefined]);
  });

  it("guards what it is told and logs without tokens", async () => {
    const nodes = await build();
    const webAclArn = aclIn(nodes).outputs["arn"];
    const logging = only(nodes, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs;
    const association = only(nodes, "aws:wafv2/webAclAssociation:WebAclAssociation").inputs;
    assert.deepEqual(association, { webAclArn, resourceArn });
    assert.equal(logging["resourceArn"], webAclArn);
    assert.deepEqual(logging["redactedFields"], [{ singleHeader: { name: "authorization" } }]);
    assert.match(logging["logDestinationConfigs"][0], /log-group:aws-waf-logs-slipway-test-firewall$/);
  });

  it("keeps its log for 30 days unless told otherwise", async () => {
    const kept = async (args: Partial<WebFirewallArgs>) =>
      inputsOf(await build(args), "aws:cloudwatch/logGroup:LogGroup")[0];
    assert.equal((await kept({}))?.["retentionInDays"], 30);
    assert.equal((await kept({ logRetentionDays: 7 }))?.["retentionInDays"], 7);
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await build({}, true)), outline(await build()));
  });

  for (const [args, message] of [
    [{ requestsPerFiveMinutes: 9 }, /requestsPerFiveMinutes must be a whole number from 10 .* got 9/],
    [{ openPaths: ["health"] }, /openPaths must begin with a slash, got "health"/],
    [{ logRetentionDays: 31 }, /logRetentionDays must be .* got 31/],
  ] as [Partial<WebFirewallArgs>, RegExp][]) {
    it(`fails on ${JSON.stringify(args)}`, async () => {
      await assert.rejects(build(args), message);
    });
  }
});

interface Request {
  from: string;
  path: string;
  token?: string;
}

/** What a rate rule counts a request under, by the words of the WAF API; undefined where it does not count it. */
function keyOf({ aggregateKeyType, customKeys, scopeDownStatement }: Node["inputs"], request: Request) {
  if (scopeDownStatement && !matches(scopeDownStatement, request)) return undefined;
  if (aggregateKeyType === "IP") return request.from;
  const [{ ip }, { header }] = customKeys;
  assert.deepEqual([ip, header.name], [{}, "authorization"]);
  if (request.token === undefined) return undefined;
  const transforms: Record<string, (text: string) => string> = {
    COMPRESS_WHITE_SPACE: (text) => text.replaceAll(/\s+/g, " "),
    LOWERCASE: (text) => text.toLowerCase(),
  };
  const token = header.textTransformations.reduce(
    (text: string, { type }: any) => transforms[type]!(text),
    request.token,
  );
  return `${request.from} ${token}`;
}

function matches(statement: Node["inputs"], request: Request): boolean {
  const { orStatement, notStatement, sizeConstraintStatement: size, byteMatchStatement: bytes } = statement;
  if (orStatement)
    return orStatement.statements.length > 1 && orStatement.statements.some((one: any) => matches(one, request));
  if (notStatement) return !matches(notStatement.statement, request);
  if (size) {
    assert.deepEqual([size.fieldToMatch, size.comparisonOperator], [{ singleHeader: { name: "authorization" } }, "GT"]);
    return (request.token?.length ?? -1) > size.size;
  }
  assert.deepEqual([bytes.fieldToMatch, bytes.positionalConstraint], [{ uriPath: {} }, "STARTS_WITH"]);
  return request.path.startsWith(bytes.searchString);
}
