import type { Resource } from "../../policies/resource.ts";

const account = "123456789012";
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A stack of so many roles, each with a policy of six statements and a function that runs as it. */
export function stackOf(roles: number): Resource[] {
  return Array.from({ length: roles }, (_, place) => ofRole(`service-${place}`)).flat();
}

function ofRole(name: string): Resource[] {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const local = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
  const allow = (Action: string[], Resource: string) => ({ Effect: "Allow", Action, Resource });
  const policy = document(
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], local("logs", `log-group:/aws/lambda/${name}:log-stream:*`)),
    allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
    allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], local("dynamodb", `table/${name}`)),
    allow(["sqs:SendMessage"], local("sqs", name)),
    allow(["secretsmanager:GetSecretValue"], local("secretsmanager", `secret:${name}-??????`)),
    allow(["s3:GetObject", "s3:PutObject"], `arn:aws:s3:::${name}/*`),
  );
  const trust = document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
  return [
    {
      type: "aws:iam/role:Role",
      name: `${name}-role`,
      props: { name, assumeRolePolicy: trust },
      outputs: { id: name, name, arn },
    },
    { type: "aws:iam/rolePolicy:RolePolicy", name: `${name}-grant`, props: { role: name, policy } },
    { type: "aws:lambda/function:Function", name: `${name}-function`, props: { name, role: arn } },
    { type: "aws:sqs/queue:Queue", name: `${name}-queue`, props: { name }, outputs: { arn: local("sqs", name) } },
  ];
}
