import type { ServiceHost } from "../service/service-host.ts";
import type { TaskRevision } from "../service/service-spec.ts";
import type { LocalTraffic } from "./local-traffic.ts";
import type { SlotCalls } from "./machine.ts";
import type { Rolled } from "./rolled.ts";
import type { TargetMetrics } from "./target-metrics.ts";

type Slots = NonNullable<Rolled["slots"]>;

/** What is needed of the host of services. */
export type SlotHost = Pick<ServiceHost, "rules" | "service" | "group">;

/**
 * How long one look at tasks waits for them. They start in their own time, also where a minute takes half a second: without this the
 * looks of twenty minutes would be over before the first task is up.
 */
const lookMillis = 30_000;

/** Services in two slots behind one listener rule. A version is a revision of the task, by its number. */
export class SlotTraffic implements LocalTraffic {
  readonly #slots: ReadonlyMap<string, Slots>;
  readonly #host: () => SlotHost;
  readonly #metrics: TargetMetrics;
  readonly #newest = new Map<string, TaskRevision>();
  readonly #revisions = new Map<string, TaskRevision>();

  /** `host` is asked for once something is published, shifted or measured. */
  constructor(rolled: readonly Rolled[], host: () => SlotHost, metrics: TargetMetrics) {
    this.#slots = new Map(rolled.flatMap(({ workload, slots }) => (slots ? [[workload, slots] as const] : [])));
    this.#host = host;
    this.#metrics = metrics;
  }

  get names(): string[] {
    return [...this.#slots.keys()];
  }

  publish(family: string, environment: Record<string, string>): string {
    const { familyArn } = this.#slots.get(family)!;
    const works = this.#newest.get(family) ?? this.#revision(family);
    const version = String(Number(numberOf(works.taskDefinition)) + 1);
    const next = { ...works, taskDefinition: `${familyArn}:${version}` };
    // The next revision starts from what works.
    this.#newest.set(family, next);
    this.#revisions.set(next.taskDefinition, { ...next, environment: { ...works.environment, ...environment } });
    return version;
  }

  serving(family: string): string {
    return numberOf(this.#revision(family).taskDefinition);
  }

  measure(family: string): void {
    const { clusterName, ...slots } = this.#slots.get(family)!;
    for (const { service, group } of [slots.blue, slots.green]) {
      const { desiredCount } = this.#service(service).state;
      const healthy = this.#host().group(group)?.healthyCount;
      this.#metrics.measured({ clusterName, serviceName: service, groupArn: group, desiredCount, healthy });
    }
  }

  /** The revision in the slot that the rule gives its traffic. */
  #revision(family: string): TaskRevision {
    const { ruleArn, blue, green } = this.#slots.get(family)!;
    const [most] = [...this.#host().rules.find(ruleArn)].sort((a, b) => b.weight - a.weight);
    return this.#service((most?.arn === green.group ? green : blue).service).revision;
  }

  #service(name: string) {
    const found = this.#host().service(name);
    if (!found) throw new Error(`service "${name}" does not run here: add it to the stack`);
    return found;
  }

  readonly calls: SlotCalls = {
    describeRules: ({ RuleArns }) => ({
      Rules: RuleArns.map((arn) => {
        const TargetGroups = this.#host()
          .rules.find(arn)
          .map((share) => ({ TargetGroupArn: share.arn, Weight: share.weight }));
        return { Actions: [{ Type: "forward", ForwardConfig: { TargetGroups } }] };
      }),
    }),
    modifyRule: ({ RuleArn, Actions }) => {
      const [{ ForwardConfig }] = Actions as [(typeof Actions)[number]];
      const shares = ForwardConfig.TargetGroups.map(({ TargetGroupArn: arn, Weight: weight }) => ({ arn, weight }));
      this.#host().rules.set(RuleArn, shares);
    },
    describeServices: async ({ Services }) => ({
      Services: await Promise.all(
        Services.map(async (ServiceName) => {
          const service = this.#service(ServiceName);
          await Promise.race([service.settled(), new Promise((go) => setTimeout(go, lookMillis).unref())]);
          const { taskDefinition: TaskDefinition, desiredCount: DesiredCount, rolloutState } = service.state;
          const Deployments = [{ Status: "PRIMARY", TaskDefinition, RolloutState: rolloutState }];
          return { ServiceName, DesiredCount, Deployments };
        }),
      ),
    }),
    updateService: ({ Service, TaskDefinition, DesiredCount }) => {
      const service = this.#service(Service);
      const revision = TaskDefinition === undefined ? undefined : this.#known(TaskDefinition);
      service.update(DesiredCount ?? service.state.desiredCount, revision);
    },
    describeTargetHealth: ({ TargetGroupArn }) => ({
      TargetHealthDescriptions: (this.#host().group(TargetGroupArn)?.states ?? []).map(({ state: State }) => ({
        TargetHealth: { State },
      })),
    }),
  };

  #known(taskDefinition: string): TaskRevision {
    const revision = this.#revisions.get(taskDefinition);
    if (!revision) throw new Error(`task definition "${taskDefinition}" does not exist: publish it first`);
    return revision;
  }
}

const numberOf = (taskDefinition: string) => taskDefinition.split(":").at(-1)!;
