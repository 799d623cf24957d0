import { assume } from "../about.ts";
import { here, trust, type Form } from "./form.ts";

const by = (provider: string, condition?: object) => ({
  ...assume({ Federated: provider }, condition),
  Action: provider.includes("saml") ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity",
});
const provider = (host: string) => `arn:aws:iam::${here}:oidc-provider/${host}`;

const host = "token.actions.githubusercontent.com";
const github = (sub: string | readonly string[], aud = "sts.amazonaws.com"): Form =>
  trust(
    `GitHub's ${JSON.stringify(sub)} for ${aud}`,
    by(provider(host), { StringEquals: { [`${host}:aud`]: aud }, StringLike: { [`${host}:sub`]: sub } }),
  );
const subject = (issuer: string, sub: string): Form =>
  trust(`${issuer} for ${sub}`, by(provider(issuer), { StringLike: { [`${issuer}:sub`]: sub } }));
const claim = (who: string, name: string, value: string, operator = "StringLike"): Form =>
  trust(`${who} by ${name} ${value}`, by(who, { [operator]: { [`${who}:${name}`]: value } }));
const cluster = "oidc.eks.eu-west-1.amazonaws.com/id/A1B2";
const saml = `arn:aws:iam::${here}:saml-provider/Office`;

/** Tokens of anybody, or of whoever may open a pull request. */
export const open: readonly Form[] = [
  github("repo:acme/shop:pull_request"),
  github("repo:acme/shop:pull?request"),
  github("repo:acme/shop:p*"),
  github("repo:acme/shop:*request"),
  github("repo:acme/shop:ref:refs/pull/*"),
  github("repo:acme/shop:*/merge"),
  github("repo:acme/shop:ref:*"),
  github("repo:acme/shop*:pull_request"),
  github("repo:acme/shop*request"),
  github(["repo:acme/shop:environment:prod", "repo:acme/shop:pull_request"]),
  github("repo:acme/*:environment:prod"),
  github("repo:*/shop:environment:prod"),
  github("repo:acme*:environment:prod"),
  github("repo:acme/shop:environment:prod", "sts.amazonaws.com.example.net"),
  github("repo:acme/shop:environment:prod", "sigstore"),
  subject("gitlab.com", "project_path:acme*"),
  subject("gitlab.com", "project_path:*/shop:ref_type:branch:ref:main"),
  subject("app.terraform.io", "organization:acme*:project:orders:*"),
  subject("agent.buildkite.com", "organization:acme*"),
  subject(cluster, "system:serviceaccount:*:api"),
  subject(cluster, "system:service*"),
  subject(cluster, "system:*"),
  claim("cognito-identity.amazonaws.com", "aud", "eu-west-1:*"),
  claim("cognito-identity.amazonaws.com", "aud", "*:*-*-*-*-*"),
  claim("cognito-identity.amazonaws.com", "amr", "authenticated", "ForAnyValue:StringLike"),
  claim("accounts.google.com", "aud", "*.apps.googleusercontent.com"),
  trust("any assertion of a directory", by(saml)),
];

/** Tokens of one repository, project, pod, pool or audience. */
export const right: readonly Form[] = [
  github("repo:acme/shop:*"),
  github("repo:acme/shop:environment:prod"),
  github("repo:acme/shop:ref:refs/heads/*"),
  github("repo:acme/shop:ref:refs/tags/v*"),
  github("repo:acme/shop-*:environment:prod"),
  github("repo:acme/shop:environment:prod", "https://github.com/acme"),
  subject("gitlab.com", "project_path:acme/*:ref_type:branch:ref:main"),
  subject("app.terraform.io", "organization:acme:project:orders:workspace:*:run_phase:*"),
  subject("oidc.circleci.com/org/0a1b", "org/0a1b/project/*/user/*"),
  subject(cluster, "system:serviceaccount:orders:*"),
  claim("cognito-identity.amazonaws.com", "aud", "eu-west-1:11112222-3333-4444-5555-666677778888", "StringEquals"),
  claim("accounts.google.com", "aud", "1234-orders.apps.googleusercontent.com", "StringEquals"),
  trust("assertions for AWS", by(saml, { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } })),
];
