import { iamNotActionNotResourceAllow } from "../../../../policies/iam/checks/iam-notaction-notresource-allow.ts";
import { about, allow, open } from "../about.ts";

const user = { AWS: "arn:aws:iam::123456789012:user/a" };

about(iamNotActionNotResourceAllow, {
  speaks: [
    ["all but one bucket", [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*" }]],
    [
      "all but one topic, for one user",
      [{ ...open(user, "sns:GetTopicAttributes"), Resource: undefined, NotResource: "arn:aws:sns:*:*:a" }],
    ],
    ["all but publishing, for one user", [{ ...open(user, undefined), NotAction: "sns:Publish" }]],
  ],
  accepts: [
    ["one action on a topic, for one user", [open(user, "sns:Publish")]],
    ["a Deny of all but one user's actions", [{ ...open("*", undefined), Effect: "Deny", NotAction: "sns:Publish" }]],
    [
      "a Deny of all but one",
      [allow("s3:GetObject", "arn:aws:s3:::a/*"), { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" }],
    ],
  ],
});
