import { catalogue, type Action } from "../data/catalogue.ts";
import { escalations } from "../data/escalations.ts";
import { accessTo } from "../iam/access.ts";
import { has, union } from "../iam/actions.ts";
import { codes, matches, readGlob } from "../iam/glob.ts";
import { readDocument, type Statement } from "../iam/document.ts";
import { denialsOf, given } from "../iam/permissions.ts";
import { ofType, type Resource } from "../resource.ts";
import { holdersIn, type Holder } from "./holders.ts";
import { arnOf, homeOf, type Home } from "./home.ts";
import { unknownImages } from "./images.ts";
import { holderSubject, policiesOf } from "./permissions.ts";
import { documentsOf } from "./policy-documents.ts";
import { roleUses, type RoleUse } from "./role-uses.ts";
import { takeovers } from "./takeovers.ts";
import { entryOf, serviceOf, trustedServices, trustOf } from "./trusts.ts";

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
  const loose = all.filter(({ isPrincipal }) => !isPrincipal).flatMap(({ unknown }) => unknown);
  const known = new Map<Holder, readonly Step[]>();
  const usesOf = (to: Holder) => uses.filter(({ role }) => role === to.resource);
  const targets = holders.map((to): Target => ({ to, uses: usesOf(to), trust: trustOf(to.resource) }));
  const from = (role: Holder): Step[] => {
    const { grants } = holderSubject(role).permissions;
    const moves = moving().some(({ id }) => grants.some(({ actions }) => has(actions, id)));
    return targets.flatMap((target) => {
      const { to } = target;
      if (to === role) return [];
      const assumed = assumes(role, target, home, loose.length > 0) ? ["sts:AssumeRole"] : [];
      return [...assumed, ...(moves ? ways(role, target, home, resources) : [])].map((by) => ({ to, by }));
    });
  };
  return {
    roles: holders,
    stray: [
      ...loose,
      ...holders.flatMap(({ resource }) => unknownTrust(resource)),
      ...unknownRuns(holders, uses, resources),
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

/** What runs as a role, where somebody may put images and it is not known which ones it runs. */
function unknownRuns(
  holders: readonly Holder[],
  uses: readonly RoleUse[],
  resources: readonly Resource[],
): Holder["unknown"] {
  const id = catalogue.find("ecr:PutImage")?.id ?? -1;
  if (!holders.some((one) => holderSubject(one).permissions.grants.some(({ actions }) => has(actions, id)))) return [];
  const repositories = ofType(resources, "aws:ecr/repository:Repository");
  return [...new Set(uses.map(({ by }) => by)), ...repositories].flatMap((resource) => {
    const unknown = unknownImages(resource);
    return unknown ? [{ unknown, resource }] : [];
  });
}

const roleType = "aws:iam/role:Role";

/** Actions by which one role gets at another. */
let moves: readonly Action[] | undefined;
const moving = () =>
  (moves ??= ["sts:AssumeRole", "iam:PassRole", ...takeovers.map(({ action }) => action)].flatMap(
    (name) => catalogue.find(name) ?? [],
  ));

/** What one role can be reached by. */
interface Target {
  readonly to: Holder;
  readonly uses: readonly RoleUse[];
  readonly trust: readonly Statement[];
}

function ways(role: Holder, { to, uses }: Target, home: Home, resources: readonly Resource[]): string[] {
  const target = arnOf(to.resource, home);
  const found: string[] = [];
  if (unknownTrust(to.resource).length === 0 && may(role, "iam:PassRole", target)) {
    const service = trustedServices(to.resource).find((one) => runsFor(role, one));
    if (service !== undefined) found.push(`iam:PassRole to ${service}`);
  }
  for (const { by } of uses) {
    const taken = takeovers.find(
      ({ type, action, on }) => type === by.type && on(by, home, resources).some((arn) => may(role, action, arn)),
    );
    if (taken) found.push(`${taken.action} on ${by.name}`);
  }
  return found;
}

/** Within one account a trust that names the role is enough; one that names the account leaves it to the role's own policies. */
function assumes(role: Holder, { to, trust }: Target, home: Home, loose: boolean): boolean {
  const own = arnOf(role.resource, home);
  const entry = entryOf(trust, own, home.account);
  if (entry === undefined) return false;
  const target = arnOf(to.resource, home);
  if (may(role, "sts:AssumeRole", target)) return true;
  // what is not known may deny it; that it is not known is told by itself
  const unclear = loose || role.unknown.length > 0 || role.documents.some(({ unknown }) => unknown);
  return entry === "named" && !unclear && !refuses(role, "sts:AssumeRole", target);
}

/** Whether a policy of the holder denies an action on a resource, whatever else allows it. */
function refuses(role: Holder, name: string, arn: string): boolean {
  const id = catalogue.find(name)?.id;
  return policiesOf(role)
    .flatMap(({ policy }) => readDocument(policy, "identity").statements)
    .some(
      ({ effect, actions, exceptActions, resources, exceptResources, conditions }) =>
        effect === "Deny" &&
        conditions.length === 0 &&
        id !== undefined &&
        has(union(actions), id) !== exceptActions &&
        resources.some((text) => matches(readGlob(text), arn)) !== exceptResources,
    );
}

const unknownTrust = (role: Resource): Holder["unknown"] =>
  documentsOf(role).flatMap(({ kind, unknown, resource }) =>
    kind === "trust" && unknown ? [{ unknown, resource }] : [],
  );

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
