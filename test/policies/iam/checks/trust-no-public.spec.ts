import { trustNoPublic } from "../../../../policies/iam/checks/trust-no-public.ts";
import { about, assume, role } from "../about.ts";

about(trustNoPublic, {
  speaks: [
    ["a condition that nobody knows", [assume("*", { StringEquals: { "aws:NoSuchKey": "a" } })]],
    ["anybody with a secret word", [assume("*", { StringEquals: { "sts:ExternalId": "a" } })]],
    ["everybody but one", [{ Effect: "Allow", NotPrincipal: { AWS: role }, Action: "sts:AssumeRole" }]],
    ["everybody but one, by condition", [assume("*", { ArnNotEquals: { "aws:PrincipalArn": role } })]],
  ],
  accepts: [["an organisation", [assume("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })]]],
});
