import { trustOidcGithub } from "../../../../policies/iam/checks/trust-oidc-github.ts";
import { about, assume } from "../about.ts";

const host = "token.actions.githubusercontent.com";
const github = (sub: object, aud: object = { StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" } }) => ({
  ...assume({ Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` }, { ...aud, ...sub }),
  Action: "sts:AssumeRoleWithWebIdentity",
});
const sub = (...values: string[]) => ({ StringLike: { [`${host}:sub`]: values } });

about(trustOidcGithub, {
  speaks: [
    ["any branch of any repository of an owner", [github(sub("repo:owner/*"))]],
    ["pull requests", [github(sub("repo:owner/name:pull_request"))]],
    ["no audience", [github(sub("repo:owner/name:ref:refs/heads/main"), {})]],
    ["a second value that is open", [github(sub("repo:owner/name:ref:refs/heads/main", "repo:*"))]],
    ["a second statement that is open", [assume({ Service: "lambda.amazonaws.com" }), github({})]],
    ["every other repository", [github({ StringNotLike: { [`${host}:sub`]: "repo:owner/name:*" } })]],
  ],
  accepts: [["one branch", [github(sub("repo:owner/name:ref:refs/heads/main"))]]],
});
