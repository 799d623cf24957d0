/** A written exception: one rule, few resources, a reason, an owner, an end. */
export interface Waiver {
  /** Id of the rule. */
  readonly rule: string;
  /** Logical name of the resource; `*` stands for any characters. */
  readonly resource: string;
  /** Why the rule may be broken here, and what protects instead. */
  readonly reason: string;
  /** Who answers for it: a team or a person. */
  readonly owner: string;
  /** Last day on which it counts, `YYYY-MM-DD`; at most a year ahead. */
  readonly expires: string;
  /** Whether only some stacks need it, so that one that does not says nothing. Defaults to false. */
  readonly someStacks?: boolean;
}

/** The exceptions in force, and which of them a run needed. */
export interface Ledger {
  readonly waivers: readonly Waiver[];
  readonly used: ReadonlySet<Waiver>;
  /** Ids of all rules there are. */
  readonly rules: readonly string[];
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The rule that looks after the exceptions; there is none from it. */
export const ledgerRule = "exception-ledger";

/** The exceptions of this project. */
export const waivers: readonly Waiver[] = [
  {
    rule: "trust-confused-deputy",
    resource: "api-logging-role",
    reason:
      "API Gateway documents no source for the account's logging role, and refuses a role it cannot assume; the role may only write logs",
    owner: "platform",
    expires: "2027-06-30",
  },
  ...["patients-grant", "appointments-grant", "migrations-runner-grant"].map((resource) => ({
    rule: "iam-resource-scope",
    resource,
    reason:
      "Lambda makes the network interfaces under ids that AWS invents; KeepNetworkFromCode in the same policy takes the actions from the code",
    owner: "platform",
    expires: "2027-06-30",
  })),
  {
    rule: "iam-resource-scope",
    resource: "*-probe-run-grant",
    reason:
      "Lambda makes the network interfaces under ids that AWS invents; KeepNetworkFromCode in the same policy takes the actions from the code",
    owner: "platform",
    expires: "2027-06-30",
    someStacks: true,
  },
  ...["patients-rollout-grant", "appointments-rollout-grant"].map((resource) => ({
    rule: "iam-permissions-management",
    resource,
    reason:
      "Step Functions asks for logs:PutResourcePolicy of a role whose state machine logs, and CloudWatch Logs takes no narrower resource",
    owner: "platform",
    expires: "2027-06-30",
  })),
  ...["patients-shift-grant", "appointments-shift-grant"].map((resource) => ({
    rule: "iam-resource-scope",
    resource,
    reason:
      "AWS invents the ids of listeners, rules and target groups; the role is ECS's own and assumed by nobody else",
    owner: "platform",
    expires: "2027-06-30",
  })),
  {
    rule: "trust-confused-deputy",
    resource: "proxy-role",
    reason: "RDS documents no source for the role of a proxy; it may only log in to this stack's database",
    owner: "platform",
    expires: "2027-06-30",
  },
  {
    rule: "trust-confused-deputy",
    resource: "fleet-*-access-policy",
    reason:
      "the log delivery of load balancers names no source and is refused where one is asked for; it writes under the number of the load balancer's account, and the policy takes that of this account alone",
    owner: "platform",
    expires: "2027-06-30",
  },
  {
    rule: "resource-policy-public",
    resource: "fleet-keys-api",
    reason:
      "it gives public keys; AWS invents the endpoint's id, so the network's addresses stand for it, and no internet reaches it",
    owner: "platform",
    expires: "2027-06-30",
  },
  {
    rule: "iam-blast-radius",
    resource: "api-logging-role",
    someStacks: true,
    reason:
      "API Gateway has one logging role for the whole account and refuses it without AWS's own policy; nobody but API Gateway becomes it",
    owner: "platform",
    expires: "2027-06-30",
  },
  {
    rule: "iam-blast-radius",
    resource: "registry-images-access",
    someStacks: true,
    reason:
      "An image is built once and promoted by digest, so functions of every stack of the project pull from where it was built; they may only read",
    owner: "platform",
    expires: "2027-06-30",
  },
];

/** The waiver that covers a finding, if there is one that has not expired. */
export const waiverFor = (rule: string, resource: string, { waivers, today }: Pick<Ledger, "waivers" | "today">) =>
  waivers.find(
    (waiver) =>
      rule !== ledgerRule && waiver.rule === rule && waiver.expires >= today && covers(waiver.resource, resource),
  );

/** Whether `pattern`, in which `*` stands for any characters, covers the whole of `name`. Takes time linear in both. */
export function covers(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
