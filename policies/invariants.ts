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
    never: ["iam:*", "sts:*", "organizations:*"],
    because: "nothing that runs may change who may do what, or become somebody else",
  },
  {
    principal: "*",
    never: ["kms:*", "cloudtrail:*", "lambda:UpdateFunction*", "lambda:Create*", "ecr:Put*"],
    because: "nothing that runs may change its own code, or cover its tracks",
  },
  {
    principal: "patients-role",
    only: ["rds-db:connect"],
    within: ["arn:aws:rds-db:*:<account>:dbuser:*/*-<stack>-patients"],
    because: "a service logs in to the database as itself",
  },
  {
    principal: "appointments-role",
    only: ["rds-db:connect"],
    within: ["arn:aws:rds-db:*:<account>:dbuser:*/*-<stack>-appointments"],
    because: "a service logs in to the database as itself",
  },
  {
    principal: "patients-role",
    never: ["secretsmanager:*", "ssm:*", "s3:*"],
    because: "a service needs no secret: its log-in is a token",
  },
  {
    principal: "appointments-role",
    never: ["secretsmanager:*", "ssm:*", "s3:*"],
    because: "a service needs no secret: its log-in is a token",
  },
  ...["patients", "appointments"].map((service) => ({
    principal: `${service}-rollout-role`,
    only: ["lambda:*"],
    within: [
      `arn:aws:lambda:*:<account>:function:*-<stack>-${service}`,
      `arn:aws:lambda:*:<account>:function:*-<stack>-${service}:*`,
    ],
    because: "a rollout moves the traffic of its own service and of no other",
  })),
  {
    principal: "migrations-runner-role",
    only: ["secretsmanager:*"],
    within: ["arn:aws:secretsmanager:*:<account>:secret:rds!db-*"],
    because: "migrations read the database's own secret and no other",
  },
];
