import { trustConfusedDeputy } from "../../../../policies/iam/checks/trust-confused-deputy.ts";
import { about, assume, open } from "../about.ts";

about(trustConfusedDeputy, {
  speaks: [
    ["a service that writes for anybody", [open({ Service: "cloudtrail.amazonaws.com" }, "s3:PutObject")]],
    ["a service that pulls images for anybody", [open({ Service: "sagemaker.amazonaws.com" }, "ecr:BatchGetImage")]],
    ["a service that reads data for anybody", [open({ Service: "cloudtrail.amazonaws.com" }, "s3:GetObject")]],
    ["a service for anybody", [assume({ Service: "events.amazonaws.com" })]],
    [
      "a source in any account",
      [assume({ Service: "events.amazonaws.com" }, { ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } })],
    ],
    [
      "the role's own account, which is no source",
      [assume({ Service: "events.amazonaws.com" }, { StringEquals: { "aws:ResourceAccount": "123456789012" } })],
    ],
  ],
  accepts: [
    [
      "a source in one account",
      [
        assume(
          { Service: "events.amazonaws.com" },
          { ArnLike: { "aws:SourceArn": "arn:aws:events:*:123456789012:rule/*" } },
        ),
      ],
    ],
    ["a service that looks who has access", [open({ Service: "cloudtrail.amazonaws.com" }, "s3:GetBucketAcl")]],
    ["compute", [assume({ Service: "lambda.amazonaws.com" })]],
  ],
});
