import { allows, type Check, type Fault } from "../check.ts";
import { effectOf } from "../comparisons.ts";
import type { Comparison } from "../condition.ts";
import type { Statement } from "../document.ts";
import { matches, readGlob } from "../glob.ts";

const host = "token.actions.githubusercontent.com";

export const trustOidcGithub: Check = {
  id: "trust-oidc-github",
  kinds: ["trust"],
  level: "mandatory",
  description: "GitHub's tokens are asked for their audience and for one repository, in every statement and value.",
  fix: `compare ${host}:aud with sts.amazonaws.com and ${host}:sub with repo:<owner>/<repository>:environment:<name>`,
  *judge(subject) {
    for (const statement of allows(subject)) {
      const federated = statement.principals?.list.some(
        ({ type, value }) => type === "Federated" && value.toLowerCase().includes(host),
      );
      if (federated && !statement.principals?.except) yield* judged(statement);
    }
  },
};

function* judged(statement: Statement): Generator<Fault> {
  const claims = statement.conditions.filter(({ key }) => key.startsWith(host));
  const holding = (end: string) => claims.filter((one) => one.key.endsWith(end) && isFirm(one));
  const fault = (message: string, level?: Fault["level"]): Fault => ({
    statement: statement.label,
    message,
    ...(level && { level }),
  });
  const audiences = holding(":aud").flatMap(({ values }) => values);
  if (audiences.length === 0) yield fault("the audience of the token is not asked");
  for (const value of audiences) {
    if (/[*?]/.test(value)) yield fault(`the audience ${value.slice(0, 100)} has a wildcard`);
    else if (isOthers(value)) yield fault(`the audience ${value.slice(0, 100)} is somebody else's`);
    else if (value !== "sts.amazonaws.com")
      yield fault(`the audience is ${value.slice(0, 100)}, not sts.amazonaws.com`, "advisory");
  }
  const subjects = holding(":sub");
  const repository = [":repository", ":repository_id"].some((end) => holding(end).some(isExact));
  const owned = repository || [":repository_owner", ":repository_owner_id"].some((end) => holding(end).some(isExact));
  const workflows = holding(":job_workflow_ref").filter(({ values }) => values.every(isOwnWorkflow));
  // a workflow is named by who calls it: others may call it, too
  if (subjects.length === 0 && !repository && (workflows.length === 0 || !owned)) {
    yield fault("the subject of the token is not asked: any repository may assume the role");
    return;
  }
  // several comparisons must all hold, so the strictest one counts
  const judgements = subjects.map(({ values }) => values.map(judgedSubject));
  const best =
    judgements.find((list) => list.every((one) => one === undefined || one.level === "advisory")) ?? judgements[0];
  // another claim names the repository, or the one workflow whose text nobody changes by a pull request
  const named = repository || workflows.some(({ values }) => values.every(isMergedWorkflow));
  for (const one of best ?? []) if (one) yield fault(one.message, named ? "advisory" : one.level);
}

/** Whether every value is one text, without wildcards. */
const isExact = ({ values }: Comparison): boolean => values.every((value) => value !== "" && !/[*?]/.test(value));

/** `<owner>/<repository>/.github/workflows/<file>@<ref>`, the first two named. */
const isOwnWorkflow = (value: string): boolean => /^[^*?/]+\/[^*?/]+\//.test(value);

/** A workflow at a branch, tag or commit that is named. */
const isMergedWorkflow = (value: string): boolean => /^[^*?@]+@[^*?]+$/.test(value) && !value.includes("@refs/pull/");

/** Whether a comparison holds only for the values it names. */
function isFirm(comparison: Comparison): boolean {
  const { effect } = effectOf({
    ...comparison,
    values: comparison.values.map((value) => (value === "*" ? "x*" : value)),
  });
  return (
    comparison.type === "string" &&
    !comparison.negated &&
    comparison.quantifier !== "all" &&
    (effect === "narrows" || effect === "never")
  );
}

/** What a subject ends in when a pull request runs. */
const pulls = ["pull_request", "ref:refs/pull/1/merge"];

/**
 * Beginnings of subjects that an organisation has made of other claims and that name one repository or workflow all the same.
 * GitHub lets it choose them: OpenID Connect reference, customizing the token claims.
 */
const custom = [
  /^repository_id:\d+(:|$)/,
  /^repository:[^*?/:]+\/[^*?/:]+(:|$)/,
  /^job_workflow_ref:[^*?/:]+\/[^*?/:]+\//,
];

/** Whether what stands for what runs is wildcards alone: all of it, on purpose. */
const isEverything = (text: string): boolean => text.includes("*") && /^[*?:]+$/.test(text);

/** Whether a subject by pattern picks pull requests, among the runs of the repository that it begins with. */
function letsPullsIn(subject: string, owner: string, name: string, runs: string): boolean {
  if (isEverything(runs)) return false;
  const begun = name.split("*")[0] ?? "";
  // the wildcard of a name may go on into what runs
  if (runs === "" && isEverything(name.slice(begun.length))) return false;
  const pattern = readGlob(subject, { variables: false });
  return [begun, name.replaceAll("*", "")].some((text) => {
    const repository = `repo:${owner}/${text.replaceAll("?", "x")}`;
    return pulls.some((one) => matches(pattern, `${repository}:${one}`));
  });
}

/** Audiences of well-known receivers of such tokens, who could pass them on, and names that only look like that of AWS. */
const isOthers = (audience: string): boolean =>
  audience === "sigstore" ||
  (audience.includes("amazonaws.com") && !/^sts(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/.test(audience));

/** The subject is `repo:<owner>/<repository>:<what runs>`. */
function judgedSubject(value: string): { message: string; level?: Fault["level"] } | undefined {
  const quoted = JSON.stringify(value.slice(0, 120));
  const [claim, repository = "", ...rest] = value.split(":");
  if (custom.some((form) => form.test(value)))
    return { message: `the subject ${quoted} is one of the organisation's own making`, level: "advisory" };
  if (claim !== "repo") return { message: `the subject ${quoted} does not begin with a repository` };
  const [owner = "", name = ""] = repository.split("/");
  if (owner === "" || /[*?]/.test(owner)) return { message: `the subject ${quoted} leaves the owner open` };
  if (name === "" || /^[*?]/.test(name)) return { message: `the subject ${quoted} leaves the repository open` };
  if (rest.length === 0 && !name.includes("*"))
    return { message: `the subject ${quoted} matches no token`, level: "advisory" };
  const runs = rest.join(":");
  if (letsPullsIn(value, owner, name, runs)) return { message: `the subject ${quoted} lets every pull request in` };
  if (/[*?]/.test(name)) return { message: `the subject ${quoted} covers repositories by pattern`, level: "advisory" };
  if (isEverything(runs))
    return { message: `the subject ${quoted} covers every branch and pull request`, level: "advisory" };
  if (/[*?]/.test(runs)) return { message: `the subject ${quoted} covers refs by pattern`, level: "advisory" };
  return undefined;
}
