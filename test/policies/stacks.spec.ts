import assert from "node:assert/strict";
import type { Node } from "../../local/graph.ts";
import { recorded as recordedStack, runtimes } from "../recorded.ts";
import { packConfig } from "../../policies/config.ts";
import { judge } from "../../policies/judge.ts";
import type { Resource } from "../../policies/resource.ts";
import { covers, waivers } from "../../policies/waivers.ts";
import { grant, role } from "./documents.ts";

const record = async (stack: string, preview = false, config?: Record<string, string>): Promise<Resource[]> =>
  (await recordedStack(stack, { preview, config })).nodes.map(
    ({ type, name, parent, inputs, id, outputs, options }: Node) => ({
      type,
      name,
      parent,
      props: inputs,
      outputs: preview ? {} : { ...outputs, id },
      options,
    }),
  );
const tierOf = (stack: string) => (stack === "dev" ? "dev" : "prod");
const judged = (stack: string, resources: Resource[]) =>
  judge(resources, { tier: tierOf(stack), config: packConfig(stack, tierOf(stack)) });

const stacks = ["dev", "staging", "prod"];

for (const stack of stacks) {
  describe(`the stack ${stack} under the policies`, () => {
    let found: ReturnType<typeof judge>;
    before(async () => void (found = judged(stack, await record(stack, true))));

    it("is at most undecided while AWS has not answered", () => {
      assert.deepEqual(
        found.filter(({ decided }) => decided),
        [],
      );
    });

    it("has nothing that stops it while AWS has not answered", () => {
      assert.deepEqual(
        found.filter(({ level }) => level === "mandatory"),
        [],
      );
    });
  });
}

describe("the written exceptions", () => {
  it("are each needed by one stack at least, as it stands or with an option it has", async () => {
    const variants: [stack: string, config?: Record<string, string>][] = [
      ...stacks.map((stack): [string] => [stack]),
      ["prod", { "slipway:databaseProxy": "on" }],
      ["prod", { ...runtimes("fargate", "fargate"), "slipway:egress": "endpoints" }],
    ];
    const found: { rule: string; resource: string }[] = [];
    for (const [stack, config] of variants) {
      const resources = await record(stack, false, config);
      found.push(...judge(resources, { tier: "prod", waivers: [], config: packConfig(stack, "prod") }));
    }
    const idle = waivers.filter(
      (one) => !found.some(({ rule, resource }) => rule === one.rule && covers(one.resource, resource)),
    );
    assert.deepEqual(idle, []);
  });
});

