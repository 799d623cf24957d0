import assert from "node:assert/strict";
import { LoadBalancer, type LoadBalancerArgs } from "../../../components/service/load-balancer.ts";
import { graph, inputsOf, only } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";
import { balancer, named } from "./fixture.ts";

const domain = { name: "api.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
const open: Partial<LoadBalancerArgs> = { public: true, domain };
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const everything: Partial<LoadBalancerArgs> = { ...open, testPort: 9443, testers: { smoke: "sg-smoke" } };

describe("LoadBalancer", () => {
  it("is internal, closed and protected unless told otherwise", async () => {
    const nodes = await balancer({ callers: { link: "sg-link" } });
    const { internal, enableDeletionProtection, dropInvalidHeaderFields, desyncMitigationMode } = only(
      nodes,
      balancerType,
    ).inputs;
    assert.deepEqual(
      [internal, enableDeletionProtection, dropInvalidHeaderFields, desyncMitigationMode],
      [true, true, true, "strictest"],
    );
    const [ingress, ...others] = inputsOf(nodes, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(others, []);
    assert.deepEqual(
      [ingress!.referencedSecurityGroupId, ingress!.fromPort, ingress!.toPort, ingress!.cidrIpv4],
      ["sg-link", 80, 80, undefined],
    );
  });

  it("answers 404 to everything that no service takes", async () => {
    for (const { defaultActions } of inputsOf(await balancer({ testPort: 9443 }), "aws:lb/listener:Listener")) {
      assert.deepEqual([defaultActions[0].type, defaultActions[0].fixedResponse.statusCode], ["fixed-response", "404"]);
    }
  });

  it("serves the internet over TLS 1.2 and 1.3, and sends plain callers there", async () => {
    const nodes = await balancer(open);
    assert.equal(only(nodes, balancerType).inputs.internal, false);
    const { port, protocol, sslPolicy, certificateArn } = named(nodes, "front-listener").inputs;
    assert.deepEqual([port, protocol, sslPolicy], [443, "HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06"]);
    assert.equal(certificateArn, named(nodes, "front-certificate").outputs.arn);
    const redirect = named(nodes, "front-redirect").inputs;
    assert.deepEqual([redirect.port, redirect.protocol], [80, "HTTP"]);
    assert.deepEqual(redirect.defaultActions[0].redirect, { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" });
    const opened = inputsOf(nodes, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(
      ({ fromPort }) => fromPort,
    );
    assert.deepEqual(opened, [443, 80]);
  });

  it("proves its name by a record, and is found under it", async () => {
    const nodes = await balancer(open);
    const { domainName, validationMethod } = named(nodes, "front-certificate").inputs;
    assert.deepEqual([domainName, validationMethod], ["api.example.com", "DNS"]);
    const proof = named(nodes, "front-certificate-proof").inputs;
    assert.match(proof.records[0], /acm-validations\.aws\.$/);
    assert.deepEqual([proof.zoneId, proof.type], [domain.zoneId, "CNAME"]);
    const { name, type, aliases } = named(nodes, "front-record").inputs;
    assert.deepEqual(
      [name, type, aliases[0].name],
      ["api.example.com", "A", only(nodes, balancerType).outputs.dnsName],
    );
  });

  it("writes who asked for what into a closed bucket of its own", async () => {
    const nodes = await balancer({ logRetentionDays: 365 });
    const bucket = "slipway-test-front-access-123456789012";
    assert.deepEqual(only(nodes, balancerType).inputs.accessLogs, { enabled: true, bucket });
    const { bucket: closed, ...flags } = only(nodes, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs;
    assert.deepEqual([closed, Object.values(flags)], [bucket, [true, true, true, true]]);
    const [rule] = only(nodes, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs.rules;
    assert.deepEqual([rule.status, rule.expiration], ["Enabled", { days: 365 }]);
    const [write] = JSON.parse(only(nodes, "aws:s3/bucketPolicy:BucketPolicy").inputs.policy).Statement;
    assert.deepEqual(write.Principal, { Service: "logdelivery.elasticloadbalancing.amazonaws.com" });
    // No condition: the log delivery names no source, and one that is asked for refuses every load balancer.
    assert.deepEqual([write.Action, write.Condition], [["s3:PutObject"], undefined]);
    assert.deepEqual(write.Resource, [`arn:aws:s3:::${bucket}/AWSLogs/123456789012/*`]);
    assert.equal(only(await balancer({ accessLogs: false }), balancerType).inputs.accessLogs, undefined);
  });

  it("keeps the test port to the testers", async () => {
    const nodes = await balancer({ testPort: 9443, testers: { smoke: "sg-smoke" } });
    assert.equal(named(nodes, "front-test").inputs.port, 9443);
    const { fromPort, referencedSecurityGroupId } = named(nodes, "front-test-smoke-in").inputs;
    assert.deepEqual([fromPort, referencedSecurityGroupId], [9443, "sg-smoke"]);
  });

  it("fails on a name that leaves no room for its own", async () => {
    const args = { place, part: "front", vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
    const named = (name: string) => graph(() => void new LoadBalancer(name, args));
    assert.ok(await named("b".repeat(15)));
    await assert.rejects(named("b".repeat(16)), /name "b{16}-balancer" has 25 characters, AWS leaves room for 24/);
  });

  it("shows at preview what it creates at update", async () => {
    assert.deepEqual(outline(await balancer(everything, true)), outline(await balancer(everything)));
  });

  for (const [title, args, message] of [
    ["a public one without a name", { public: true }, /public needs a domain/],
    ["callers of a public one", { ...open, callers: { link: "sg-link" } }, /callers are for an internal load balancer/],
    [
      "a name that is none",
      { domain: { name: "Example", zoneId: "Z1" } },
      /domain must have a name in lower case, got "Example"/,
    ],
    ["testers without a port", { testers: { smoke: "sg-1" } }, /testers have nothing to call without testPort/],
    ["a test port that is taken", { testPort: 443 }, /testPort 443 is taken/],
  ] as const) {
    it(`fails on ${title}`, () => assert.rejects(balancer(args), message));
  }
});
