import type { Resource } from "../resource.ts";
import type { Calls } from "./calls.ts";
import { holdersIn, type Holder } from "./holders.ts";
import { functionQuestions } from "./needs/function.ts";
import { needsOf, together, type Needs, type Question } from "./needs/needs.ts";
import { functionCode } from "./needs/program.ts";
import { serviceQuestions } from "./needs/service.ts";
import { stateMachineQuestions } from "./needs/state-machine.ts";
import { executionQuestions, taskQuestions } from "./needs/task.ts";
import { roleUses, type RoleUse } from "./role-uses.ts";

/** A role of the stack, and everything that is asked for in its name. */
export interface RoleNeeds {
  readonly holder: Holder;
  readonly needs: Needs;
}

export interface StackNeeds {
  readonly roles: readonly RoleNeeds[];
  /** Users of roles of which it is not known which role they are given. */
  readonly stray: Holder["unknown"];
  /** Policies of which it is not known whose they are. */
  readonly loose: Holder["unknown"];
}

/** What is asked for in the name of each role that code of the stack, or a service for a known purpose, is given. */
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
    const questions = own.map((use) => questionsOf(use, around, calls));
    if (questions.every((one) => one === undefined)) return [];
    return [{ holder, needs: together(own.map((use, at) => answered(use, questions[at]))) }];
  });
  const stray = uses.flatMap((use) =>
    use.unknown && questionsOf(use, around, calls) ? [{ unknown: use.unknown, resource: use.by }] : [],
  );
  const loose = holders.flatMap(({ isPrincipal, unknown }) => (isPrincipal ? [] : unknown));
  return { roles, stray, loose };
}

const asking = new Set([
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:ecs/service:Service",
  "aws:ecs/cluster:Cluster",
]);

/** What is asked in the name of a role for one use of it; undefined for a use whose needs are not known here. */
function questionsOf({ by, path }: RoleUse, around: readonly Resource[], calls: Calls): Question[] | undefined {
  switch (by.type) {
    case "aws:lambda/function:Function":
      return [functionCode(by, calls), ...functionQuestions(by, around)];
    case "aws:ecs/taskDefinition:TaskDefinition":
      return path === "executionRoleArn" ? executionQuestions(by) : taskQuestions(by, around, calls);
    case "aws:sfn/stateMachine:StateMachine":
      return stateMachineQuestions(by);
    default:
      return serviceQuestions(by, path);
  }
}

const answered = ({ by, service }: RoleUse, questions: Question[] | undefined): Needs =>
  questions
    ? needsOf(by, questions)
    : { asked: [], unread: [{ what: `what ${service} does as the role of ${by.name}`, by }], unknown: [] };
