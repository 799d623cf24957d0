import { allows, type Check, type Fault } from "../check.ts";
import { effectOf } from "../comparisons.ts";
import type { Statement } from "../document.ts";

/** Providers that serve many customers under one name: their audience or subject tells who it is. */
const shared = [
  "gitlab.com",
  "app.terraform.io",
  "agent.buildkite.com",
  "oidc.circleci.com",
  "api.bitbucket.org",
  "vstoken.dev.azure.com",
];

export const trustFederatedSubject: Check = {
  id: "trust-federated-subject",
  kinds: ["trust"],
  level: "mandatory",
  description: "A federated token is asked who it was made for and by whom: audience and subject.",
  fix: "compare the provider's aud, and its sub where the provider serves others too",
  *judge(subject) {
    for (const statement of allows(subject)) {
      if (statement.principals?.except) continue;
      for (const { type, value } of statement.principals?.list ?? []) {
        if (type === "Federated" && !value.includes("token.actions.githubusercontent.com"))
          yield* judged(value, statement);
      }
    }
  },
};

function* judged(provider: string, statement: Statement): Generator<Fault> {
  const name = provider.slice(0, 150);
  const claims = statement.conditions.filter((one) => {
    const { effect, facet } = effectOf(one);
    return facet === "claim" && effect === "narrows" && one.quantifier !== "all" && one.type !== "null";
  });
  const open = claims.filter(
    ({ values, comparison, type, key }) =>
      key.endsWith(":sub") &&
      values.some((value) => comparison === "like" && type === "string" && isOpenSubject(value, provider)),
  );
  if (claims.length === 0) {
    if (provider === "*") return;
    yield {
      statement: statement.label,
      message: `no claim of ${name} is asked`,
    };
    return;
  }
  const subjects = claims.filter((one) => one.key.endsWith(":sub") && !open.includes(one));
  if (open.length > 0 && subjects.length === 0) {
    yield { statement: statement.label, message: `the subject of ${name} is left open by a wildcard` };
  } else if (subjects.length === 0 && (shared.some((host) => provider.includes(host)) || isCluster(provider))) {
    yield { statement: statement.label, message: `the subject of ${name} is not asked: others use the provider too` };
  } else if (provider === "cognito-identity.amazonaws.com" && !claims.some(({ key }) => key.endsWith(":aud"))) {
    yield {
      statement: statement.label,
      message: "the identity pool is not asked: any pool of any account may assume the role",
    };
  }
}

/** In a cluster every pod has a token; the subject is `system:serviceaccount:<namespace>:<name>`. */
const isCluster = (provider: string) => provider.includes("oidc.eks.") || provider.includes("oidc-provider/oidc.eks");

/** Providers whose customers choose the name by which a subject begins: `organization:acme` is also how `acme-2` begins. */
const chosen = ["gitlab.com", "app.terraform.io", "agent.buildkite.com", "vstoken.dev.azure.com"];

function isOpenSubject(value: string, provider: string): boolean {
  if (isCluster(provider) || value.startsWith("system:")) {
    const [system = "", account = "", namespace = "*"] = value.split(":");
    return /[*?]/.test(system + account) || /^[*?]/.test(namespace);
  }
  const rest = value.replace(/^([a-z_]+:|org\/|sc:\/\/)/, "");
  if (/^[*?]/.test(value) || /^[*?]/.test(rest)) return true;
  return chosen.some((host) => provider.includes(host)) && /[*?]/.test(/^[^:/]*/.exec(rest)?.[0] ?? "");
}
