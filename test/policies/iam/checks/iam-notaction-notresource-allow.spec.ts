import { iamNotActionNotResourceAllow } from "../../../../policies/iam/checks/iam-notaction-notresource-allow.ts";
import { about, allow } from "../about.ts";

about(iamNotActionNotResourceAllow, {
  speaks: [["all but one bucket", [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*" }]]],
  accepts: [
    [
      "a Deny of all but one",
      [allow("s3:GetObject", "arn:aws:s3:::a/*"), { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" }],
    ],
  ],
});
