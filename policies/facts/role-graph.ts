import { catalogue, type Action } from "../data/catalogue.ts";
import { escalations } from "../data/escalations.ts";
import { accessTo } from "../iam/access.ts";
import { has } from "../iam/actions.ts";
import { codes, matches, readGlob } from "../iam/glob.ts";
import { readDocument } from "../iam/document.ts";
import { denialsOf, given } from "../iam/permissions.ts";
import type { Resource } from "../resource.ts";
import { ownAccounts } from "./accounts.ts";
import { holdersIn, type Holder } from "./holders.ts";
import { holderSubject } from "./permissions.ts";
import { documentsOf } from "./policy-documents.ts";
import { roleUses, type RoleUse } from "./role-uses.ts";
import { serviceOf, trustedServices } from "./trusts.ts";
import { isUnknown } from "./unknown.ts";

/** How one role gets the rights of another. */
export interface Step {
  readonly to: Holder;
  readonly by: string;
}

/** Who of a stack can become whom. */
export interface RoleGraph {
  readonly roles: readonly Holder[];
  /** Policies of which it is not known whose they are, and trusts that are not known. */
  readonly stray: Holder["unknown"];
  readonly uses: readonly RoleUse[];
  readonly stepsFrom: (role: Holder) => readonly Step[];
  /** Whether a holder may do an action on a resource, conditions that can be met included. */
  readonly can: (role: Holder, action: string, arn: string) => boolean;
}

export function roleGraph(resources: readonly Resource[]): RoleGraph {
  let found = graphs.get(resources);
  if (!found) graphs.set(resources, (found = graphOf(resources)));
  return found;
}

const graphs = new WeakMap<readonly Resource[], RoleGraph>();

function graphOf(resources: readonly Resource[]): RoleGraph {
  const all = holdersIn(resources);
  const holders = all.filter(({ resource }) => resource.type === roleType);
  const uses = roleUses(resources);
  const home = homeOf(resources);
  const known = new Map<Holder, readonly Step[]>();
  const usesOf = (to: Holder) => uses.filter(({ role }) => role === to.resource);
  const targets = holders.map((to) => ({ to, uses: usesOf(to) }));
  const from = (role: Holder): Step[] => {
    const { grants } = holderSubject(role).permissions;
    if (!moving().some(({ id }) => grants.some(({ actions }) => has(actions, id)))) return [];
    return targets.flatMap(({ to, uses }) => (to === role ? [] : ways(role, to, uses, home).map((by) => ({ to, by }))));
  };
  return {
    roles: holders,
    stray: [
      ...all.filter(({ isPrincipal }) => !isPrincipal).flatMap(({ unknown }) => unknown),
      ...holders.flatMap(({ resource }) => unknownTrust(resource)),
    ],
    uses,
    can: (role, action, arn) => may(role, action, arn),
    stepsFrom: (role) => {
      let steps = known.get(role);
      if (!steps) known.set(role, (steps = from(role)));
      return steps;
    },
  };
}

const roleType = "aws:iam/role:Role";

/** Actions by which one role gets at another. */
let moves: readonly Action[] | undefined;
const moving = () =>
  (moves ??= ["sts:AssumeRole", "iam:PassRole", ...takeovers.map(({ action }) => action)].flatMap(
    (name) => catalogue.find(name) ?? [],
  ));

function ways(role: Holder, to: Holder, uses: readonly RoleUse[], home: Home): string[] {
  const [own, target] = [arnOf(role.resource, home), arnOf(to.resource, home)];
  const found: string[] = [];
  if (may(role, "sts:AssumeRole", target) && trusts(to.resource, own, home.account)) found.push("sts:AssumeRole");
  if (unknownTrust(to.resource).length === 0 && may(role, "iam:PassRole", target)) {
    const service = trustedServices(to.resource).find((one) => runsFor(role, one));
    if (service !== undefined) found.push(`iam:PassRole to ${service}`);
  }
  for (const { by } of uses) {
    const action = takeovers.find(({ type, action }) => type === by.type && may(role, action, arnOf(by, home)));
    if (action) found.push(`${action.action} on ${by.name}`);
  }
  return found;
}

const unknownTrust = (role: Resource): Holder["unknown"] =>
  documentsOf(role).flatMap(({ kind, unknown, resource }) =>
    kind === "trust" && unknown ? [{ unknown, resource }] : [],
  );

