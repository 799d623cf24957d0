import * as lb from "@pulumi/aws/lb/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { TargetPair } from "./target-pair.ts";

/** Paths of a service that have the same rules. */
export interface ServiceRoute {
  /** Up to five, `*` stands for any characters: `/patients`, `/patients/*`. */
  paths: readonly string[];
  /** Methods, in upper case. Defaults to all. */
  methods?: readonly string[];
  /** Scope the token must carry, as it stands in tokens. Defaults to a valid access token with any scope. */
  scope?: string;
  /** Why no token is needed. Only then none is. */
  publicReason?: string;
}

export interface ListenerRulesArgs {
  routes: readonly ServiceRoute[];
  /** Number of the first rule; lower ones are asked first. One for each route is taken. */
  priority: number;
  /** Issuer whose access tokens are asked for. Without one the gateway in front has asked already. */
  tokenIssuer?: pulumi.Input<string>;
  /** Whether the strategy moves the weights: ECS does, or the state machine of two slots. */
  shifted: boolean;
  /** Tags by which permissions tell the rules. Defaults to none. */
  tags?: Readonly<Record<string, string>>;
}

/** Most conditions' values one rule takes (Elastic Load Balancing quotas). */
export const mostValues = 5;

/** The last number a listener's rule may have (Elastic Load Balancing API, CreateRule). */
const lastPriority = 50_000;

/**
 * Whether the weights are another's to move, under this strategy or under the next: one rule that only forwards. What ECS needs for
 * that is there from the first deployment, since it takes the two groups in a rolling deployment before any that shifts (ECS
 * developer guide, "Update the deployment strategy from rolling updates to blue/green").
 */
export const movable = ({ routes, tokenIssuer }: Pick<ListenerRulesArgs, "routes" | "tokenIssuer">): boolean =>
  routes.length === 1 && tokenIssuer === undefined;

/** Refuses rules that a load balancer, or ECS, could not keep. */
export function checkRoutes({ routes, priority, tokenIssuer, shifted }: ListenerRulesArgs): void {
  if (routes.length === 0) throw new Error("routes is empty: name at least one path of the service");
  for (const { paths, methods = [], publicReason, scope } of routes) {
    const wrong = paths.find((path) => !/^\/[A-Za-z0-9_\-.$/~"'@:+*?&]*$/.test(path) || path.length > 128);
    if (wrong !== undefined || paths.length === 0) {
      throw new Error(`routes must have paths that begin with a slash, got "${wrong ?? ""}": use such as /patients/*`);
    }
    if (paths.length + methods.length > mostValues) {
      throw new Error(
        `routes has a rule of ${paths.length + methods.length} values, a load balancer takes ${mostValues}: split it`,
      );
    }
    if (publicReason !== undefined && (scope !== undefined || publicReason.trim() === "")) {
      throw new Error(`routes has "${paths[0]}" open to everybody: write the reason and leave its scope out`);
    }
  }
  if (shifted && routes.length > 1) {
    const advice = "give one route and let the service check scopes, or use the strategy rolling";
    throw new Error(`routes has ${routes.length} rules, and the traffic of one can be moved: ${advice}`);
  }
  // Nothing shows that ECS keeps an action before the one whose weights it writes.
  if (shifted && tokenIssuer !== undefined) {
    const advice = "use the strategy rolling, or put the gateway in front";
    throw new Error(`tokenIssuer makes the listener rule ask for tokens, which a shift might take away: ${advice}`);
  }
  if (!tokenIssuer && routes.some(({ scope }) => scope !== undefined)) {
    throw new Error("routes ask for scopes, and nobody checks them: give tokenIssuer");
  }
  if (!Number.isInteger(priority) || priority < 1 || priority + routes.length - 1 > lastPriority) {
    const last = lastPriority + 1 - routes.length;
    throw new Error(
      `priority must be a whole number from 1 to ${last}, got ${priority}: give each service a range of its own`,
    );
  }
}

/** The rules of a service on one listener, all towards the group that has the traffic. */
export function listenerRules(
  name: string,
  { routes, priority, tokenIssuer, tags }: ListenerRulesArgs,
  { listenerArn, targets }: { listenerArn: pulumi.Input<string>; targets: TargetPair },
  child: pulumi.CustomResourceOptions,
): lb.ListenerRule[] {
  // The weights are written by others from here on: what was chosen last is no drift, nor undone by another strategy.
  const opts = movable({ routes, tokenIssuer }) ? { ...child, ignoreChanges: ["actions"] } : child;
  return routes.map((route, index) => {
    const suffix = routes.length === 1 ? "" : `-${index + 1}`;
    const validation = tokenIssuer && route.publicReason === undefined ? [validated(tokenIssuer, route.scope)] : [];
    const actions = [...validation, forwardTo(targets)].map((action, order) => ({ ...action, order: order + 1 }));
    const methods = route.methods?.length ? [{ httpRequestMethod: { values: [...route.methods] } }] : [];
    const conditions = [{ pathPattern: { values: [...route.paths] } }, ...methods];
    return new lb.ListenerRule(
      `${name}${suffix}`,
      { listenerArn, priority: priority + index, conditions, actions, ...tagged(tags, route.publicReason) },
      opts,
    );
  });
}

/** The tags of a rule; one open to everybody carries the reason, in the characters that a tag takes (Elastic Load Balancing API, Tag). */
function tagged(tags: ListenerRulesArgs["tags"], publicReason: string | undefined) {
  const reason = publicReason?.replaceAll(/[^\p{L}\p{N}_.:/=+\-@]+/gu, " ").trim();
  return tags || reason
    ? { tags: { ...tags, ...(reason && { "public-reason": reason.slice(0, 255).trimEnd() }) } }
    : {};
}

/** Only access tokens, as behind the gateway: a pool signs ID tokens with the same keys. */
function validated(issuer: pulumi.Input<string>, scope: string | undefined) {
  const claims = [
    { name: "token_use", format: "single-string", values: ["access"] },
    ...(scope ? [{ name: "scope", format: "space-separated-values", values: [scope] }] : []),
  ];
  const jwksEndpoint = pulumi.interpolate`${issuer}/.well-known/jwks.json`;
  return { type: "jwt-validation", jwtValidation: { issuer, jwksEndpoint, additionalClaims: claims } };
}

/** Both groups belong to the rule from the start, one without a share: ECS only moves weights. */
const forwardTo = ({ blue, green }: TargetPair) => ({
  type: "forward",
  forward: {
    targetGroups: [
      { arn: blue.arn, weight: 100 },
      { arn: green.arn, weight: 0 },
    ],
  },
});
