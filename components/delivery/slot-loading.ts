import type { SlotsSite } from "./slot-target.ts";
import { choice, failure, task, type Section } from "./states.ts";

const lookSeconds = 30;

/** Looks at tasks that start: for twenty minutes, as for every other deployment. */
export const loadPolls = (20 * 60) / lookSeconds;

const ecs = "aws-sdk:ecs:";

/**
 * Puts the new revision into the slot without traffic, with as many tasks as the one with it has, and waits until ECS calls them all
 * healthy. ECS takes tasks that do not start back to an earlier revision by itself, so what runs is compared with what was asked for.
 */
export const loadSlot =
  ({ clusterName: Cluster, familyArn, minTasks, maxTasks }: SlotsSite): Section =>
  (next) => {
    const revision = `States.Format('${familyArn}:{}', $.to)`;
    const describe = (slot: string, selector: Record<string, string>) =>
      task({
        resource: `${ecs}describeServices`,
        parameters: { Cluster, "Services.$": `States.Array($.slots.${slot}.service)` },
        selector,
      });
    const load = {
      "Service.$": "$.slots.new.service",
      "TaskDefinition.$": revision,
      "DesiredCount.$": "$.size.tasks",
      // Without it a revision that the slot had before is not deployed anew, and so never fails or completes.
      ForceNewDeployment: true,
    };
    const primary = "$.Services[0].Deployments[?(@.Status=='PRIMARY')]";
    return {
      "Look at live slot": {
        ...describe("old", { "tasks.$": "$.Services[0].DesiredCount" }),
        ResultPath: "$.size",
        Next: "Size new version",
      },
      "Size new version": choice(
        [
          { Variable: "$.size.tasks", NumericLessThan: minTasks, Next: "Take fewest tasks" },
          { Variable: "$.size.tasks", NumericGreaterThan: maxTasks, Next: "Take most tasks" },
        ],
        "Load new version",
      ),
      "Take fewest tasks": sized(minTasks),
      "Take most tasks": sized(maxTasks),
      "Load new version": {
        ...task({ resource: `${ecs}updateService`, parameters: { Cluster, ...load } }),
        ResultPath: null,
        Next: "Begin loading",
      },
      "Begin loading": counted("0", revision),
      "Wait for tasks": { Type: "Wait", Seconds: lookSeconds, Next: "Look at new slot" },
      "Look at new slot": { ...describe("new", { "primary.$": primary }), ResultPath: "$.loaded", Next: "Count looks" },
      "Count looks": { ...counted("States.MathAdd($.load.polls, 1)", "$.load.wanted"), Next: "Judge tasks" },
      "Judge tasks": choice(judged(next), "Wait for tasks"),
      "Tasks failed": failure("TasksFailed", "States.Format('ECS could not start the tasks of version {}', $.to)"),
      "Tasks too slow": failure(
        "TasksTooSlow",
        "States.Format('the tasks of version {} are not healthy after 20 minutes', $.to)",
      ),
    };
  };

const sized = (tasks: number) => ({
  Type: "Pass",
  Result: { tasks },
  ResultPath: "$.size",
  Next: "Load new version",
});

const counted = (polls: string, wanted: string) => ({
  Type: "Pass",
  Parameters: { ...(polls === "0" ? { polls: 0 } : { "polls.$": polls }), "wanted.$": wanted },
  ResultPath: "$.load",
  Next: "Wait for tasks",
});

function judged(next: string) {
  const deployment = "$.loaded.primary[0]";
  const state = (is: string) => ({ Variable: `${deployment}.RolloutState`, StringEquals: is });
  const other = { Not: { Variable: `${deployment}.TaskDefinition`, StringEqualsPath: "$.load.wanted" } };
  return [
    { Not: { Variable: deployment, IsPresent: true }, Next: "Tasks failed" },
    { Or: [other, state("FAILED")], Next: "Tasks failed" },
    { ...state("COMPLETED"), Next: next },
    { Variable: "$.load.polls", NumericGreaterThanEquals: loadPolls, Next: "Tasks too slow" },
  ];
}
