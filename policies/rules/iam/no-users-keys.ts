import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "iam-no-users-keys",
  topic: "identity",
  holds: "no user, access key or password is made for a person or a machine",
  why: "A long-lived key is copied, committed and forgotten; a role's credentials end by themselves within hours.",
  fix: "let people sign in through an identity provider and machines assume a role",
  source: "AWS Well-Architected SEC02-BP02; checkov CKV_AWS_273",
  severity: "high",
  level: "mandatory",
  types: [
    "aws:iam/user:User",
    "aws:iam/accessKey:AccessKey",
    "aws:iam/userLoginProfile:UserLoginProfile",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "aws:iam/sshKey:SshKey",
  ],
  *check({ type }) {
    yield `${type.slice(type.lastIndexOf(":") + 1)} outlives the session it is used in`;
  },
};
