import { iamNoAdmin } from "../../../../policies/iam/checks/iam-no-admin.ts";
import { about, allow, deny } from "../about.ts";

about(iamNoAdmin, {
  speaks: [
    [
      "everything in pieces",
      [allow(["a*:*", "c*:*", "d*:*", "e*:*"], "arn*"), { Effect: "Allow", NotAction: ["a*:*"], Resource: "*" }],
    ],
  ],
  accepts: [
    ["everything, and all of it denied", [allow("*", "*"), deny("*", "*")]],
    ["everything on one bucket", [allow("*", "arn:aws:s3:::a/*")]],
  ],
});
