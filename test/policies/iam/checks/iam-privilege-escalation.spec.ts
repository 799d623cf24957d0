import { iamPrivilegeEscalation } from "../../../../policies/iam/checks/iam-privilege-escalation.ts";
import { about, allow } from "../about.ts";

const passed = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };

about(iamPrivilegeEscalation, {
  speaks: [
    ["a policy that covers itself", [allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/team-*")]],
    [
      "two statements together",
      [
        allow("lambda:CreateFunction", "arn:aws:lambda:*:*:function:a"),
        allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:a"),
        allow("iam:PassRole", "*"),
      ],
    ],
  ],
  accepts: [
    ["a policy of AWS's own", [allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/team-*")]],
    [
      "a date that has passed",
      [allow("iam:CreatePolicyVersion", "*", { DateLessThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } })],
    ],
    [
      "a service the role is not passed to",
      [allow("ec2:RunInstances", "arn:aws:ec2:*:*:instance/i-1"), allow("iam:PassRole", "*", passed)],
    ],
    ["the caller's own keys", [allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")]],
  ],
});
