import { isDeepStrictEqual } from "node:util";
import type { Inputs } from "../../local/answers/account.ts";

/** A request as a service of AWS judges it: what is asked for, what was there before an update, and the other things of the type. */
export interface Request {
  inputs: Inputs;
  before?: Inputs;
  others: readonly Inputs[];
}

/** What AWS refuses although each input is well formed by itself, by type. Returns its words, or nothing. */
const refusals: Record<string, (request: Request) => string | undefined> = {
  "aws:ecs/service:Service": (request) => unprepared(request) ?? unforced(request),
  "aws:lb/listenerRule:ListenerRule": twiceBalanced,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": twiceAllowed,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": twiceAllowed,
};

/** Fails as AWS does on a request that it refuses. */
export function refuse(type: string, request: Request): void {
  const words = refusals[type]?.(request);
  if (words !== undefined) throw new Error(words);
}

/** Fails as AWS does where a thing is told to refuse its deletion. */
export function refuseDeletion(type: string, { enableDeletionProtection, deletionProtection }: Inputs): void {
  const kept = [enableDeletionProtection, deletionProtection].includes(true);
  if (kept) throw new Error(`OperationNotPermitted: ${type} cannot be deleted while its deletion protection is on`);
}

const shifts = ({ deploymentConfiguration }: Inputs) =>
  (deploymentConfiguration?.strategy ?? "ROLLING") !== "ROLLING" && deploymentConfiguration.strategy;

const prepared = ({ loadBalancers = [] }: Inputs) =>
  loadBalancers.every(({ advancedConfiguration }: Inputs) => advancedConfiguration !== undefined);

/** ECS takes both target groups in a rolling deployment before any that shifts (ECS developer guide, "update-rolling-to-bluegreen"). */
function unprepared({ inputs, before = inputs }: Request): string | undefined {
  const strategy = shifts(inputs);
  if (!strategy || (prepared(inputs) && prepared(before))) return;
  return `InvalidParameterException: ${strategy} needs loadBalancers with advancedConfiguration, deployed by ROLLING before`;
}

/** The provider refuses it before AWS does (terraform-provider-aws pull request 43533). */
function unforced({ inputs, before }: Request): string | undefined {
  if (!before || inputs.forceNewDeployment) return;
  if (isDeepStrictEqual(before.capacityProviderStrategies, inputs.capacityProviderStrategies)) return;
  return "force_new_deployment should be true when capacity_provider_strategy is being updated";
}

/** A rule is what it lets through; its description tells it from no other (EC2 error codes, InvalidPermission.Duplicate). */
function twiceAllowed({ inputs, others }: Request): string | undefined {
  const keys = [
    "securityGroupId",
    "ipProtocol",
    "fromPort",
    "toPort",
    "cidrIpv4",
    "referencedSecurityGroupId",
    "prefixListId",
  ];
  const same = others.some((rule) => keys.every((key) => rule[key] === inputs[key]));
  return same ? `InvalidPermission.Duplicate: the rule of "${inputs.securityGroupId}" already exists` : undefined;
}

/** A target group belongs to one load balancer (Elastic Load Balancing API, TargetGroupAssociationLimit). */
function twiceBalanced({ inputs, others }: Request): string | undefined {
  const groups = groupsOf(inputs);
  const elsewhere = others.filter((rule) => balancerOf(rule) !== balancerOf(inputs)).flatMap(groupsOf);
  const taken = groups.find((group) => elsewhere.includes(group));
  return taken && `TargetGroupAssociationLimit: "${taken}" belongs to another load balancer`;
}

const groupsOf = ({ actions = [] }: Inputs): string[] =>
  actions.flatMap(({ forward }: Inputs) => forward?.targetGroups?.map(({ arn }: Inputs) => arn) ?? []);

/** `app/<name>/<id>` out of the ARN of a listener. */
const balancerOf = ({ listenerArn }: Inputs) => /listener\/(app\/[^/]+\/[^/]+)\//.exec(String(listenerArn))?.[1];
