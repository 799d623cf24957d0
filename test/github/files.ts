import { globSync, readFileSync } from "node:fs";
import { parse } from "yaml";

export interface Step {
  uses?: string;
  run?: string;
  if?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface Job {
  if?: string;
  needs?: string[];
  environment?: string;
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  steps: Step[];
}

export interface Workflow {
  on: Record<string, unknown>;
  permissions?: unknown;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

/** One file below `.github` as written and as read. */
interface File<Content> {
  path: string;
  text: string;
  content: Content;
}

const root = new URL("../../", import.meta.url);

function files<Content>(pattern: string): File<Content>[] {
  const paths = globSync(pattern, { cwd: root }).sort();
  return paths.map((path) => {
    const text = readFileSync(new URL(path, root), "utf8");
    return { path, text, content: parse(text) as Content };
  });
}

export const workflows = files<Workflow>(".github/workflows/*.yml");
export const composites = files<{ runs: { steps: Step[] } }>(".github/actions/*/action.yml");

/** Every job of every workflow, named `<file> <job>`. */
export const jobs = workflows.flatMap(({ path, content }) =>
  Object.entries(content.jobs).map(([name, job]) => ({ name: `${path} ${name}`, workflow: content, job })),
);

/** Every step of every workflow and composite action. */
export const steps = [
  ...jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step }))),
  ...composites.flatMap(({ path, content }) => content.runs.steps.map((step) => ({ name: path, step }))),
];

/** The steps that use this action. */
export const using = (action: string) => steps.filter(({ step }) => step.uses?.startsWith(`${action}@`));
