import { redacted } from "../facts/secrets.ts";
import { grouped, wider, type Change, type Verb } from "./diff.ts";

/** The changes of a stack's permissions for the readers of a pull request; empty when there are none. */
export function markdown(stack: string, changes: readonly Change[]): string {
  if (changes.length === 0) return "";
  const subjects = [...new Set(changes.map(({ name, about }) => JSON.stringify([name, about])))];
  const sections = subjects.map((subject) => {
    const [name, about] = JSON.parse(subject) as [string, Change["about"]];
    const own = changes.filter((one) => one.name === name && one.about === about);
    return [`#### ${code(name)} ${titles[about]}`, "", ...table(own)].join("\n");
  });
  const more = changes.filter(({ verb }) => wider.has(verb)).length;
  const unproved = changes.some(({ proved }) => !proved)
    ? ["", "Rows with a question mark could not be proved: the words differ, what they allow may not."]
    : [];
  return (
    [`### Permissions of ${stack}: ${more} wider, ${changes.length - more} narrower`, ...sections, ...unproved].join(
      "\n\n",
    ) + "\n"
  );
}

const titles = { permissions: "may do", trust: "may be assumed by", resource: "may be used by" } as const;

/** One row for each set of actions that changes in the same way on the same resource. */
function table(changes: readonly Change[]): string[] {
  const named = changes.some(({ who }) => who !== "");
  const heads = ["Change", ...(named ? ["Principal"] : []), "Actions", "Resource", "Condition"];
  return [
    `| ${heads.join(" | ")} |`,
    `| ${heads.map(() => "---").join(" | ")} |`,
    ...grouped(changes).map((change) => row(change, named)),
  ];
}

function row({ verb, who, actions, resource, condition, proved }: Group, named: boolean): string {
  const cells = [
    `${marks[verb]} ${verb}${proved ? "" : " ?"}`,
    ...(named ? [code(who)] : []),
    actions.map(code).join(" "),
    resource === "" ? "" : code(resource),
    condition === "" ? "" : code(condition),
  ];
  return `| ${cells.join(" | ")} |`;
}

type Group = ReturnType<typeof grouped>[number];

const marks: Record<Verb, string> = {
  gains: "➕",
  loses: "➖",
  "condition widens": "➕",
  "condition narrows": "➖",
  "condition changes": "➕",
};

/** A value as code: whatever it holds, it stays in its cell, and what looks like a secret stays out of it. */
function code(value: string): string {
  const text = redacted(value)
    .replaceAll("|", "\\|")
    .replaceAll(/[\r\n]+/g, " ")
    .slice(0, 400);
  const fence = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  return fence.length > 1 ? `${fence} ${text} ${fence}` : `\`${text}\``;
}
