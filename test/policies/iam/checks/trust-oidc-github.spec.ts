import { trustOidcGithub } from "../../../../policies/iam/checks/trust-oidc-github.ts";
import { about, assume } from "../about.ts";

const host = "token.actions.githubusercontent.com";
const github = (sub: object, aud: object = { StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" } }) => ({
  ...assume({ Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` }, { ...aud, ...sub }),
  Action: "sts:AssumeRoleWithWebIdentity",
});
/** The audience, and another claim that is a pattern when it has a star. */
const claim = (name: string, value: string) => ({
  StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" },
  [value.includes("*") ? "ForAnyValue:StringLike" : "StringEqualsIgnoreCase"]: { [`${host}:${name}`]: value },
});
const sub = (...values: string[]) => ({ StringLike: { [`${host}:sub`]: values } });

about(trustOidcGithub, {
  speaks: [
    ["a number by pattern", [github(sub("repository_id:*"))]],
    ["a claim that anybody can set", [github(sub("environment:prod:repo:owner/name"))]],
    ["one environment of any repository", [github(sub("repo:*:environment:prod"), claim("workflow", "deploy"))]],
    ["a repository by pattern", [github(sub("repo:*:environment:prod"), claim("repository", "owner/*"))]],
    [
      "pull requests that bring their own workflow",
      [github(sub("repo:owner/name:pull_request"), claim("job_workflow_ref", "owner/name/.github/workflows/a.yml@*"))],
    ],
    ["a workflow of anybody", [github({}, claim("job_workflow_ref", "*/.github/workflows/a.yml@refs/heads/main"))]],
    ["any branch of any repository of an owner", [github(sub("repo:owner/*"))]],
    ["pull requests by pattern", [github(sub("repo:owner/name:p*"))]],
    ["the refs of pull requests", [github(sub("repo:owner/name:ref:refs/pull/*"))]],
    ["workflows that anybody may call", [github({}, claim("job_workflow_ref", "owner/name/.github/workflows/*"))]],
    ["pull requests", [github(sub("repo:owner/name:pull_request"))]],
    ["no audience", [github(sub("repo:owner/name:ref:refs/heads/main"), {})]],
    ["a second value that is open", [github(sub("repo:owner/name:ref:refs/heads/main", "repo:*"))]],
    ["a second statement that is open", [assume({ Service: "lambda.amazonaws.com" }), github({})]],
    ["every other repository", [github({ StringNotLike: { [`${host}:sub`]: "repo:owner/name:*" } })]],
  ],
  accepts: [
    ["a repository by its number", [github(sub("repository_id:123456:environment:prod"))]],
    ["branches by pattern", [github(sub("repo:owner/name:ref:refs/heads/p*"))]],
    [
      "workflows that an owner's repositories call",
      [
        github(
          { StringEquals: { [`${host}:aud`]: "sts.amazonaws.com", [`${host}:repository_owner`]: "owner" } },
          { StringLike: { [`${host}:job_workflow_ref`]: "owner/name/.github/workflows/*" } },
        ),
      ],
    ],
    ["one branch", [github(sub("repo:owner/name:ref:refs/heads/main"))]],
    [
      "one environment of a repository that another claim names",
      [github(sub("repo:*:environment:prod"), claim("repository", "owner/name"))],
    ],
    [
      "pull requests that run a merged workflow",
      [
        github(
          sub("repo:owner/name:pull_request"),
          claim("job_workflow_ref", "owner/shared/.github/workflows/a.yml@refs/heads/main"),
        ),
      ],
    ],
  ],
});
