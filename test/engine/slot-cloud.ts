import type { FakeService, SlotAccount } from "../aws/slots.ts";
import type { Cloud, Thing } from "./cloud.ts";

interface Group {
  arn: string;
  weight: number;
}

/** Services and listener rules behind the providers of a sandbox, as the APIs that rollouts call see them. */
export function slotsIn(cloud: Cloud): SlotAccount {
  const serviceThing = (name: string): Thing | undefined =>
    cloud.ofType("aws:ecs/service:Service").find(({ inputs }) => inputs.name === name);
  const ruleThing = (arn: string): Thing | undefined =>
    cloud.ofType("aws:lb/listenerRule:ListenerRule").find(({ id }) => id === arn);
  /** AWS's own change: what exists is another thing than what was asked for last. */
  const changed = (thing: Thing, to: object) => void (thing.state = { ...thing.state, ...to });
  return {
    service(_cluster, name): FakeService | undefined {
      const state = serviceThing(name)?.state;
      return (
        state && {
          arn: state.arn,
          taskDefinition: state.taskDefinition,
          desiredCount: state.desiredCount,
          targetGroupArn: state.loadBalancers[0].targetGroupArn,
        }
      );
    },
    setService: (_cluster, name, to) => changed(serviceThing(name)!, to),
    rule(arn) {
      const groups: Group[] | undefined = ruleThing(arn)?.state.actions[0].forward.targetGroups;
      return groups && Object.fromEntries(groups.map((group) => [group.arn, group.weight]));
    },
    setRule(arn, weights) {
      const thing = ruleThing(arn)!;
      const [action] = thing.state.actions;
      const targetGroups = Object.entries(weights).map(([group, weight]) => ({ arn: group, weight }));
      changed(thing, { actions: [{ ...action, forward: { ...action.forward, targetGroups } }] });
    },
    revision: (name) => revisions(cloud).has(name.split("/").at(-1)!),
  };
}

/** Every revision that was ever made: deployments never take one away. */
function revisions(cloud: Cloud): Set<string> {
  const made = cloud.ofType("aws:ecs/taskDefinition:TaskDefinition");
  const names = made.flatMap(({ state }) =>
    Array.from({ length: Number(state.revision) }, (_, at) => `${state.family}:${at + 1}`),
  );
  return new Set(names);
}
