import { resourcePolicyPublic } from "../../../../policies/iam/checks/resource-policy-public.ts";
import { about, open, role } from "../about.ts";

const paths = { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } };

const inside = { StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } };
const office = { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
const topic = { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:a" } };
const self = (key: string, value: string) => ({ StringLike: { [key]: value } });
const own = "${aws:PrincipalAccount}";
const refuse = (condition: object, Resource = "*") => ({ ...open("*", "s3:*", condition), Effect: "Deny", Resource });
const notOrganisation = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
const service = (value: string) => ({ Bool: { "aws:PrincipalIsAWSService": value } });
const refuseBut = (NotPrincipal: unknown) => ({ ...refuse({}), Principal: undefined, NotPrincipal });
const readA = { ...open("*", "s3:GetObject"), Resource: "arn:aws:s3:::a/*" };

about(resourcePolicyPublic, {
  speaks: [
    ["every account by pattern", [open({ AWS: "arn:aws:iam::*:root" }, "s3:GetObject")]],
    ["every account with an id", [open({ CanonicalUser: "*" }, "s3:GetObject")]],
    ["every service", [open({ Service: "*.amazonaws.com" }, "sqs:SendMessage")]],
    ["a condition that nobody knows", [open("*", "s3:GetObject", { StringEquals: { "aws:NoSuchKey": "a" } })]],
    ["the caller's own account", [open("*", "s3:GetObject", self("aws:PrincipalAccount", "${aws:PrincipalAccount}"))]],
    [
      "a role of the caller's account",
      [open("*", "s3:GetObject", self("aws:PrincipalArn", `arn:aws:iam::${own}:role/a`))],
    ],
    ["any address", [open("*", "es:ESHttpGet", { IpAddress: { "aws:SourceIp": "*" } })]],
    ["any endpoint", [open("*", "s3:GetObject", { StringLike: { "aws:SourceVpce": "vpce-*" } })]],
    ["a Deny of another action", [readA, { ...refuse(inside), Action: ["s3:Put*", "s3:GetObjectAcl"] }]],
    ["a Deny of another resource", [readA, refuse(inside, "arn:aws:s3:::b/*")]],
    ["a Deny for services outside only", [readA, refuse({ ...notOrganisation, ...service("true") })]],
    ["a Deny for all but everybody", [readA, refuseBut({ AWS: "*" })]],
    ["a Deny for all but who is not trusted", [readA, refuseBut({ AWS: role })], { accounts: ["210987654321"] }],
    ["a Deny of keys of one character", [readA, refuse({}, "arn:aws:s3:::a/?")]],
    [
      "a Deny of actions of one more character",
      [
        { ...readA, Action: "s3:Get*" },
        { ...refuse({}), Action: "s3:Get?" },
      ],
    ],
    ["a Deny without condition of another resource", [readA, refuse({}, "arn:aws:s3:::b/*")]],
    [
      "a Deny that names nobody in one of two ways",
      [readA, refuse({ ...inside, Bool: { "aws:SecureTransport": "false" } })],
    ],
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
      "every account of an organisation",
      [
        open({ AWS: "arn:aws:iam::*:root" }, "s3:GetObject", {
          StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        }),
      ],
    ],
    ["the resource's account", [open("*", "s3:GetObject", self("aws:PrincipalAccount", "${aws:ResourceAccount}"))]],
    ["one action for a service", [open({ Service: "sns.amazonaws.com" }, "sqs:SendMessage", topic)]],
    [
      "endpoints by the beginning of an id",
      [open("*", "s3:GetObject", { StringLike: { "aws:SourceVpce": "vpce-0a1*" } })],
    ],
    ["a Deny for those neither here nor there", [readA, refuse({ ...inside, ...office })]],
    ["a Deny that covers the resource by pattern", [readA, refuse(inside, "arn:aws:s3:::a*")]],
    [
      "a Deny in other letters, of a family of actions",
      [
        { ...readA, Action: "S3:GetObject" },
        { ...refuse(inside, "arn:aws:s3:::a/*"), Action: "s3:Get*" },
      ],
    ],
    ["a Deny for those outside but services", [readA, refuse({ ...notOrganisation, ...service("false") })]],
    ["a Deny for all but who is trusted", [readA, refuseBut({ AWS: role })], { accounts: ["123456789012"] }],
    ["a Deny of keys of any length", [readA, refuse({}, "arn:aws:s3:::?/*")]],
    ["a Deny of the same for everybody", [readA, refuse({}, "arn:aws:s3:::a/*")]],
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
