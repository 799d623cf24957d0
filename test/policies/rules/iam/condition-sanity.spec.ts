import { rule } from "../../../../policies/rules/iam/condition-sanity.ts";
import { allow, deny, holding } from "../../documents.ts";
import { laws } from "../../laws.ts";

const inbox = "arn:aws:s3:::inbox/*";
const when = (operator: string, key: string, value = "a") => ({ Condition: { [operator]: { [key]: value } } });

laws(rule, {
  violates: {
    "a key that no action of the statement carries": {
      of: holding(allow("s3:GetObject", inbox, when("StringLike", "s3:prefix", "home/*"))),
      says: "StringLike s3:prefix never holds: no request for the statement's actions carries the key",
    },
    "a key that no action carries, compared with what it is not": {
      of: holding(allow("s3:GetObject", inbox, when("StringNotEquals", "kms:ViaService", "s3.amazonaws.com"))),
      says: "StringNotEquals kms:viaservice limits nothing: no request",
    },
    "a key with a name of its own in it that no action carries": {
      of: holding(allow("s3:GetObject", inbox, when("StringEquals", "kms:EncryptionContext:aws:s3:arn", "a"))),
      says: "never holds: no request",
    },
    "a Deny that never refuses": {
      of: holding(allow("s3:GetObject", inbox), deny("s3:GetObject", "*", when("StringEquals", "s3:delimiter", "/"))),
      says: "StringEquals s3:delimiter never refuses anything",
    },
    "the holder's own account": {
      of: holding(
        allow("s3:GetObject", "arn:aws:s3:::inbox/*", {
          Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
        }),
      ),
      says: "limits nothing",
    },
  },
  passes: {
    "a key that one of the actions carries": {
      of: holding(deny("s3:*", "*", when("StringEquals", "s3:delimiter", "/"))),
    },
    "a key with a name of its own in it": {
      of: holding(
        allow(
          "kms:Decrypt",
          "arn:aws:kms:eu-west-1:123456789012:key/1",
          when("ArnEquals", "kms:EncryptionContext:aws:logs:arn", "arn:aws:logs:eu-west-1:123456789012:log-group:a"),
        ),
      ),
    },
    "a key that comes with the caller's credentials": {
      of: holding(
        deny(
          "ec2:*",
          "*",
          when("ArnEquals", "ec2:SourceInstanceARN", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1"),
        ),
      ),
    },
    "a Deny of what does not carry the right key": {
      of: holding(deny("s3:PutObject", "*", when("StringNotEquals", "s3:x-amz-server-side-encryption", "aws:kms"))),
    },
    "a prefix": {
      of: holding(
        allow("s3:ListBucket", "arn:aws:s3:::inbox", { Condition: { StringLike: { "s3:prefix": "home/*" } } }),
      ),
    },
  },
});
