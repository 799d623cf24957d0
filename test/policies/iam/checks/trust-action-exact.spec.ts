import { trustActionExact } from "../../../../policies/iam/checks/trust-action-exact.ts";
import { about, assume } from "../about.ts";

about(trustActionExact, {
  speaks: [
    ["every action", [{ ...assume({ Service: "lambda.amazonaws.com" }), Action: "sts:*" }]],
    ["a pattern of actions", [{ ...assume({ Service: "lambda.amazonaws.com" }), Action: "sts:?ssumeRole" }]],
  ],
  accepts: [
    [
      "tagged sessions",
      [{ ...assume({ Service: "lambda.amazonaws.com" }), Action: ["sts:AssumeRole", "sts:TagSession"] }],
    ],
  ],
});
