import type { Node } from "../graph.ts";

/** A load balancer's listener, as the graph describes it. */
export interface ListenerSpec {
  arn: string;
  loadBalancerArn: string;
  protocol: string;
  port: number;
  rules: RuleSpec[];
  /** Status where no rule fits. */
  defaultStatus: number;
  defaultBody: string;
}

/** Requests that go to the same targets. */
export interface RuleSpec {
  arn: string;
  matches(method: string, path: string): boolean;
  /** What the token must be, where one is asked for. */
  token?: TokenRule;
  /** The shares that it begins with. */
  shares: readonly GroupShare[];
}

/** A target group by its ARN, and its weight beside those of the other groups. */
export interface GroupShare {
  arn: string;
  weight: number;
}

export interface TokenRule {
  issuer: string;
  claims: { name: string; format: string; values: string[] }[];
}

/** How a target group asks its targets. */
export interface HealthSpec {
  path: string;
  matcher: string;
  healthyThreshold: number;
  unhealthyThreshold: number;
  intervalSeconds: number;
  timeoutSeconds: number;
}

/** The listeners of the graph that forward to services: those for production traffic, redirects left out. */
export function readListeners(nodes: Node[]): ListenerSpec[] {
  const rules = nodes.filter(({ type }) => type === "aws:lb/listenerRule:ListenerRule");
  return nodes
    .filter(({ type }) => type === "aws:lb/listener:Listener")
    .map(({ inputs, outputs }) => {
      const [action] = inputs.defaultActions;
      return {
        arn: outputs.arn,
        loadBalancerArn: inputs.loadBalancerArn,
        protocol: inputs.protocol,
        port: inputs.port,
        rules: rules
          .filter((rule) => rule.inputs.listenerArn === outputs.arn)
          .sort((a, b) => a.inputs.priority - b.inputs.priority)
          .map(readRule),
        defaultStatus: Number(action.fixedResponse?.statusCode ?? 503),
        defaultBody: action.fixedResponse?.messageBody ?? "",
      };
    })
    .filter(({ rules: own }) => own.length > 0);
}

type Matches = RuleSpec["matches"];

/** The conditions a listener of this machine looks at, each with its values. */
const conditions: Record<string, (values: string[]) => Matches> = {
  pathPattern: (values) => {
    const patterns = values.map(pattern);
    return (_method, path) => patterns.some((fits) => fits.test(path));
  },
  httpRequestMethod: (values) => (method) => values.includes(method),
};
const actions = ["jwt-validation", "forward"];

/** A rule may only say what is served here: what was passed over would be answered where AWS refuses it. */
function readRule({ name, inputs, outputs }: Node): RuleSpec {
  const refuse = (what: string): never => {
    throw new Error(`rule "${name}" has ${what}, which no load balancer on this machine knows: serve it first`);
  };
  if (inputs.transforms?.length > 0) refuse("transforms");
  const all = inputs.conditions.flatMap((condition: Record<string, { values?: string[] }>) =>
    Object.entries(condition).map(([kind, { values, ...rest }]): Matches => {
      const [more] = Object.keys(rest);
      const read = conditions[kind];
      return read && values && !more ? read(values) : refuse(`the condition ${kind}${more ? `.${more}` : ""}`);
    }),
  ) as Matches[];
  const other = inputs.actions.find(({ type }: { type: string }) => !actions.includes(type));
  if (other) refuse(`the action ${other.type}`);
  const validation = inputs.actions.find(({ type }: { type: string }) => type === "jwt-validation")?.jwtValidation;
  const forward = inputs.actions.find(({ type }: { type: string }) => type === "forward");
  return {
    arn: outputs.arn,
    matches: (method, path) => all.every((matches) => matches(method, path)),
    ...(validation && { token: { issuer: validation.issuer, claims: validation.additionalClaims ?? [] } }),
    shares: forward.forward?.targetGroups ?? [{ arn: forward.targetGroupArn, weight: 100 }],
  };
}

/** `*` stands for any characters, `?` for one. */
const pattern = (path: string) =>
  new RegExp(
    `^${path
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  );

/** The load balancers that have a name of their own in DNS: their ARNs by that name. */
export function readNames(nodes: Node[]): ReadonlyMap<string, string> {
  const balancers = nodes.filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
  const records = nodes.filter(({ type, inputs }) => type === "aws:route53/record:Record" && inputs.aliases?.length);
  return new Map(
    records.flatMap(({ inputs }): [string, string][] => {
      const balancer = balancers.find(({ outputs }) => outputs.dnsName === inputs.aliases[0].name);
      return balancer ? [[inputs.name, balancer.outputs.arn]] : [];
    }),
  );
}

/** How the group `arn` asks its targets. Fails on a group that the graph does not hold. */
export function readHealth(nodes: Node[], arn: string): HealthSpec {
  const group = nodes.find(({ type, outputs }) => type === "aws:lb/targetGroup:TargetGroup" && outputs.arn === arn);
  if (!group) throw new Error(`target group "${arn}" is not part of the stack: add it`);
  const { path, matcher, healthyThreshold, unhealthyThreshold, interval, timeout } = group.inputs.healthCheck;
  return { path, matcher, healthyThreshold, unhealthyThreshold, intervalSeconds: interval, timeoutSeconds: timeout };
}
