import assert from "node:assert/strict";
import { healthPath, livenessPath, serviceNames } from "../app/contract.ts";
import type { Node } from "../local/graph.ts";
import { judged, type Preview } from "../local/preview.ts";
import { stackNames } from "../local/stack.ts";
import { documentsOf } from "./documents.ts";
import { recorded, runtimes } from "./recorded.ts";

const stateful = ["aws:rds/instance:Instance", "aws:cognito/userPool:UserPool", "aws:s3/bucket:Bucket"];
const unlogged = /^(pulumi:providers:|slipway:)/;

/** What holds for every resource of every stack: its name, and the predicate a resource must satisfy. */
const laws: Record<string, (node: Node, nodes: Node[], stack: string) => boolean> = {
  "belongs to a component": ({ type, parent }) => unlogged.test(type) || parent !== undefined,
  "is named after its parent": ({ name, parent }) => parent === undefined || name.startsWith(`${parent}-`),
  "has a logical name of its own": ({ name }, nodes) => nodes.filter((other) => other.name === name).length === 1,
  "keeps logs for a set time": ({ type, inputs }) =>
    type !== "aws:cloudwatch/logGroup:LogGroup" || inputs.retentionInDays > 0,
  "grants no action by wildcard": (node) =>
    documentsOf(node).every(({ statements }) =>
      statements.every(({ effect, actions }) => effect === "Deny" || !actions.some((action) => action.includes("*"))),
    ),
  "names every statement of a policy document": (node) =>
    documentsOf(node).every(({ statements }) => statements.every(({ sid }) => /^\w+$/.test(sid))),
  "protects what holds data unless the tier is dev": ({ type, options }, _nodes, stack) =>
    stack === "dev" || !stateful.includes(type) || options.protect === true,
  "may pull the image it runs": (node, nodes) =>
    node.type !== "aws:ecs/taskDefinition:TaskDefinition" ||
    repositoriesOf(node).every((arn) => pulled(node, nodes).has(arn)),
  "asks a task only whether it lives": ({ type, inputs }) =>
    type !== "aws:lb/targetGroup:TargetGroup" || inputs.healthCheck.path === livenessPath,
  "counts addresses at the door where no token is asked for": ({ type, name, inputs }) =>
    type !== "aws:wafv2/webAcl:WebAcl" ||
    !name.startsWith("fleet-door") ||
    serviceNames.map(healthPath).every((path) => JSON.stringify(inputs.rules).includes(`"searchString":"${path}"`)),
  // AWS takes a rule once, whatever its description (InvalidPermission.Duplicate).
  "is the only rule of its group for the same traffic": (node, nodes) =>
    !/^aws:vpc\/securityGroup\w+Rule:/.test(node.type) ||
    nodes.filter((other) => other.type === node.type && trafficOf(other) === trafficOf(node)).length === 1,
  "can be deleted in dev": ({ options }, _nodes, stack) => stack !== "dev" || options.protect !== true,
};

/** What a rule of a security group lets through. */
const trafficOf = ({ inputs: { description: _, tags: __, ...traffic } }: Node) =>
  JSON.stringify(Object.entries(traffic).sort());

/** ARNs of the private repositories a task's images are in. */
function repositoriesOf({ inputs }: Node): string[] {
  const containers = JSON.parse(inputs.containerDefinitions) as { image: string }[];
  const form = /^(\d+)\.dkr\.ecr\.([^.]+)\.amazonaws\.com\/([^@]+)@/;
  return containers.flatMap(({ image }) => {
    const [found, account, region, name] = form.exec(image) ?? [];
    return found ? [`arn:aws:ecr:${region}:${account}:repository/${name}`] : [];
  });
}

/** Resources of the pulling statements in the role that starts a task. */
function pulled({ inputs }: Node, nodes: Node[]): Set<string> {
  const role = nodes.find(({ outputs }) => outputs.arn === inputs.executionRoleArn);
  const grants = nodes.filter(
    ({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs.role === role?.id,
  );
  const statements = grants.flatMap((grant) => documentsOf(grant)).flatMap(({ statements }) => statements);
  return new Set(
    statements.filter(({ actions }) => actions.includes("ecr:BatchGetImage")).flatMap(({ resources }) => resources),
  );
}

const inSlots = { runtime: "fargate", strategy: "steps" };

/** Every service in two slots. */
const slots = { "slipway:services": JSON.stringify({ patients: inSlots, appointments: inSlots }) };

/** One service under a name of its own on the internet, the other behind the gateway alone. */
const open = {
  "slipway:services": JSON.stringify({
    patients: { runtime: "fargate" },
    appointments: { runtime: "fargate", public: true },
  }),
  "slipway:domainName": "appointments.example.com",
  "slipway:hostedZoneId": "Z0123456789ABCDEFGHIJ",
};

/** The stacks as they stand in their files, and with every service on each of the two runtimes. */
const variants: [title: string, stack: string, config?: Record<string, string>][] = [
  ...(await stackNames()).map((stack): [string, string] => [stack, stack]),
  ["dev on Fargate without internet", "dev", { ...runtimes("fargate", "fargate"), "slipway:egress": "endpoints" }],
  ["staging in two slots", "staging", slots],
  ["prod on Lambda", "prod", runtimes("lambda", "lambda")],
  ["prod on Fargate", "prod", runtimes("fargate", "fargate")],
  ["prod on Fargate without internet", "prod", { ...runtimes("fargate", "fargate"), "slipway:egress": "endpoints" }],
  ["prod with a public service", "prod", open],
  ["prod with a proxy", "prod", { "slipway:databaseProxy": "on" }],
];

for (const [title, stack, config] of variants) {
  describe(`every resource of ${title}`, () => {
    let nodes: Node[];
    let previewed: Node[];
    let findings: Preview["findings"];
    before(async () => {
      ({ nodes, findings } = await judged(stack, await recorded(stack, { config }), config));
      ({ nodes: previewed } = await recorded(stack, { config, preview: true }));
    });

    for (const [law, holds] of Object.entries(laws)) {
      it(law, () => {
        const offenders = nodes.filter((node) => !holds(node, nodes, stack)).map(({ type, name }) => `${type} ${name}`);
        assert.deepEqual(offenders, []);
      });
    }

    it("is known to the preview: nothing is created in apply", () => {
      const names = (graph: Node[]) => graph.map(({ type, name, parent }) => `${type} ${name} ${parent}`).sort();
      assert.deepEqual(names(previewed), names(nodes));
    });

    it("is let through by the policies", () => {
      // A variant has other principals than the stack whose permissions were reviewed.
      const told = findings.filter(({ rule }) => config === undefined || rule !== "iam-no-new-access");
      assert.deepEqual(
        told.map(({ rule, level, resource }) => `${level} ${rule} ${resource}`),
        [],
      );
    });

    it("has policy documents that the preview knows word for word", () => {
      const documents = (graph: Node[]) =>
        Object.fromEntries(graph.flatMap((node) => documentsOf(node).map(({ at, text }) => [at, text])));
      assert.deepEqual(documents(previewed), documents(nodes));
    });
  });
}
