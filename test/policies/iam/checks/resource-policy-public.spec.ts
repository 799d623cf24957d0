import { resourcePolicyPublic } from "../../../../policies/iam/checks/resource-policy-public.ts";
import { about, open, role } from "../about.ts";

const paths = { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } };

about(resourcePolicyPublic, {
  speaks: [
    ["paths of an organisation, or nobody's", [open("*", "ecr:BatchGetImage", paths)]],
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
    [
      "the account of the resource itself",
      [{ ...open({ AWS: role }, "sqs:SendMessage"), Resource: "arn:aws:sqs:eu-west-1:123456789012:orders" }],
      { accounts: ["210987654321"] },
    ],
    [
      "paths of an organisation that are there",
      [open("*", "ecr:BatchGetImage", { ...paths, Null: { "aws:PrincipalOrgPaths": "false" } })],
    ],
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
