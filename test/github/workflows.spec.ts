import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { actions } from "./actions.ts";
import { composites, jobs, steps, using, workflows, type Job } from "./files.ts";

const texts = [...workflows, ...composites];

/** Asserts that no item is left over, naming those that are. */
const none = (offenders: string[]) => assert.deepEqual(offenders, []);

const uses = (job: Job, action: string) => job.steps.some((step) => step.uses?.startsWith(`${action}@`));

describe("workflows on GitHub", () => {
  it("use only known actions, pinned by the commit of a version", () => {
    const lines = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/uses: (.+)$/gm)].map(([, use]) => ({ path, use: use! })),
    );
    const foreign = lines.filter(({ use }) => !use.startsWith("./"));
    none(
      foreign
        .filter(({ use }) => {
          const [, name = "", commit, version] = /^([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(use) ?? [];
          const known = actions[name];
          return known === undefined || known.commit !== commit || known.version !== version;
        })
        .map(({ path, use }) => `${path}: ${use}`),
    );
    assert.ok(foreign.length > 0);
  });

  it("use our own actions where they are", () => {
    const own = steps.flatMap(({ step }) => (step.uses?.startsWith("./") ? [step.uses] : []));
    none(own.filter((path) => !existsSync(new URL(`../../${path}/action.yml`, import.meta.url))));
  });

  it("give actions only inputs they have", () => {
    none(
      steps.flatMap(({ name, step }) => {
        const known = actions[step.uses?.split("@")[0] ?? ""];
        return known
          ? Object.keys(step.with ?? {})
              .filter((key) => !known.inputs.includes(key))
              .map((key) => `${name}: ${key}`)
          : [];
      }),
    );
  });

  it("start without permissions, and every job names its own", () => {
    none(workflows.filter(({ content }) => JSON.stringify(content.permissions) !== "{}").map(({ path }) => path));
    none(jobs.filter(({ job }) => typeof job.permissions !== "object").map(({ name }) => name));
  });

  it("ask for an identity token only to take an AWS role", () => {
    const holders = jobs.filter(({ job }) => job.permissions?.["id-token"] === "write");
    assert.deepEqual(
      holders.map(({ name }) => name),
      jobs.filter(({ job }) => uses(job, "aws-actions/configure-aws-credentials")).map(({ name }) => name),
    );
  });

  it("give no role to a pull request from elsewhere", () => {
    const guard = "github.event.pull_request.head.repo.full_name == github.repository";
    const reachable = jobs.filter(
      ({ workflow, job }) => "pull_request" in workflow.on && job.permissions?.["id-token"],
    );
    none(reachable.filter(({ job }) => !job.if?.startsWith(`${guard} && `)).map(({ name }) => name));
    none(
      workflows
        .filter(({ content }) => "pull_request_target" in content.on || "workflow_run" in content.on)
        .map(({ path }) => path),
    );
  });

  it("hold no credentials", () => {
    const secret =
      /AWS_ACCESS_KEY_ID|aws-access-key-id|AWS_SECRET|PULUMI_CONFIG_PASSPHRASE|PULUMI_ACCESS_TOKEN|AKIA[0-9A-Z]{16}|secrets[.:[]/;
    none(texts.filter(({ text }) => secret.test(text)).map(({ path }) => path));
    none(
      using("actions/checkout")
        .filter(({ step }) => step.with?.["persist-credentials"] !== false)
        .map(({ name }) => name),
    );
  });

  it("put nothing a stranger can write into a script", () => {
    const scripts = steps.map(({ name, step }) => ({
      name,
      text: `${step.run ?? ""}${String(step.with?.script ?? "")}`,
    }));
    none(scripts.filter(({ text }) => text.includes("${{")).map(({ name }) => name));
  });

  it("end in bounded time, and a newer commit on a pull request takes over", () => {
    none(jobs.filter(({ job }) => !(job["timeout-minutes"]! <= 30)).map(({ name }) => name));
    none(workflows.filter(({ content }) => content.concurrency === undefined).map(({ path }) => path));
  });

  it("run the version of Pulumi the engine lane runs, and never invent a stack", () => {
    none(
      using("pulumi/actions")
        .filter(({ step }) => step.with?.["pulumi-version-file"] !== ".pulumi.version")
        .map(({ name }) => name),
    );
  });

  it("preview under the policy pack and keep stack outputs out of the log", () => {
    const previews = using("pulumi/actions").filter(({ step }) => step.with?.command === "preview");
    assert.equal(previews.length, 1);
    const { policyPacks, "suppress-outputs": suppressed } = previews[0]!.step.with!;
    assert.deepEqual([policyPacks, suppressed], ["policies", true]);
  });

  it("say on the pull request also that a preview failed", () => {
    const { job } = jobs.find(({ name }) => name.endsWith("preview.yml preview"))!;
    const last = job.steps.at(-1)!;
    assert.deepEqual([last.uses, last.if], ["./.github/actions/preview-comment", "${{ !cancelled() }}"]);
  });

  it("have one gate that waits for every other job and passes only when all succeeded", () => {
    const ci = workflows.find(({ path }) => path.endsWith("/ci.yml"))!.content;
    const { gate, ...others } = ci.jobs;
    assert.deepEqual([gate!.if, gate!.needs], ["always()", Object.keys(others)]);
    assert.match(gate!.steps[0]!.run!, /all\(\.result == "success"\)/);
  });

  it("run in CI what the README and the lanes name", () => {
    const ci = jobs
      .filter(({ name }) => name.includes("/ci.yml"))
      .flatMap(({ job }) => job.steps.flatMap(({ run }) => run ?? []));
    for (const command of ["npm test", "npm run typecheck", "npm run lint", "npm run test:engine"]) {
      assert.ok(ci.includes(command), `no step runs ${command}`);
    }
  });
});
