import { trustConfusedDeputy } from "../../../../policies/iam/checks/trust-confused-deputy.ts";
import { about, assume } from "../about.ts";

about(trustConfusedDeputy, {
  speaks: [
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
    ["compute", [assume({ Service: "lambda.amazonaws.com" })]],
  ],
});
