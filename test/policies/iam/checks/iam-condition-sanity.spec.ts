import { iamConditionSanity } from "../../../../policies/iam/checks/iam-condition-sanity.ts";
import { about, allow, assume } from "../about.ts";

about(iamConditionSanity, {
  speaks: [
    ["an empty word for a third party", [assume({ AWS: "210987654321" }, { StringEquals: { "sts:ExternalId": "" } })]],
    [
      "the holder's own account",
      [allow("s3:GetObject", "arn:aws:s3:::a/*", { StringEquals: { "aws:PrincipalAccount": "123456789012" } })],
    ],
    [
      "a star where it is a character",
      [allow("s3:ListBucket", "arn:aws:s3:::a", { StringEquals: { "s3:prefix": "home/*" } })],
    ],
    [
      "all values of one value",
      [allow("s3:GetObject", "arn:aws:s3:::a/*", { "ForAllValues:StringEquals": { "aws:ResourceTag/a": "b" } })],
    ],
    ["any caller", [allow("s3:GetObject", "arn:aws:s3:::a/*", { StringLike: { "aws:PrincipalArn": "*" } })]],
    [
      "MFA, if any",
      [allow("s3:GetObject", "arn:aws:s3:::a/*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } })],
    ],
  ],
  accepts: [
    [
      "a tag that must be there, beside one that says more",
      [
        allow("ec2:TerminateInstances", "*", {
          StringEquals: { "aws:ResourceTag/cluster": "orders" },
          StringLike: { "aws:ResourceTag/pool": "*" },
        }),
      ],
    ],
    ["the top of a bucket", [allow("s3:ListBucket", "arn:aws:s3:::a", { StringEquals: { "s3:prefix": "" } })]],
    ["a star in StringLike", [allow("s3:ListBucket", "arn:aws:s3:::a", { StringLike: { "s3:prefix": "home/*" } })]],
  ],
});
