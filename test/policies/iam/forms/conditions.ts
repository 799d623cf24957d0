import { allow, role } from "../about.ts";
import { here, identity, type Form } from "./form.ts";

const passes = (what: string, condition: object): Form =>
  identity(`PassRole with ${what}`, allow("iam:PassRole", role, condition));
const under = (action: string, what: string, condition: object): Form =>
  identity(`${action} under ${what}`, allow(action, "*", condition));
const policy = (account: string, name: string) => ({
  ArnLike: { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/${name}` },
});
const attach = (account: string, name: string) => ({
  ArnLike: { "iam:PolicyARN": `arn:aws:iam::${account}:policy/${name}` },
});
const secret = (value: string) => ({ StringLike: { "secretsmanager:SecretId": value } });
const alias = (value: string) => ({ "ForAnyValue:StringLike": { "kms:ResourceAliases": value } });
const cluster = (value: string) => ({ ArnLike: { "ecs:cluster": value } });
const [get, decrypt, exec] = ["secretsmanager:GetSecretValue", "kms:Decrypt", "ecs:ExecuteCommand"];

/** Conditions that hold for every value of their key, or for a request without it. */
export const open: readonly Form[] = [
  passes("any service", { StringLike: { "iam:PassedToService": "*.amazonaws.com" } }),
  passes("any service, in two ways", { StringLike: { "iam:PassedToService": ["?*.amazonaws.com", "*.*.com"] } }),
  passes("any service by its end", { StringLike: { "iam:PassedToService": "*.com" } }),
  passes("some service", { Null: { "iam:PassedToService": "false" } }),
  passes("a service if there is one", { StringEqualsIfExists: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
  under("iam:CreateRole", "any boundary", policy("*", "*")),
  under("iam:PutRolePolicy", "any boundary of the account", policy(here, "*")),
  under("iam:PutRolePolicy", "some boundary", { Null: { "iam:PermissionsBoundary": "false" } }),
  under("iam:AttachRolePolicy", "any policy", attach("*", "*")),
  under("iam:AttachRolePolicy", "any policy below a path", attach(here, "*/*")),
  under("iam:AttachRolePolicy", "administrators by pattern", attach("aws", "Administrator*")),
  under("iam:AttachRolePolicy", "full access to anything", attach("aws", "*FullAccess")),
  under(get, "any secret by ARN", secret("arn:aws:secretsmanager:*")),
  under(get, "any secret of the account", secret(`arn:aws:secretsmanager:*:${here}:secret:*`)),
  under(get, "any secret of the usual form", secret("*-??????")),
  under(get, "some tag", { Null: { "aws:ResourceTag/team": "false" } }),
  under(get, "any tag", { StringLike: { "aws:ResourceTag/team": "?*" } }),
  under(get, "any tag of two parts", { StringLike: { "secretsmanager:ResourceTag/team": "*-*" } }),
  under(decrypt, "any alias", alias("alias/*")),
  under(decrypt, "any alias below a path", alias("alias/*/*")),
  under(decrypt, "any service of a region", { StringLike: { "kms:ViaService": "*.eu-west-1.amazonaws.com" } }),
  under(decrypt, "any context", { Null: { "kms:EncryptionContext:app": "false" } }),
  under(exec, "any cluster", cluster("arn:aws:ecs:*:*:cluster/*")),
  under(exec, "any cluster of a region", cluster("arn:aws:ecs:eu-west-1:*:cluster/*-*")),
  under("sts:AssumeRole", "a tag the caller chooses", { StringEquals: { "aws:RequestTag/team": "a" } }),
  under("iam:TagRole", "a tag the caller chooses", { StringEquals: { "aws:RequestTag/team": "a" } }),
  under("ec2:CreateTags", "a tag the caller chooses", { StringEquals: { "aws:RequestTag/team": "a" } }),
  under("iam:PutRolePolicy", "a key nobody knows, if it is there", { StringEqualsIfExists: { "made:up": "x" } }),
  under("iam:PutRolePolicy", "no value of a key nobody knows", { StringNotEquals: { "made:up": "x" } }),
  under("iam:PutRolePolicy", "every value of a key nobody knows", { "ForAllValues:StringLike": { "made:up": "x*" } }),
  under("iam:PutRolePolicy", "no address of a key nobody knows", { NotIpAddress: { "made:up": "10.0.0.0/8" } }),
  under("iam:PutRolePolicy", "a key nobody knows that is not there", { Null: { "made:up": "true" } }),
];

/** Conditions by pattern that name something. */
export const right: readonly Form[] = [
  passes("one service", { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
  passes("the services of containers", { StringLike: { "iam:PassedToService": "ecs*.amazonaws.com" } }),
  passes("machines", { StringLike: { "iam:AssociatedResourceARN": `arn:aws:ec2:*:${here}:instance/*` } }),
  under("iam:CreateRole", "one boundary", policy(here, "limits")),
  under("iam:CreateRole", "boundaries below a path", policy(here, "limits/*")),
  under(get, "secrets of an application", secret(`arn:aws:secretsmanager:*:${here}:secret:orders/*`)),
  under(get, "a tag's value", { StringEquals: { "aws:ResourceTag/team": "orders" } }),
  under(get, "a tag's value by pattern", { StringLike: { "aws:ResourceTag/team": "orders-*" } }),
  under(get, "the holder's own tag", { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } }),
  under(decrypt, "aliases of an application", alias("alias/orders-*")),
  under(decrypt, "one service in any region", { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } }),
  under(decrypt, "calls through services", { Null: { "aws:CalledVia": "false" } }),
  under(exec, "one cluster", cluster(`arn:aws:ecs:eu-west-1:${here}:cluster/orders`)),
  under(exec, "clusters by name", cluster("arn:aws:ecs:*:*:cluster/orders-*")),
  under("ec2:CreateVolume", "a tag on what is made", { StringEquals: { "aws:RequestTag/team": "a" } }),
  under("ec2:CreateVolume", "some tag on what is made", { Null: { "aws:RequestTag/team": "false" } }),
  under("ec2:CreateTags", "tags while making", { StringEquals: { "ec2:CreateAction": "RunInstances" } }),
  under("cloudwatch:PutMetricData", "a namespace by pattern", { StringLike: { "cloudwatch:namespace": "Orders/*" } }),
  under("events:PutTargets", "functions", { ArnLike: { "events:TargetArn": "arn:aws:lambda:*:*:function:*" } }),
];
