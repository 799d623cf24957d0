import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { actionsOf } from "../../policies/calls/operations.ts";

const root = new URL("../../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), "utf8");

/** First words of the actions that the clients' commands ask for. */
const services: Record<string, string> = {
  cloudwatch: "cloudwatch",
  ecr: "ecr",
  ecs: "ecs",
  "elastic-load-balancing-v2": "elasticloadbalancing",
  lambda: "lambda",
  sfn: "states",
  sts: "sts",
};

/** The files that are loaded with one, itself included. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ""] of read(file).matchAll(/^(?:import|export) (?!type )[^;]*? from "(\.[^"]+)";$/gms)) {
    loadedWith(new URL(path, new URL(file, root)).href.slice(root.href.length), seen);
  }
  return seen;
}

/** What the commands that files send ask for, also only with some of their inputs. */
function askedIn(files: Iterable<string>): Set<string> {
  const actions = new Set<string>();
  for (const file of files) {
    const text = read(file);
    for (const [, names = "", client = ""] of text.matchAll(/import \{([^}]+)\} from "@aws-sdk\/client-([^"]+)";/g)) {
      for (const [, operation = ""] of names.matchAll(/\b(?:paginate)?([A-Z]\w+?)(?:Command\b|(?<=paginate\w+)\b)/g)) {
        const { actions: needed, may } = actionsOf(services[client]!, operation)!;
        for (const action of [...needed, ...may]) actions.add(action);
      }
    }
  }
  // AWS answers it to everybody: "No permissions are required to perform this operation", as its reference of the API says.
  actions.delete("sts:GetCallerIdentity");
  return actions;
}

const [, section = ""] = read("docs/operations.md").split("### What the credentials of the update may do\n");
const [text = ""] = section.split("\n## ");
/** The tables of the section, each with its rows of actions and what they are on. */
const tables = text
  .split(/\n\n(?=\|)/)
  .slice(1)
  .map((table) =>
    [...table.matchAll(/^\| (`.+?`) +\| (.+?) +\|$/gm)].map(([, actions = "", on = ""]) => ({ actions, on })),
  );
const actionsIn = (rows: { actions: string }[] = []) =>
  new Set(rows.flatMap(({ actions }) => [...actions.matchAll(/`([a-z-]+:\w+)`/g)].map(([, action]) => action!)));

const sorted = (actions: Iterable<string>) => [...actions].sort();
const shift = "components/delivery/shift/";
const hook = loadedWith(`${shift}aws-ports.ts`);
const [ofAll, ofSlots, ofCommands] = tables;

describe("permissions in docs/operations.md", () => {
  it("are, for the update of a function, those of the calls that its hook makes", () => {
    const files = [...hook].filter((file) => file !== `${shift}aws-slots.ts`);
    assert.deepEqual(sorted(actionsIn(ofAll)), sorted(askedIn(files)));
  });

  it("are, for two slots, those of the calls on them, with the roles that pass on with a revision", () => {
    const asked = askedIn([`${shift}aws-slots.ts`]);
    assert.deepEqual(sorted(actionsIn(ofSlots)), sorted(asked));
    assert.ok(asked.has("iam:PassRole"));
  });

  it("are, for the commands, those of the calls that are theirs alone", () => {
    const own = askedIn([...loadedWith("delivery/main.ts")].filter((file) => !hook.has(file)));
    const known = new Set([...actionsIn(ofAll), ...actionsIn(ofSlots)]);
    const more = actionsIn(ofCommands);
    assert.deepEqual(sorted([...own].filter((action) => !known.has(action) && !more.has(action))), []);
    assert.deepEqual(sorted([...more].filter((action) => !own.has(action))), []);
  });

  it("are on all alarms for whoever looks for them by how they begin", () => {
    assert.match(read("delivery/overview.ts"), /AlarmNamePrefix/);
    const { on = "" } = ofCommands!.find(({ actions }) => actions === "`cloudwatch:DescribeAlarms`") ?? {};
    assert.match(on, /^`alarm:\*`/);
  });

  it("are in three tables", () => {
    assert.deepEqual(
      tables.map((rows) => rows.length > 3),
      [true, true, true],
    );
  });
});
