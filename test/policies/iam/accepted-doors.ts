import { arn, here, role, type Accepted } from "./accepted.ts";

const trust = (
  name: string,
  Principal: object,
  Condition?: object,
  Action = "sts:AssumeRole",
  accounts?: string[],
): Accepted => ({
  name,
  kind: "trust",
  statements: [{ Effect: "Allow", Principal, Action, ...(Condition && { Condition }) }],
  ...(accounts && { accounts }),
});
const github = "token.actions.githubusercontent.com";
const provider = `arn:aws:iam::${here}:oidc-provider/${github}`;

/** Who may become a role. */
export const trusts: readonly Accepted[] = [
  trust("a function", { Service: "lambda.amazonaws.com" }),
  trust("a task", { Service: "ecs-tasks.amazonaws.com" }),
  trust(
    "the scheduler of this account",
    { Service: "scheduler.amazonaws.com" },
    { StringEquals: { "aws:SourceAccount": here } },
  ),
  trust(
    "one trail",
    { Service: "cloudtrail.amazonaws.com" },
    { ArnEquals: { "aws:SourceArn": arn("cloudtrail", "trail/audit") } },
  ),
  trust("one role", { AWS: `arn:aws:iam::${here}:role/deployer` }),
  trust("a trusted account", { AWS: "arn:aws:iam::210987654321:root" }, undefined, "sts:AssumeRole", ["210987654321"]),
  trust("a third party", { AWS: "arn:aws:iam::210987654321:root" }, { StringEquals: { "sts:ExternalId": "7c1d" } }),
  trust(
    "one branch",
    { Federated: provider },
    {
      StringEquals: { [`${github}:aud`]: "sts.amazonaws.com", [`${github}:sub`]: "repo:owner/orders:environment:prod" },
    },
    "sts:AssumeRoleWithWebIdentity",
  ),
];

const resource = (name: string, statement: Record<string, unknown>): Accepted => ({
  name,
  kind: "resource",
  statements: [{ Effect: "Allow", ...statement }],
});

/** Who may use a resource. */
export const resources: readonly Accepted[] = [
  resource("a queue behind a topic", {
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn("sqs", "orders"),
    Condition: { ArnEquals: { "aws:SourceArn": arn("sns", "orders-placed") } },
  }),
  resource("a key of the account", { Principal: { AWS: `arn:aws:iam::${here}:root` }, Action: "kms:*", Resource: "*" }),
  resource("a bucket behind a distribution", {
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::orders-site/*",
    Condition: { StringEquals: { "aws:SourceArn": `arn:aws:cloudfront::${here}:distribution/E2A` } },
  }),
  resource("an organisation's images", {
    Principal: "*",
    Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  }),
  resource("a bucket behind an endpoint", {
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::orders-inbox/*",
    Condition: { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
  }),
  resource("a secret for one role", {
    Principal: { AWS: role },
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
  }),
];
