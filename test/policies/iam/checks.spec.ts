import assert from "node:assert/strict";
import { checks } from "../../../policies/iam/catalogue.ts";
import type { Kind } from "../../../policies/iam/document.ts";
import { judgeDocument, type JudgeOptions } from "../../../policies/iam/judge.ts";

type Statement = Record<string, unknown>;
const allow = (Action: unknown, Resource: unknown, Condition?: object): Statement => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
const deny = (Action: unknown, Resource: unknown, Condition?: object): Statement => ({ ...allow(Action, Resource, Condition), Effect: "Deny" });
const assume = (Principal: unknown, Condition?: object): Statement => ({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition && { Condition }) });
const open = (Principal: unknown, Action: unknown, Condition?: object): Statement => ({ Effect: "Allow", Principal, Action, Resource: "*", ...(Condition && { Condition }) });

const role = "arn:aws:iam::123456789012:role/task";
const passed = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
const host = "token.actions.githubusercontent.com";
const github = (sub: object, aud: object = { StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" } }) => ({
  ...assume({ Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` }, { ...aud, ...sub }),
  Action: "sts:AssumeRoleWithWebIdentity",
});
const sub = (...values: string[]) => ({ StringLike: { [`${host}:sub`]: values } });

/** Check, kind, a name, the statements, and whether the check speaks. */
const cases: [string, Kind, string, Statement[], boolean, JudgeOptions?][] = [
  ["iam-document-valid", "identity", "a misspelt element", [{ ...allow("s3:GetObject", "arn:aws:s3:::a/*"), Conditions: {} }], true],
  ["iam-document-valid", "identity", "single values", [allow("s3:GetObject", "arn:aws:s3:::a/*")], false],
  ["iam-no-admin", "identity", "everything in pieces", [allow(["a*:*", "c*:*", "d*:*", "e*:*"], "arn*"), { Effect: "Allow", NotAction: ["a*:*"], Resource: "*" }], true],
  ["iam-no-admin", "identity", "everything, and all of it denied", [allow("*", "*"), deny("*", "*")], false],
  ["iam-no-admin", "identity", "everything on one bucket", [allow("*", "arn:aws:s3:::a/*")], false],
  ["iam-resource-scope", "identity", "a whole kind of resource", [allow("cloudtrail:StopLogging", "arn:*:cloudtrail:*:*:trail/*")], true],
  ["iam-resource-scope", "identity", "a tag that other tags pass", [allow("sqs:SendMessage", "*", { StringNotEquals: { "aws:ResourceTag/a": "b" } })], true],
  ["iam-resource-scope", "identity", "an address", [allow("sqs:SendMessage", "*", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })], true],
  ["iam-resource-scope", "identity", "an action without resources", [allow(["ecr:GetAuthorizationToken", "ec2:Describe*"], "*")], false],
  ["iam-resource-scope", "identity", "a tag", [allow("sqs:SendMessage", "*", { StringEquals: { "aws:ResourceTag/a": "b" } })], false],
  ["iam-resource-scope", "identity", "a Deny of everything else", [allow("sqs:SendMessage", "*"), { Effect: "Deny", Action: "sqs:*", NotResource: "arn:aws:sqs:*:*:orders" }], false],
  ["iam-service-wildcard", "identity", "a whole service", [allow("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:a")], true],
  ["iam-service-wildcard", "identity", "a service without resources", [allow("ssmmessages:*", "*")], false],
  ["iam-privilege-escalation", "identity", "a policy that covers itself", [allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/team-*")], true],
  ["iam-privilege-escalation", "identity", "two statements together", [allow("lambda:CreateFunction", "arn:aws:lambda:*:*:function:a"), allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:a"), allow("iam:PassRole", "*")], true],
  ["iam-privilege-escalation", "identity", "a policy of AWS's own", [allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/team-*")], false],
  ["iam-privilege-escalation", "identity", "a date that has passed", [allow("iam:CreatePolicyVersion", "*", { DateLessThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } })], false],
  ["iam-privilege-escalation", "identity", "a service the role is not passed to", [allow("ec2:RunInstances", "arn:aws:ec2:*:*:instance/i-1"), allow("iam:PassRole", "*", passed)], false],
  ["iam-privilege-escalation", "identity", "the caller's own keys", [allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")], false],
  ["iam-passrole-exact", "identity", "no service", [allow("iam:PassRole", role)], true],
  ["iam-passrole-exact", "identity", "any role", [allow("iam:Pass*", "arn:aws:iam::123456789012:role/*", passed)], true],
  ["iam-passrole-exact", "identity", "one role to one service", [allow("iam:PassRole", role, passed)], false],
  ["iam-notaction-notresource-allow", "identity", "all but one bucket", [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*" }], true],
  ["iam-notaction-notresource-allow", "identity", "a Deny of all but one", [allow("s3:GetObject", "arn:aws:s3:::a/*"), { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" }], false],
  ["iam-permissions-management", "identity", "a bucket's own policy", [allow("s3:PutBucketPolicy", "arn:aws:s3:::a")], true],
  ["iam-permissions-management", "identity", "a grant for AWS's own use", [allow("kms:CreateGrant", "arn:aws:kms:*:*:key/a", { Bool: { "kms:GrantIsForAWSResource": "true" } })], false],
  ["iam-data-access-scope", "identity", "every secret of the account", [allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*")], true],
  ["iam-data-access-scope", "identity", "one secret", [allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-??????")], false],
  ["iam-condition-sanity", "identity", "the holder's own account", [allow("s3:GetObject", "arn:aws:s3:::a/*", { StringEquals: { "aws:PrincipalAccount": "123456789012" } })], true],
  ["iam-condition-sanity", "identity", "a star where it is a character", [allow("s3:ListBucket", "arn:aws:s3:::a", { StringEquals: { "s3:prefix": "home/*" } })], true],
  ["iam-condition-sanity", "identity", "all values of one value", [allow("s3:GetObject", "arn:aws:s3:::a/*", { "ForAllValues:StringEquals": { "aws:ResourceTag/a": "b" } })], true],
  ["iam-condition-sanity", "identity", "MFA, if any", [allow("s3:GetObject", "arn:aws:s3:::a/*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } })], true],
  ["iam-condition-sanity", "identity", "a star in StringLike", [allow("s3:ListBucket", "arn:aws:s3:::a", { StringLike: { "s3:prefix": "home/*" } })], false],
  ["iam-managed-policy", "identity", "handing out administration", [allow("iam:AttachRolePolicy", role, { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" } })], true],
  ["iam-managed-policy", "identity", "handing out a policy of one's own", [allow("iam:AttachRolePolicy", role, { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/a" } })], false],
  ["trust-no-public", "trust", "anybody with a secret word", [assume("*", { StringEquals: { "sts:ExternalId": "a" } })], true],
  ["trust-no-public", "trust", "everybody but one", [{ Effect: "Allow", NotPrincipal: { AWS: role }, Action: "sts:AssumeRole" }], true],
  ["trust-no-public", "trust", "everybody but one, by condition", [assume("*", { ArnNotEquals: { "aws:PrincipalArn": role } })], true],
  ["trust-no-public", "trust", "an organisation", [assume("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })], false],
  ["trust-action-exact", "trust", "every action", [{ ...assume({ Service: "lambda.amazonaws.com" }), Action: "sts:*" }], true],
  ["trust-action-exact", "trust", "tagged sessions", [{ ...assume({ Service: "lambda.amazonaws.com" }), Action: ["sts:AssumeRole", "sts:TagSession"] }], false],
  ["trust-account-root", "trust", "an account nobody named", [assume({ AWS: "210987654321" })], true],
  ["trust-account-root", "trust", "a role of an account that is not trusted", [assume({ AWS: role })], true, { accounts: ["210987654321"] }],
  ["trust-account-root", "trust", "a trusted account", [assume({ AWS: "210987654321" })], false, { accounts: ["210987654321"] }],
  ["trust-oidc-github", "trust", "any branch of any repository of an owner", [github(sub("repo:owner/*"))], true],
  ["trust-oidc-github", "trust", "pull requests", [github(sub("repo:owner/name:pull_request"))], true],
  ["trust-oidc-github", "trust", "no audience", [github(sub("repo:owner/name:ref:refs/heads/main"), {})], true],
  ["trust-oidc-github", "trust", "a second value that is open", [github(sub("repo:owner/name:ref:refs/heads/main", "repo:*"))], true],
  ["trust-oidc-github", "trust", "a second statement that is open", [assume({ Service: "lambda.amazonaws.com" }), github({})], true],
  ["trust-oidc-github", "trust", "every other repository", [github({ StringNotLike: { [`${host}:sub`]: "repo:owner/name:*" } })], true],
  ["trust-oidc-github", "trust", "one branch", [github(sub("repo:owner/name:ref:refs/heads/main"))], false],
  ["trust-federated-subject", "trust", "any pod", [assume({ Federated: "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A" }, { StringEquals: { "oidc.eks.eu-west-1.amazonaws.com/id/A:aud": "sts.amazonaws.com" } })], true],
  ["trust-federated-subject", "trust", "one pod", [assume({ Federated: "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A" }, { StringEquals: { "oidc.eks.eu-west-1.amazonaws.com/id/A:sub": "system:serviceaccount:a:b" } })], false],
  ["trust-confused-deputy", "trust", "a service for anybody", [assume({ Service: "events.amazonaws.com" })], true],
  ["trust-confused-deputy", "trust", "a source in any account", [assume({ Service: "events.amazonaws.com" }, { ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } })], true],
  ["trust-confused-deputy", "trust", "the role's own account, which is no source", [assume({ Service: "events.amazonaws.com" }, { StringEquals: { "aws:ResourceAccount": "123456789012" } })], true],
  ["trust-confused-deputy", "trust", "a source in one account", [assume({ Service: "events.amazonaws.com" }, { ArnLike: { "aws:SourceArn": "arn:aws:events:*:123456789012:rule/*" } })], false],
  ["trust-confused-deputy", "trust", "compute", [assume({ Service: "lambda.amazonaws.com" })], false],
  ["resource-policy-public", "resource", "anybody", [open({ AWS: "*" }, "sqs:SendMessage")], true],
  ["resource-policy-public", "resource", "anybody through one service", [open("*", "kms:Decrypt", { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })], true],
  ["resource-policy-public", "resource", "an organisation, or nobody's key", [open("*", "ecr:BatchGetImage", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })], true],
  ["resource-policy-public", "resource", "an account that is not trusted", [open({ AWS: role }, "sqs:SendMessage")], true, { accounts: ["210987654321"] }],
  ["resource-policy-public", "resource", "one caller account", [open("*", "kms:Decrypt", { StringEquals: { "kms:CallerAccount": "123456789012" } })], false],
  ["resource-policy-public", "resource", "a Deny for those outside", [open("*", "s3:GetObject"), { ...open("*", "s3:*", { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }), Effect: "Deny" }], false],
];

describe("the checks", () => {
  for (const [id, kind, what, Statement, speaks, options] of cases) {
    it(`${id} ${speaks ? "speaks of" : "accepts"} ${what}`, () => {
      const found = judgeDocument(kind, { Version: "2012-10-17", Statement }, options);
      const own = found.filter(({ rule, level }) => rule === id && level === "mandatory");
      assert.equal(own.length > 0, speaks, JSON.stringify(found));
    });
  }

  it("iam-credentials-exposure advises on a password and not on the registry's token", () => {
    const about = (action: string) => judgeDocument("identity", { Statement: allow(action, "arn:aws:ec2:*:*:instance/i-1") }).map(({ rule, level }) => [rule, level]);
    assert.deepEqual([about("ec2:GetPasswordData"), about("ecr:GetAuthorizationToken")], [[["iam-credentials-exposure", "advisory"]], []]);
  });

  it("each have a document they speak of and one they accept", () => {
    const told = (speaks: boolean) => new Set(cases.filter((one) => one[4] === speaks).map(([id]) => id));
    const mandatory = checks.map(({ id }) => id).filter((id) => id !== "iam-credentials-exposure");
    assert.deepEqual([mandatory.filter((id) => !told(true).has(id)), mandatory.filter((id) => !told(false).has(id))], [[], []]);
  });

  it("name statement, action, resource and a fix", () => {
    const [finding] = judgeDocument("identity", { Statement: { Sid: "Send", ...allow("sqs:SendMessage", "*") } });
    assert.deepEqual(finding, {
      rule: "iam-resource-scope",
      level: "mandatory",
      statement: "Send",
      message: "sqs:SendMessage on every resource (*)",
      fix: "name the resources by ARN, or narrow them by a tag condition",
    });
  });
});
