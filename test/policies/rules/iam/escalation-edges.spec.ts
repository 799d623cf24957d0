import { rule } from "../../../../policies/rules/iam/stack-escalation-graph.ts";
import type { Resource } from "../../../../policies/resource.ts";
import { account, allow, assume, deny, fn, grant, role } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const trust = (...Statement: object[]) => ({ assumeRolePolicy: JSON.stringify({ Statement }) });
const by = (service: string) => trust(assume({ Service: `${service}.amazonaws.com` }));

/** A function on the internet, with these rights. */
const front = (...statements: object[]): Resource[] => [
  role("front"),
  fn("api", "front"),
  ...(statements.length > 0 ? [grant("front", ...statements)] : []),
  resource("aws:lambda/functionUrl:FunctionUrl", { functionName: "api" }, { name: "door" }),
];
/** A role that manages permissions. */
const admin = (props: object): Resource[] => [
  role("admin", props),
  grant("admin", allow("iam:PutRolePolicy", arn("admin"))),
];
const entered = (Principal: unknown, Condition?: object) => trust(assume(Principal, Condition));
const task = resource(
  "aws:ecs/taskDefinition:TaskDefinition",
  { family: "task", taskRoleArn: arn("admin") },
  { name: "task" },
);
const cluster = resource(
  "aws:ecs/cluster:Cluster",
  { name: "main" },
  {
    name: "cluster",
    outputs: { name: "main", arn: `arn:aws:ecs:eu-west-1:${account}:cluster/main` },
  },
);
const profile = resource("aws:iam/instanceProfile:InstanceProfile", { name: "host", role: "admin" }, { name: "host" });
const project = resource(
  "aws:codebuild/project:Project",
  { name: "build", serviceRole: arn("admin") },
  { name: "build" },
);
const registry = `${account}.dkr.ecr.eu-west-1.amazonaws.com`;
const repository = `arn:aws:ecr:eu-west-1:${account}:repository/orders`;
/** A task of the role that manages permissions, which runs an image. */
const runs = (image: unknown): Resource[] => [
  ...admin(by("ecs-tasks")),
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { family: "task", taskRoleArn: arn("admin"), containerDefinitions: image },
    { name: "task" },
  ),
];
const image = (name: string) => JSON.stringify([{ name: "app", image: name }]);
const kept = (imageTagMutability: string) =>
  resource("aws:ecr/repository:Repository", { name: "orders", imageTagMutability }, { name: "orders" });
