import { rule } from "../../../../policies/rules/iam/privilege-escalation.ts";
import { allow, grant, holding, role } from "../../documents.ts";
import { laws } from "../../laws.ts";

laws(rule, {
  violates: {
    "a policy that covers itself": {
      of: holding(allow("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/*")),
      says: "iam:CreatePolicyVersion",
    },
    "two policies together": {
      of: [
        role("worker"),
        grant(
          "worker",
          allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "arn:aws:lambda:eu-west-1:123456789012:function:a"),
        ),
        { ...grant("worker", allow("iam:PassRole", "*")), name: "passing" },
      ],
      says: "lambda:CreateFunction",
    },
  },
  passes: {
    "half of a way": {
      of: holding(allow("lambda:CreateFunction", "arn:aws:lambda:eu-west-1:123456789012:function:a")),
    },
  },
});
