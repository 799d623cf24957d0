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

  it("blocks an address with 429 after 2000 requests in five minutes unless told otherwise", async () => {
    const limitOf = async (args: Partial<WebFirewallArgs>) => aclIn(await build(args)).inputs["rules"][0];
    const { action, statement } = await limitOf({});
    assert.deepEqual(action, { block: {} });
    assert.deepEqual(statement.rateBasedStatement, { limit: 2000, aggregateKeyType: "IP", evaluationWindowSec: 300 });
    assert.equal((await limitOf({ requestsPerFiveMinutes: 10 })).statement.rateBasedStatement.limit, 10);
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
    [{ logRetentionDays: 31 }, /logRetentionDays must be .* got 31/],
  ] as [Partial<WebFirewallArgs>, RegExp][]) {
    it(`fails on ${JSON.stringify(args)}`, async () => {
      await assert.rejects(build(args), message);
    });
  }
});