describe("the stack prod, once spoiled", () => {
  let resources: Resource[];
  before(async () => {
    resources = await record("prod");
  });

  // Each row breaks one thing of one type everywhere, as a careless change would.
  const spoilt: [string, string, (props: any) => object][] = [
    ["apigateway-rest-api-require-authorizer", "aws:apigateway/restApi:RestApi", withoutAuthorizer],
    [
      "apigateway-stage-require-access-logs",
      "aws:apigateway/stage:Stage",
      (props) => ({ ...props, accessLogSettings: undefined }),
    ],
    ["apigateway-stage-require-firewall", "aws:wafv2/webAclAssociation:WebAclAssociation", () => ({})],
    ["apigateway-stage-require-throttling", "aws:apigateway/methodSettings:MethodSettings", () => ({})],
    [
      "cloudwatch-alarm-require-action",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      (props) => ({ ...props, alarmActions: [] }),
    ],
    ["cloudwatch-stack-require-alarms", "aws:cloudwatch/metricAlarm:MetricAlarm", () => ({})],
    [
      "cognito-user-pool-require-mfa",
      "aws:cognito/userPool:UserPool",
      (props) => ({ ...props, mfaConfiguration: "OPTIONAL" }),
    ],
    ["ec2-security-group-isolate-database", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", openToNetwork],
    ["ec2-vpc-require-flow-logs", "aws:ec2/flowLog:FlowLog", () => ({})],
    [
      "ecr-repository-require-immutable-tags",
      "aws:ecr/repository:Repository",
      (props) => ({ ...props, imageTagMutability: "MUTABLE" }),
    ],
    ["lambda-function-disallow-plain-secrets", "aws:lambda/function:Function", withPassword],
    [
      "lambda-function-require-image-digest",
      "aws:lambda/function:Function",
      (props) => ({ ...props, imageUri: "app:latest" }),
    ],
    ["iam-unused-permission", "aws:lambda/function:Function", (props) => ({ ...props, tracingConfig: undefined })],
    [
      "lb-load-balancer-disallow-invalid-headers",
      "aws:lb/loadBalancer:LoadBalancer",
      (props) => ({ ...props, dropInvalidHeaderFields: false }),
    ],
    [
      "lb-load-balancer-require-firewall",
      "aws:lb/loadBalancer:LoadBalancer",
      (props) => ({ ...props, internal: false }),
    ],
    ["lb-listener-rule-require-token", "aws:lb/loadBalancer:LoadBalancer", (props) => ({ ...props, internal: false })],
    [
      "lb-load-balancer-require-deletion-protection",
      "aws:lb/loadBalancer:LoadBalancer",
      (props) => ({ ...props, enableDeletionProtection: false }),
    ],
    [
      "ecs-service-disallow-unaudited-commands",
      "aws:ecs/service:Service",
      (props) => ({ ...props, enableExecuteCommand: true }),
    ],
    [
      "rds-instance-require-performance-insights",
      "aws:rds/instance:Instance",
      (props) => ({ ...props, performanceInsightsEnabled: undefined }),
    ],
    [
      "lambda-permission-require-source",
      "aws:lambda/permission:Permission",
      (props) => ({ ...props, sourceArn: undefined }),
    ],
    [
      "logs-log-group-require-retention",
      "aws:cloudwatch/logGroup:LogGroup",
      (props) => ({ ...props, retentionInDays: 0 }),
    ],
    [
      "rds-instance-disallow-public-access",
      "aws:rds/instance:Instance",
      (props) => ({ ...props, publiclyAccessible: true }),
    ],
    ["rds-parameter-group-require-tls", "aws:rds/parameterGroup:ParameterGroup", withoutTls],
    ["sns-topic-require-encryption", "aws:sns/topic:Topic", (props) => ({ ...props, kmsMasterKeyId: undefined })],
  ];
  for (const [rule, spoiledType, spoil] of spoilt) {
    it(`is stopped by ${rule}`, () => {
      const changed = resources.map((one) =>
        one.type === spoiledType ? { ...one, props: spoil(one.props) as any } : one,
      );
      const stopping = judged("prod", changed).filter(({ level }) => level === "mandatory");
      assert.ok(
        stopping.some((finding) => finding.rule === rule),
        JSON.stringify(stopping),
      );
    });
  }
});

describe("a policy that nobody can read at the preview", () => {
  for (const [stack, level] of [
    ["dev", "advisory"],
    ["staging", "mandatory"],
    ["prod", "mandatory"],
  ] as const) {
    it(`is ${level} in ${stack}`, () => {
      const policy = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      const found = judged(stack, [role("worker"), { ...grant("worker"), props: { role: "worker", policy } }]);
      const own = found.filter(({ rule }) => rule === "iam-document-known-at-preview");
      assert.deepEqual(
        own.map(({ level, resource, decided }) => [level, resource, decided]),
        [[level, "worker-grant", false]],
      );
    });
  }
});

function withoutAuthorizer(props: any) {
  const document = JSON.parse(props.body);
  delete document.components.securitySchemes.cognito["x-amazon-apigateway-authorizer"];
  return { ...props, body: JSON.stringify(document) };
}

function openToNetwork(props: any) {
  return { ...props, referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" };
}

function withPassword(props: any) {
  return { ...props, environment: { variables: { DATABASE_PASSWORD: "hunter2" } } };
}

function withoutTls(props: any) {
  return { ...props, parameters: [{ name: "rds.force_ssl", value: "0" }] };
}
