import assert from "node:assert/strict";
import { effectOf } from "../../../policies/iam/comparisons.ts";
import { negation, readConditions } from "../../../policies/iam/condition.ts";

const read = (operator: string, key: string, value: unknown) =>
  readConditions({ [operator]: { [key]: value } }).comparisons;

describe("a comparison of an Allow", () => {
  for (const [operator, key, value, effect, facet] of [
    ["StringEquals", "aws:ResourceTag/team", "a", "narrows", "resource"],
    ["StringEquals", "AWS:resourcetag/team", "a", "narrows", "resource"],
    ["StringNotEquals", "aws:ResourceTag/team", "a", "excludes", "resource"],
    ["StringEqualsIfExists", "aws:ResourceTag/team", "a", "none", "resource"],
    ["ForAllValues:StringEquals", "aws:ResourceTag/team", "a", "none", "resource"],
    ["ForAnyValue:StringEquals", "aws:TagKeys", "a", "narrows", "context"],
    ["Null", "aws:ResourceTag/team", "false", "none", "resource"],
    ["Null", "aws:RequestTag/team", "false", "narrows", "request"],
    ["Null", "aws:MultiFactorAuthAge", "false", "narrows", "context"],
    ["Null", "iam:PassedToService", "false", "none", "request"],
    ["Null", "example:Unheard", "false", "unknown", "unknown"],
    ["Null", "aws:ResourceTag/team", true, "excludes", "resource"],
    ["StringLike", "aws:PrincipalArn", "*", "none", "caller"],
    ["StringEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/a", "never", "caller"],
    ["ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/a", "narrows", "caller"],
    ["ArnLike", "aws:SourceArn", "arn:aws:*:*:*:*", "none", "source"],
    ["StringEquals", "iam:PassedToService", "a.amazonaws.com", "narrows", "request"],
    ["StringEquals", "cloudwatch:namespace", "a", "narrows", "request"],
    ["StringEquals", "rds:DatabaseEngine", "mysql", "narrows", "context"],
    ["StringEquals", "kms:EncryptionContext:app", "a", "narrows", "request"],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/8", "narrows", "context"],
    ["IpAddress", "aws:SourceIp", ["10.0.0.0/8", "0.0.0.0/0"], "none", "context"],
    ["IpAddress", "aws:SourceIp", ["8.0.0.0/5", "16.0.0.0/5"], "none", "context"],
    ["IpAddress", "aws:SourceIp", ["3.0.0.0/8", "15.0.0.0/8", "18.0.0.0/8", "52.0.0.0/8"], "none", "context"],
    ["IpAddress", "aws:SourceIp", ["3.0.0.0/8", "15.0.0.0/8", "18.0.0.0/8"], "narrows", "context"],
    ["IpAddress", "aws:SourceIp", ["3.0.0.0/7", "3.0.0.0/7", "3.0.0.0/7"], "narrows", "context"],
    ["IpAddress", "aws:SourceIp", ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "fc00::/7"], "narrows", "context"],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/5", "none", "context"],
    ["IpAddress", "aws:SourceIp", "2000::/9", "none", "context"],
    ["IpAddress", "aws:SourceIp", "2600:1f00::/24", "narrows", "context"],
    ["StringLike", "iam:PassedToService", "*.amazonaws.com", "none", "request"],
    ["StringLike", "iam:PassedToService", "ecs*.amazonaws.com", "narrows", "request"],
    ["ArnLike", "iam:PermissionsBoundary", "arn:aws:iam::123456789012:policy/*", "none", "request"],
    ["ArnLike", "iam:PermissionsBoundary", "arn:aws:iam::123456789012:policy/limits/*", "narrows", "request"],
    ["ArnLike", "ecs:cluster", "arn:aws:ecs:*:*:cluster/*", "none", "request"],
    ["ArnLike", "ecs:cluster", "arn:aws:ecs:eu-west-1:123456789012:cluster/*", "narrows", "request"],
    ["ArnLike", "events:TargetArn", "arn:aws:lambda:*:*:function:*", "narrows", "request"],
    ["StringLike", "kms:ViaService", "*.eu-west-1.amazonaws.com", "none", "request"],
    ["StringLike", "kms:ViaService", "s3.*.amazonaws.com", "narrows", "request"],
    ["StringLike", "aws:ResourceTag/team", "*-*", "none", "resource"],
    ["StringLike", "aws:ResourceTag/team", "*", "none", "resource"],
    ["StringEquals", "s3:BucketTag/team", "a", "narrows", "resource"],
    ["StringEquals", "s3:AccessPointTag/team", "a", "narrows", "resource"],
    ["StringEquals", "elasticmapreduce:RequestTag/team", "a", "narrows", "request"],
    ["StringEquals", "s3:RequestObjectTag/team", "a", "narrows", "context"],
    ["StringEquals", "ec2:Attribute/Tenancy", "a", "narrows", "context"],
    ["StringEquals", "arc-zonal-shift:ResourceIdentifier", "arn:aws:eks:eu-west-1:1:cluster/a", "narrows", "request"],
    ["StringEquals", "aoss:collection", "orders", "narrows", "request"],
    ["StringEquals", "backup:Index", "ENABLED", "narrows", "context"],
    ["StringEquals", "ses:FromAddress", "orders@example.com", "narrows", "request"],
    ["ForAllValues:StringLike", "ses:Recipients", "*@example.com", "narrows", "request"],
    ["Bool", "aws:MultiFactorAuthPresent", "true", "narrows", "context"],
    ["Bool", "aws:MultiFactorAuthPresent", "false", "none", "context"],
    ["BoolIfExists", "aws:MultiFactorAuthPresent", "true", "none", "context"],
    ["DateLessThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", "never", "context"],
    ["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", "none", "context"],
    ["StringEquals", "example:Unheard", "a", "unknown", "unknown"],
    ["StringEqualsIfExists", "example:Unheard", "a", "none", "unknown"],
    ["ForAllValues:StringEquals", "example:Unheard", "a", "none", "unknown"],
    ["StringNotEquals", "example:Unheard", "a", "excludes", "unknown"],
    ["StringEquals", "token.actions.githubusercontent.com:sub", "repo:a/b:ref:refs/heads/main", "narrows", "claim"],
  ] as const) {
    it(`${operator} ${key} ${JSON.stringify(value)}: ${effect}, ${facet}`, () => {
      const [comparison] = read(operator, key, value);
      assert.ok(comparison);
      const found = effectOf(comparison);
      assert.deepEqual([found.effect, found.facet], [effect, facet]);
    });
  }
});

describe("the negation of a Deny's condition", () => {
  for (const [operator, value, against, ifExists] of [
    ["StringNotEquals", "a", "narrows", false],
    ["StringEquals", "a", "excludes", false],
    ["ForAllValues:StringNotEquals", "a", "narrows", false],
  ] as const) {
    it(`of ${operator} ${against}`, () => {
      const need = negation(read(operator, "aws:ResourceTag/team", value));
      assert.ok(need);
      assert.deepEqual([effectOf(need).effect, need.ifExists], [against, ifExists]);
    });
  }

  it("of two comparisons is not one", () => {
    const two = [...read("StringEquals", "aws:ResourceTag/a", "b"), ...read("StringEquals", "aws:ResourceTag/c", "d")];
    assert.equal(negation(two), undefined);
  });
});
