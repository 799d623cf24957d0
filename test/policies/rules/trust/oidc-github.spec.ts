import { rule } from "../../../../policies/rules/trust/oidc-github.ts";
import { assume, trusting } from "../../documents.ts";
import { laws } from "../../laws.ts";

const host = "token.actions.githubusercontent.com";
const github = (sub: string) => ({
  ...assume(
    { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
    {
      StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${host}:sub`]: sub },
    },
  ),
  Action: "sts:AssumeRoleWithWebIdentity",
});

laws(rule, {
  violates: {
    "any repository of an owner": { of: trusting(github("repo:owner/*")), says: "leaves the repository open" },
    "pull requests": { of: trusting(github("repo:owner/name:pull_request")), says: "lets every pull request in" },
  },
  passes: {
    "one environment": { of: trusting(github("repo:owner/name:environment:prod")) },
  },
});
