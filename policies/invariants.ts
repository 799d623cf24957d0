/** A promise about what principals of a stack may do, proved for each of them. */
export interface Invariant {
  /** Logical name of the principal; `*` stands for any characters. */
  readonly principal: string;
  /** Action patterns that are never allowed. */
  readonly never?: readonly string[];
  /** Action patterns that are allowed on resources in `within` only. */
  readonly only?: readonly string[];
  /** ARN patterns. `<stack>` stands for the name of the stack, `<account>` for its account. */
  readonly within?: readonly string[];
  /** What depends on it. */
  readonly because: string;
}

/** The promises of this project about its own roles. */
export const invariants: readonly Invariant[] = [
  {
    principal: "*",
    // All of IAM but passing a role on.
    never: [...[..."ABCDEFGHIJKLMNOQRSTUVWXYZ", "Pu"].map((verb) => `iam:${verb}*`), "sts:*", "organizations:*"],
    because: "nothing that runs may change who may do what, or become somebody else",
  },
  {
    principal: "*",
    only: ["iam:PassRole"],
    within: ["arn:aws:iam::<account>:role/*-<stack>-*-task", "arn:aws:iam::<account>:role/*-<stack>-*-execution"],
    because: "what rolls out a service on Fargate gives its tasks their own roles, and nothing else gives any",
  },
  {
    principal: "*",
    never: [
      "lambda:UpdateFunction*",
      "lambda:Create*",
      "lambda:AddPermission",
      "ecr:Put*",
      "ecs:Register*",
      "states:*",
    ],
    because: "nothing that runs may change the code that runs",
  },
  {
    principal: "*",
    never: [
      ...["Create", "Delete", "Disable", "Put", "Revoke", "Schedule", "Update"].map((verb) => `kms:${verb}*`),
      "cloudtrail:*",
      "logs:Delete*Group",
      "logs:Delete*Stream",
      "cloudwatch:Delete*",
      "cloudwatch:Disable*",
    ],
    because: "nothing that runs may cover its tracks",
  },
  ...["patients", "appointments"].flatMap((service): Invariant[] => [
    {
      principal: `${service}-*`,
      only: ["rds-db:*"],
      within: [`arn:aws:rds-db:*:<account>:dbuser:*/*-<stack>-${service}`],
      because: `${service} logs in to the database as itself`,
    },
    {
      principal: `${service}-*`,
      never: ["secretsmanager:*", "ssm:GetParameter*", "s3:*"],
      because: `${service} needs no secret: its log-in is a token`,
    },
    {
      principal: `${service}-rollout-role`,
      only: ["lambda:*"],
      within: [
        `arn:aws:lambda:*:<account>:function:*-<stack>-${service}`,
        `arn:aws:lambda:*:<account>:function:*-<stack>-${service}:*`,
      ],
      because: `a rollout of ${service} moves the traffic of nothing else`,
    },
    {
      principal: `${service}-rollout-role`,
      only: ["ecs:*"],
      within: [`arn:aws:ecs:*:<account>:service/*-<stack>-fleet/*-<stack>-${service}-*`],
      because: `a rollout of ${service} starts and stops the tasks of nothing else`,
    },
  ]),
  {
    principal: "migrations-runner-role",
    only: ["secretsmanager:*"],
    within: ["arn:aws:secretsmanager:*:<account>:secret:rds!db-*"],
    because: "migrations read the database's own secret and no other",
  },
];
