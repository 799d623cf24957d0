import { rule } from "../../../../policies/rules/trust/action-exact.ts";
import { assume, trusting } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "every action": {
      of: trusting({ ...assume({ Service: "lambda.amazonaws.com" }), Action: "sts:*" }),
      says: "the action sts:*",
    },
  },
  passes: {
    "tagged sessions": {
      of: trusting({ ...assume({ Service: "lambda.amazonaws.com" }), Action: ["sts:AssumeRole", "sts:TagSession"] }),
    },
  },
});
