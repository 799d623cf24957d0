import { resourcePolicyPublic } from "../../../../policies/iam/checks/resource-policy-public.ts";
import { about, open, role } from "../about.ts";

about(resourcePolicyPublic, {
  speaks: [
    ["anybody", [open({ AWS: "*" }, "sqs:SendMessage")]],
    [
      "anybody through one service",
      [open("*", "kms:Decrypt", { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })],
    ],
    [
      "an organisation, or nobody's key",
      [open("*", "ecr:BatchGetImage", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })],
    ],
    ["an account that is not trusted", [open({ AWS: role }, "sqs:SendMessage")], { accounts: ["210987654321"] }],
  ],
  accepts: [
    ["one caller account", [open("*", "kms:Decrypt", { StringEquals: { "kms:CallerAccount": "123456789012" } })]],
    [
      "a Deny for those outside",
      [
        open("*", "s3:GetObject"),
        { ...open("*", "s3:*", { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }), Effect: "Deny" },
      ],
    ],
  ],
});
