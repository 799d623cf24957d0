import type { GroupShare, ListenerSpec } from "./balancer-spec.ts";

/** The shares of the target groups by rule, in memory: asked at every request, so weights may change while the load balancer runs. */
export class RuleTable {
  readonly #shares = new Map<string, readonly GroupShare[]>();

  constructor(listeners: readonly ListenerSpec[]) {
    for (const { arn, shares } of listeners.flatMap(({ rules }) => rules)) this.set(arn, shares);
  }

  /** Fails on a rule that no listener has. */
  find(ruleArn: string): readonly GroupShare[] {
    const shares = this.#shares.get(ruleArn);
    if (!shares) throw new Error(`listener rule "${ruleArn}" is not part of the stack: add it`);
    return shares;
  }

  set(ruleArn: string, shares: readonly GroupShare[]): void {
    this.#shares.set(ruleArn, shares);
  }
}

/** The target group that one request goes to; `draw` is a number in [0, 1). Undefined where no group has a share. */
export function groupFor(shares: readonly GroupShare[], draw: number): string | undefined {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  let left = draw * total;
  return shares.find(({ weight }) => (left -= weight) < 0)?.arn;
}
