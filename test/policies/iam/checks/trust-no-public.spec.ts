import { trustNoPublic } from "../../../../policies/iam/checks/trust-no-public.ts";
import { about, assume, role } from "../about.ts";

const org = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };

about(trustNoPublic, {
  speaks: [
    ["every role of an account, from anywhere", [assume({ AWS: "arn:aws:iam::123456789012:role/*" })]],
    ["a condition that nobody knows", [assume("*", { StringEquals: { "aws:NoSuchKey": "a" } })]],
    ["anybody with a secret word", [assume("*", { StringEquals: { "sts:ExternalId": "a" } })]],
    ["everybody but one", [{ Effect: "Allow", NotPrincipal: { AWS: role }, Action: "sts:AssumeRole" }]],
    ["everybody but one, by condition", [assume("*", { ArnNotEquals: { "aws:PrincipalArn": role } })]],
  ],
  accepts: [
    ["an organisation", [assume("*", org)]],
    ["roles by pattern that a condition picks from", [assume({ AWS: "arn:aws:iam::*:role/a" }, org)]],
  ],
});
