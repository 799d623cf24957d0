import { allow, deny } from "../about.ts";
import { here, identity, type Form } from "./form.ts";

const secret = "secretsmanager:GetSecretValue";
const secrets = `arn:aws:secretsmanager:eu-west-1:${here}:secret`;
const put = "dynamodb:PutItem";
const within = (action: string, arn: string): Form => identity(`${action} on ${arn}`, allow(action, arn));

/** Resources whose names are wildcards and punctuation, or one letter: they name nothing. */
export const open: readonly Form[] = [
  within(secret, `${secrets}:*-??????`),
  within(secret, `${secrets}:??????*-??????`),
  within(secret, `${secrets}:*/*`),
  within(secret, `${secrets}:*/*-??????`),
  within(secret, `${secrets}:*_*`),
  within(secret, `${secrets}:*e*`),
  within(secret, "arn:aws:secretsmanager:*:*:*-*"),
  within(secret, `arn:aws:secretsmanager:eu-*:${here}:secret:*`),
  within(secret, `arn:aws:secretsmanager:??-????-?:${here}:secret:*-*`),
  within("kms:Decrypt", `arn:aws:kms:*:${here}:key/????????-????-????-????-????????????`),
  within("kms:Decrypt", `arn:aws:kms:*:${here}:key/*-*-*-*-*`),
  within("kms:Decrypt", "arn:aws:kms:eu-west-1:1234*:key/*"),
  within("ssm:GetParameter", `arn:aws:ssm:eu-west-1:${here}:parameter/*/*`),
  within("ssm:GetParametersByPath", `arn:aws:ssm:eu-west-1:${here}:parameter/*/*/*`),
  within("s3:GetObject", "arn:aws:s3:::*-*/*"),
  within("s3:GetObject", "arn:aws:s3:::*.*/*"),
  within("s3:GetObject", "arn:aws:s3:::*-*/exports/*"),
  within("s3:DeleteBucket", "arn:aws:s3:::*-*"),
  within(put, "arn:aws:dynamodb:*:*:table/*-*"),
  within(put, "arn:aws:dynamodb:eu-*:*:table/*"),
  within(put, "arn:aws:dynamodb:*-*-*:*:table/*"),
  within(put, "arn:aws:dynamodb:eu-west-1:12345678901?:table/*"),
  within(put, "arn:aws:dynamodb:*_*"),
  within(put, "*-*"),
  within("sqs:DeleteMessage", "arn:aws:sqs:eu-west-1:*:*.*"),
  within("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:*:function:*-*"),
  within("iam:PutRolePolicy", `arn:aws:iam::${here}:role/*-*`),
  within("iam:CreateAccessKey", `arn:aws:iam::${here}:user/*.*`),
  within("iam:PassRole", `arn:aws:iam::${here}:role/*_*`),
  within("sts:AssumeRole", "arn:aws:iam::*:role/*/*"),
];

/** Names by pattern, however thin, and what a Deny leaves. */
export const right: readonly Form[] = [
  within(secret, `${secrets}:my-name-??????`),
  within(secret, `${secrets}:orders/*-??????`),
  within(secret, `${secrets}:db-??????`),
  within(secret, `${secrets}:\${aws:PrincipalTag/team}/*`),
  within("ssm:GetParameter", `arn:aws:ssm:*:${here}:parameter/*/orders`),
  within("ssm:GetParameter", `arn:aws:ssm:eu-west-1:${here}:parameter/\${aws:PrincipalTag/team}/*/*`),
  within("s3:GetObject", "arn:aws:s3:::*-orders/*"),
  within("s3:GetObject", "arn:aws:s3:::orders-*-*/*"),
  within(put, `arn:aws:dynamodb:*:${here}:table/orders-*-*`),
  within("dynamodb:Query", `arn:aws:dynamodb:eu-west-1:${here}:table/orders/index/*-*`),
  within("execute-api:Invoke", `arn:aws:execute-api:eu-west-1:${here}:a1b2c3d4e5/*/*/*`),
  within("logs:PutLogEvents", `arn:aws:logs:*:${here}:log-group:/aws/lambda/orders-*:*:*`),
  identity("a Deny of all queues", [allow("sqs:SendMessage", "*"), deny("sqs:SendMessage", "arn:aws:sqs:*:*:*")]),
];