const tasks = `arn:aws:ecs:eu-west-1:${account}:task/main/*`;
laws(rule, {
  violates: {
    "a trust that names the role, which needs no right of its own": {
      of: [...front(), ...admin(entered({ AWS: arn("front") }))],
      says: "api runs as front, which gets admin by sts:AssumeRole, which may iam:PutRolePolicy",
    },
    "a trust that names the role's session": {
      of: [...front(), ...admin(entered({ AWS: `arn:aws:sts::${account}:assumed-role/front/api` }))],
      says: "which gets admin by sts:AssumeRole",
    },
    "a trust of everybody but another": {
      of: [...front(), ...admin(trust({ ...assume(undefined), NotPrincipal: { AWS: arn("other") } }))],
      says: "which gets admin by sts:AssumeRole",
    },
    "a trust of everybody by this name": {
      of: [...front(), ...admin(entered("*", { ArnLike: { "aws:PrincipalArn": arn("fr*") } }))],
      says: "which gets admin by sts:AssumeRole",
    },
    "a trust of the account and a right to use it": {
      of: [...front(allow("sts:AssumeRole", arn("admin"))), ...admin(entered({ AWS: account }))],
      says: "which gets admin by sts:AssumeRole",
    },
    "a shell in a task": {
      of: [...front(allow("ecs:ExecuteCommand", tasks)), ...admin(by("ecs-tasks")), cluster, task],
      says: "which gets admin by ecs:ExecuteCommand on task",
    },
    "a shell in any task of a cluster": {
      of: [
        ...front(allow("ecs:ExecuteCommand", `arn:aws:ecs:eu-west-1:${account}:cluster/main`)),
        ...[...admin(by("ecs-tasks")), cluster, task],
      ],
      says: "which gets admin by ecs:ExecuteCommand on task",
    },
    "a command on a machine": {
      of: [...front(allow("ssm:SendCommand", "*")), ...admin(by("ec2")), profile],
      says: "which gets admin by ssm:SendCommand on host",
    },
    "a batch of builds": {
      of: [...front(allow("codebuild:StartBuildBatch", "*")), ...admin(by("codebuild")), project],
      says: "which gets admin by codebuild:StartBuildBatch on build",
    },
    "the image that a task runs, by its tag": {
      of: [...front(allow("ecr:PutImage", repository)), ...runs(image(`${registry}/orders:latest`)), kept("MUTABLE")],
      says: "which gets admin by ecr:PutImage on task",
    },
    "the image that a task runs, by its name": {
      of: [...front(allow("ecr:Put*", `${repository}*`)), ...runs(image(`${registry}/orders`))],
      says: "which gets admin by ecr:PutImage on task",
    },
    "the image that a build runs": {
      of: [
        ...front(allow("ecr:PutImage", "*")),
        ...admin(by("codebuild")),
        resource(
          "aws:codebuild/project:Project",
          { name: "build", serviceRole: arn("admin"), environment: { image: `${registry}/tools/build:1` } },
          { name: "build" },
        ),
      ],
      says: "which gets admin by ecr:PutImage on build",
    },
    "the boundary of a user": {
      of: front(allow("iam:DeleteUserPermissionsBoundary", `arn:aws:iam::${account}:user/a`)),
      says: "which may iam:DeleteUserPermissionsBoundary",
    },
  },
  passes: {
    "a trust of everybody by another name": {
      of: [...front(), ...admin(entered("*", { ArnLike: { "aws:PrincipalArn": arn("back*") } }))],
    },
    "a trust of the account alone": { of: [...front(), ...admin(entered({ AWS: account }))] },
    "a trust of everybody but the role": {
      of: [...front(), ...admin(trust({ ...assume(undefined), NotPrincipal: { AWS: arn("front") } }))],
    },
    "a trust that a Deny takes back": {
      of: [
        ...front(),
        ...admin(trust(assume({ AWS: arn("front") }), { ...assume({ AWS: arn("front") }), Effect: "Deny" })),
      ],
    },
    "a role that is denied what the trust offers": {
      of: [...front(deny("sts:*", "*")), ...admin(entered({ AWS: arn("front") }))],
    },
    "a trust of tags only": {
      of: [...front(), ...admin(trust({ ...assume({ AWS: arn("front") }), Action: "sts:TagSession" }))],
    },
    "a shell in another cluster": {
      of: [
        ...front(allow("ecs:ExecuteCommand", `arn:aws:ecs:eu-west-1:${account}:task/other/*`)),
        ...[...admin(by("ecs-tasks")), cluster, task],
      ],
    },
    "an image by its digest": {
      of: [...front(allow("ecr:PutImage", "*")), ...runs(image(`${registry}/orders@sha256:${"0".repeat(64)}`))],
    },
    "an image whose tag keeps it": {
      of: [...front(allow("ecr:PutImage", "*")), ...runs(image(`${registry}/orders:1`)), kept("IMMUTABLE")],
    },
    "images in another repository": {
      of: [...front(allow("ecr:PutImage", `${repository}-web`)), ...runs(image(`${registry}/orders:1`))],
    },
    "an image of another registry": {
      of: [...front(allow("ecr:PutImage", "*")), ...runs(image("public.ecr.aws/nginx/nginx:1"))],
    },
    "another session": {
      of: [...front(), ...admin(entered({ AWS: `arn:aws:sts::${account}:assumed-role/fronts/api` }))],
    },
  },
});
