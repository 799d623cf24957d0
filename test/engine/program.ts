import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { ContainerFunction, type ContainerFunctionArgs } from "../../components/function/container-function.ts";
import { account } from "../../local/answers/account.ts";

/** Where the stacks of these tests live. */
export const place = { ...account, project: "slipway", stack: "dev" };

export const imageUri = `${account.accountId}.dkr.ecr.${account.region}.amazonaws.com/clinic@sha256:${"a".repeat(64)}`;

/** A program with one function of ours, the smallest that has a chain of dependencies in it. */
export const oneFunction = (args: Partial<ContainerFunctionArgs> = {}) => {
  return () =>
    Promise.resolve(new ContainerFunction("patients", { place, part: "patients", imageUri, ...args })).then(
      () => undefined,
    );
};

/** The resources of that program which exist in the cloud. */
export const functionParts = [
  "aws:cloudwatch/logGroup:LogGroup patients-logs",
  "aws:iam/role:Role patients-role",
  "aws:iam/rolePolicy:RolePolicy patients-grant",
  "aws:lambda/alias:Alias patients-live",
  "aws:lambda/function:Function patients-function",
];

/** Collects what the engine says it does: lines `create aws:sns/topic:Topic alerts`, without what stays the same. */
export function steps(): { lines: () => string[]; onEvent: (event: EngineEvent) => void } {
  // By its number: where the Automation API stops to follow the log while it reads, it reads the same part again.
  const seen = new Map<number, string>();
  const onEvent = ({ sequence, resourcePreEvent }: EngineEvent) => {
    if (!resourcePreEvent || resourcePreEvent.metadata.op === "same") return;
    const { op, type, urn } = resourcePreEvent.metadata;
    seen.set(sequence, `${op} ${type} ${urn.split("::").at(-1)}`);
  };
  return { onEvent, lines: () => [...seen.values()].filter((line) => !line.includes(" pulumi:")).sort() };
}
