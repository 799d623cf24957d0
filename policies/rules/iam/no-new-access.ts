import { readFileSync } from "node:fs";
import { text } from "../../facts/reading.ts";
import { differences, grouped, wider } from "../../permissions/diff.ts";
import { snapshotOf, type Snapshot } from "../../permissions/snapshot.ts";
import type { StackRule } from "../../rule.ts";

export const rule: StackRule = {
  id: "iam-no-new-access",
  topic: "identity",
  holds: "nobody may do more than the committed snapshot of the stack says",
  why: "A permission that arrives with a hundred other lines is read by nobody; a changed snapshot is.",
  fix: "take the permission back, or write the snapshot anew with npm run permissions -- --write and have it reviewed",
  source: "IAM Access Analyzer, CheckNoNewAccess, decided here without calling AWS",
  severity: "high",
  level: { dev: "advisory", prod: "mandatory" },
  options: {
    stack: {
      type: "string",
      default: "",
      description:
        "Stack whose file in policies/snapshot is meant; the pack fills in the one it judges. Without a name nothing is compared.",
    },
    snapshot: { type: "object", default: {}, description: "A snapshot to compare with instead of the stack's file." },
  },
  *checkStack(resources, options) {
    const before = snapshotIn(options["snapshot"]) ?? committed(text(options, "stack") ?? "");
    if (before === undefined) return;
    if (before === "none") {
      yield {
        undecided: `the stack ${text(options, "stack")} has no snapshot of its permissions in policies/snapshot`,
      };
      return;
    }
    const { snapshot, unknown } = snapshotOf(resources);
    for (const change of grouped(differences(before, snapshot))) {
      const resource = resources.find(({ name }) => name === change.name.split(".")[0]);
      const said = told(change);
      if (!wider.has(change.verb) || !resource) continue;
      yield change.proved ? { found: said, resource } : { undecided: `it may be that ${said}`, resource };
    }
    yield* unknown;
  },
};

function told({ name, about, verb, who, actions, resource, condition }: ReturnType<typeof grouped>[number]): string {
  const subject = about === "permissions" ? name : `${who} ${about === "trust" ? "as" : "through"} ${name}`;
  const where = [resource && ` on ${resource}`, condition && ` under ${condition}`].join("");
  const action = actions.join(", ");
  return verb === "gains" ? `${subject} gains ${action}${where}` : `${subject}: ${verb} of ${action}${where}`;
}

function snapshotIn(value: unknown): Snapshot | undefined {
  const given = value as Partial<Snapshot> | undefined;
  return given?.principals && given.resources ? (given as Snapshot) : undefined;
}

/** The snapshot of a stack; `none` when nobody wrote one. */
function committed(stack: string): Snapshot | "none" | undefined {
  if (stack === "") return undefined;
  try {
    const file = new URL(`../../snapshot/${encodeURIComponent(stack)}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, "utf8")) as Snapshot;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "none";
    throw error;
  }
}