/** Actions that make what runs as a role run something else. */
const takeovers = [
  { type: "aws:lambda/function:Function", action: "lambda:UpdateFunctionCode" },
  { type: "aws:lambda/function:Function", action: "lambda:UpdateFunctionConfiguration" },
  { type: "aws:sfn/stateMachine:StateMachine", action: "states:UpdateStateMachine" },
  { type: "aws:codebuild/project:Project", action: "codebuild:UpdateProject" },
  { type: "aws:codebuild/project:Project", action: "codebuild:StartBuild" },
  { type: "aws:codepipeline/pipeline:Pipeline", action: "codepipeline:UpdatePipeline" },
];

/** Whether a holder may start something that runs as the role it passes to a service. */
function runsFor(role: Holder, service: string): boolean {
  const access = accessTo(holderSubject(role));
  return escalations().some(
    ({ category, passedToService, alternatives }) =>
      category === "new-passrole" &&
      passedToService !== undefined &&
      serviceOf(passedToService) === service &&
      alternatives.some((way) => way.every((action) => reaches(access, action, passedToService))),
  );
}

const reaches = (access: ReturnType<typeof accessTo>, action: Action, service: string) =>
  (action.name === "iam:PassRole" ? access(action)?.passing(service) : access(action)) !== undefined;

function may(role: Holder, name: string, arn: string): boolean {
  const action = catalogue.find(name);
  if (!action) return false;
  const { grants, denials } = holderSubject(role).permissions;
  if (!grants.some(({ actions }) => has(actions, action.id))) return false;
  const about = denialsOf(denials, action.id);
  return grants.some((grant) => has(grant.actions, action.id) && given(grant, about, codes(arn)) !== undefined);
}

/** Whether a role's trust lets another role in, by its name or by its account. */
function trusts(role: Resource, arn: string, account: string): boolean {
  const [trust] = documentsOf(role).filter(({ kind }) => kind === "trust");
  const { statements } = readDocument(trust?.policy ?? {}, "trust");
  const named = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ principals }) => principals?.list ?? []);
  return named.some(
    ({ type, value }) =>
      type === "Any" ||
      (type === "AWS" && (value === account || value.endsWith(`::${account}:root`) || matches(readGlob(value), arn))),
  );
}

/** Account and region of a stack, as far as they are known. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

export function homeOf(resources: readonly Resource[]): Home {
  const [account = "000000000000"] = ownAccounts(resources);
  const provider = resources.find(({ type }) => type === "pulumi:providers:aws");
  const arns = resources.map(({ outputs }) => outputs?.["arn"]).filter((arn) => typeof arn === "string");
  const regions = [provider?.props["region"], ...arns.map((arn) => arn.split(":")[3])];
  const region = regions.find((one): one is string => typeof one === "string" && /^[a-z]{2}(-[a-z]+)+-\d$/.test(one));
  return { account, region: region ?? "us-east-1" };
}

/** The ARN of a resource; of a role or function that has none yet, the one it will have. */
export function arnOf({ type, name, props, outputs }: Resource, { account, region }: Home): string {
  const arn = outputs?.["arn"] ?? props["arn"];
  if (typeof arn === "string" && !isUnknown(arn)) return arn;
  const chosen = typeof props["name"] === "string" && !isUnknown(props["name"]) ? props["name"] : name;
  const template = templates[type];
  return template ? template(region, account, chosen) : "";
}

const templates: Readonly<Record<string, (region: string, account: string, name: string) => string>> = {
  [roleType]: (_, account, name) => `arn:aws:iam::${account}:role/${name}`,
  "aws:lambda/function:Function": (region, account, name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  "aws:sfn/stateMachine:StateMachine": (region, account, name) =>
    `arn:aws:states:${region}:${account}:stateMachine:${name}`,
  "aws:codebuild/project:Project": (region, account, name) => `arn:aws:codebuild:${region}:${account}:project/${name}`,
  "aws:codepipeline/pipeline:Pipeline": (region, account, name) => `arn:aws:codepipeline:${region}:${account}:${name}`,
  "aws:sqs/queue:Queue": (region, account, name) => `arn:aws:sqs:${region}:${account}:${name}`,
  "aws:sns/topic:Topic": (region, account, name) => `arn:aws:sns:${region}:${account}:${name}`,
  "aws:dynamodb/table:Table": (region, account, name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  "aws:secretsmanager/secret:Secret": (region, account, name) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`,
  "aws:ssm/parameter:Parameter": (region, account, name) =>
    `arn:aws:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`,
  "aws:kinesis/stream:Stream": (region, account, name) => `arn:aws:kinesis:${region}:${account}:stream/${name}`,
};
