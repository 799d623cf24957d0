import { iamPrivilegeEscalation } from "../../../../policies/iam/checks/iam-privilege-escalation.ts";
import { about, allow, deny } from "../about.ts";

const passed = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };

const users = "arn:aws:iam::123456789012:user";
const roles = "arn:aws:iam::123456789012:role";
const rolePolicy = "iam:PutRolePolicy";
const allBut = (NotResource: string) => ({ Effect: "Deny", Resource: undefined, NotResource });
const keyOf = (name: string) => allow("iam:CreateAccessKey", `${users}/${name}`);

about(iamPrivilegeEscalation, {
  speaks: [
    [
      "any role, passed to instances with a tag",
      [
        allow("ec2:RunInstances", "*", { StringEquals: { "aws:RequestTag/team": "orders" } }),
        allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
      ],
    ],
    [
      "a Deny of all but one",
      [allow("iam:CreateAccessKey", "*"), { ...allow("iam:CreateAccessKey", undefined), ...allBut(`${users}/admin`) }],
    ],
    ["a Deny of longer names", [allow(rolePolicy, `${roles}/app-*`), deny(rolePolicy, `${roles}/app-?????????????*`)]],
    [
      "a boundary by another pattern",
      [allow(rolePolicy, `${roles}/app-*`)],
      { boundary: { Version: "2012-10-17", Statement: [allow(rolePolicy, `${roles}/*-task`)] } },
    ],
    ["a Deny of names of one character", [keyOf("${aws:PrincipalTag/x}-admin"), deny("iam:*", `${users}/?-admin`)]],
    ["a policy that covers itself", [allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/team-*")]],
    [
      "two statements together",
      [
        allow("lambda:CreateFunction", "arn:aws:lambda:*:*:function:a"),
        allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:a"),
        allow("iam:PassRole", "*"),
      ],
    ],
    ["the keys of users that are called alike", [keyOf("${aws:username}*")]],
    ["the keys of users whose name ends alike", [keyOf("*${aws:username}")]],
  ],
  accepts: [
    [
      "a named role, passed to instances with a tag",
      [
        allow("ec2:RunInstances", "*", { StringEquals: { "aws:RequestTag/team": "orders" } }),
        allow("iam:PassRole", `${roles}/node`, { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
      ],
    ],
    ["a policy of AWS's own", [allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/team-*")]],
    [
      "a date that has passed",
      [allow("iam:CreatePolicyVersion", "*", { DateLessThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } })],
    ],
    [
      "a service the role is not passed to",
      [allow("ec2:RunInstances", "arn:aws:ec2:*:*:instance/i-1"), allow("iam:PassRole", "*", passed)],
    ],
    [
      "a Deny of all but another kind",
      [allow("iam:CreateAccessKey", "*"), { ...allow("iam:CreateAccessKey", undefined), ...allBut(`${roles}/admin`) }],
    ],
    ["a Deny of all names", [allow(rolePolicy, `${roles}/app-*`), deny(rolePolicy, `${roles}/app*`)]],
    [
      "a boundary that shares no name",
      [allow(rolePolicy, `${roles}/app-*`)],
      { boundary: { Version: "2012-10-17", Statement: [allow(rolePolicy, `${roles}/b-*`)] } },
    ],
    ["a Deny of names of any length", [keyOf("${aws:PrincipalTag/x}-admin"), deny("iam:*", `${users}/*-admin`)]],
    ["the caller's own keys", [allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}")]],
  ],
});
