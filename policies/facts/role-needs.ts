import type { Resource } from "../resource.ts";
import type { Calls } from "./calls.ts";
import { holdersIn, type Holder } from "./holders.ts";
import { functionQuestions } from "./needs/function.ts";
import { needsOf, together, type Needs } from "./needs/needs.ts";
import { functionCode } from "./needs/program.ts";
import { executionQuestions, taskQuestions } from "./needs/task.ts";
import { roleUses, type RoleUse } from "./role-uses.ts";

/** A role of the stack under which code runs, and everything that is asked for in its name. */
export interface RoleNeeds {
  readonly holder: Holder;
  readonly needs: Needs;
}

export interface StackNeeds {
  readonly roles: readonly RoleNeeds[];
  /** Functions and tasks of which it is not known what they run as. */
  readonly stray: Holder["unknown"];
  /** Policies of which it is not known whose they are. */
  readonly loose: Holder["unknown"];
}

/** What is asked for in the name of each role that a function or a task of the stack runs as. */
export function stackNeeds(resources: readonly Resource[], calls: Calls): StackNeeds {
  const before = known.get(resources);
  if (before?.calls === calls) return before.needs;
  const needs = needsIn(resources, calls);
  known.set(resources, { calls, needs });
  return needs;
}

/** Two rules ask the same. */
const known = new WeakMap<readonly Resource[], { calls: Calls; needs: StackNeeds }>();

function needsIn(resources: readonly Resource[], calls: Calls): StackNeeds {
  const uses = roleUses(resources);
  // what functions and tasks are asked about is little of a stack
  const around = resources.filter(({ type }) => asking.has(type));
  const holders = holdersIn(resources);
  const roles = holders.flatMap((holder): RoleNeeds[] => {
    const own = uses.filter(({ role }) => role === holder.resource);
    if (!own.some(runsCode)) return [];
    return [{ holder, needs: together(own.map((use) => asked(use, around, calls))) }];
  });
  const stray = uses.flatMap((use) =>
    use.unknown && runsCode(use) ? [{ unknown: use.unknown, resource: use.by }] : [],
  );
  const loose = holders.flatMap(({ isPrincipal, unknown }) => (isPrincipal ? [] : unknown));
  return { roles, stray, loose };
}

const runsCode = ({ by }: RoleUse) => by.type === functionType || by.type === taskType;

const asking = new Set([
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:ecs/service:Service",
  "aws:ecs/cluster:Cluster",
]);

const functionType = "aws:lambda/function:Function";
const taskType = "aws:ecs/taskDefinition:TaskDefinition";

function asked({ by, path, service }: RoleUse, around: readonly Resource[], calls: Calls): Needs {
  if (by.type === functionType) return needsOf(by, [functionCode(by, calls), ...functionQuestions(by, around)]);
  if (path === "executionRoleArn") return needsOf(by, executionQuestions(by));
  if (by.type === taskType) return needsOf(by, taskQuestions(by, around, calls));
  return { asked: [], unread: [{ what: `what ${service} does as the role of ${by.name}`, by }], unknown: [] };
}
