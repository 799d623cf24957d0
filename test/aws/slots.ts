import { AwsError } from "./aws-error.ts";

/** A service of ECS, as much of it as rollouts see. */
export interface FakeService {
  arn: string;
  /** ARN of the revision that its newest deployment runs. */
  taskDefinition: string;
  desiredCount: number;
  targetGroupArn: string;
}

/** Services and listener rules that exist in an account. */
export interface SlotAccount {
  service(cluster: string, name: string): FakeService | undefined;
  setService(cluster: string, name: string, to: Pick<FakeService, "taskDefinition" | "desiredCount">): void;
  /** Weights of a rule's target groups by ARN. */
  rule(arn: string): Record<string, number> | undefined;
  setRule(arn: string, weights: Record<string, number>): void;
  /** Whether a revision, `family:7` or an ARN, exists. */
  revision(name: string): boolean;
}

interface RuleChange {
  RuleArn: string;
  Actions: { ForwardConfig: { TargetGroups: { TargetGroupArn: string; Weight: number }[] } }[];
}

interface ServiceChange {
  Cluster: string;
  Service: string;
  TaskDefinition?: string;
  DesiredCount?: number;
  ForceNewDeployment?: boolean;
}

/** ECS and load balancers in memory. Parameters and answers are those of the APIs, with capital letters as Step Functions has them. */
export class FakeSlots {
  readonly account: SlotAccount;
  /** Every change of a rule, oldest first: the weights in the order of the groups' ARNs, `90/10`. */
  readonly moves: string[] = [];
  /** Every change of a service, oldest first: `slipway-test-patients-green 8 x2`. */
  readonly loads: string[] = [];
  /** Revisions, by number, whose tasks do not start: ECS goes back to the revision before. */
  readonly broken = new Set<string>();
  /** Revisions, by number, whose tasks never become healthy. */
  readonly sick = new Set<string>();
  /** Target groups, by ARN, without a healthy target. */
  readonly emptied = new Set<string>();
  /** Looks at a service, after a change, at which its deployment is still under way. */
  startLooks = 1;
  readonly #looks = new Map<string, number>();
  readonly #rollouts = new Map<string, string>();

  constructor(account: SlotAccount) {
    this.account = account;
  }

  describeRules({ RuleArns }: { RuleArns: string[] }) {
    const Rules = RuleArns.map((RuleArn) => {
      const groups = Object.entries(this.#rule(RuleArn));
      const TargetGroups = groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
      return { RuleArn, Actions: [{ Type: "forward", Order: 1, ForwardConfig: { TargetGroups } }] };
    });
    return { Rules };
  }

  modifyRule({ RuleArn, Actions }: RuleChange) {
    const groups = Actions[0]!.ForwardConfig.TargetGroups;
    const weights = Object.fromEntries(groups.map(({ TargetGroupArn, Weight }) => [TargetGroupArn, Weight]));
    const known = this.#rule(RuleArn);
    const stranger = Object.keys(weights).find((group) => !(group in known));
    if (stranger) throw new AwsError("TargetGroupNotFound", `One or more target groups not found: ${stranger}`);
    this.account.setRule(RuleArn, weights);
    const inOrder = Object.keys(weights).sort();
    this.moves.push(inOrder.map((group) => weights[group]).join("/"));
    return {};
  }

  describeServices({ Cluster, Services }: { Cluster: string; Services: string[] }) {
    return { Services: Services.flatMap((name) => this.#described(Cluster, name)), Failures: [] };
  }

  updateService({ Cluster, Service, TaskDefinition, DesiredCount, ForceNewDeployment }: ServiceChange) {
    const before = this.account.service(Cluster, Service);
    if (!before) throw new AwsError("ServiceNotFoundException", "Service not found.");
    const wanted = TaskDefinition ?? before.taskDefinition;
    if (!this.account.revision(wanted))
      throw new AwsError("ClientException", `Unable to describe task definition ${wanted}`);
    const taskDefinition = arnLike(before.taskDefinition, wanted);
    const desiredCount = DesiredCount ?? before.desiredCount;
    const failed = TaskDefinition !== undefined && this.broken.has(revisionOf(wanted));
    this.account.setService(Cluster, Service, {
      taskDefinition: failed ? before.taskDefinition : taskDefinition,
      desiredCount,
    });
    this.loads.push(`${Service} ${revisionOf(wanted)} x${desiredCount}`);
    // Another number of tasks is no deployment, and the last one stays complete.
    if (taskDefinition === before.taskDefinition && !ForceNewDeployment) return {};
    this.#looks.set(Service, 0);
    this.#rollouts.set(Service, this.sick.has(revisionOf(wanted)) ? "IN_PROGRESS" : "COMPLETED");
    return {};
  }

  describeTargetHealth({ TargetGroupArn }: { TargetGroupArn: string }) {
    const State = this.emptied.has(TargetGroupArn) ? "draining" : "healthy";
    return { TargetHealthDescriptions: [{ Target: { Id: "10.0.0.7" }, TargetHealth: { State } }] };
  }

  describeTaskDefinition({ TaskDefinition }: { TaskDefinition: string }) {
    if (!this.account.revision(TaskDefinition))
      throw new AwsError("ClientException", "Unable to describe task definition.");
    const Image = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/slipway-dev-app@${imageDigest(revisionOf(TaskDefinition))}`;
    const ContainerDefinitions = [{ Name: "collector" }, { Name: "service", Image }];
    return { TaskDefinition: { TaskDefinitionArn: TaskDefinition, Status: "ACTIVE", ContainerDefinitions } };
  }

  #described(cluster: string, name: string) {
    const found = this.account.service(cluster, name);
    if (!found) return [];
    const looks = this.#looks.get(name) ?? this.startLooks;
    this.#looks.set(name, looks + 1);
    const RolloutState = looks < this.startLooks ? "IN_PROGRESS" : (this.#rollouts.get(name) ?? "COMPLETED");
    const { arn: ServiceArn, taskDefinition: TaskDefinition, desiredCount: DesiredCount, targetGroupArn } = found;
    const old = { Status: "ACTIVE", RolloutState: "COMPLETED", TaskDefinition: TaskDefinition.replace(/\d+$/, "1") };
    return [
      {
        ...{
          ServiceArn,
          ServiceName: name,
          Status: "ACTIVE",
          TaskDefinition,
          DesiredCount,
          RunningCount: DesiredCount,
        },
        LoadBalancers: [{ TargetGroupArn: targetGroupArn }],
        Deployments: [old, { Status: "PRIMARY", TaskDefinition, DesiredCount, RolloutState }],
      },
    ];
  }

  #rule(arn: string): Record<string, number> {
    const found = this.account.rule(arn);
    if (!found) throw new AwsError("RuleNotFound", `One or more rules not found: ${arn}`);
    return found;
  }
}

/** Digest of the image of a revision. */
export const imageDigest = (revision: string) => `sha256:${revision.padStart(64, "0")}`;

export const revisionOf = (taskDefinition: string) => taskDefinition.split(":").at(-1)!;

/** ECS takes `family:7` as well, and answers the ARN. */
const arnLike = (arn: string, given: string) =>
  given.startsWith("arn:") ? given : `${arn.slice(0, arn.lastIndexOf("/"))}/${given}`;
