import type { HealthSpec } from "./balancer-spec.ts";

/** What a load balancer knows of a target. */
export type TargetState = "initial" | "healthy" | "unhealthy";

/**
 * Counts the checks of one target as a load balancer does: so many in a row to become healthy, so many to stop being it. A target that was
 * never healthy needs only one: that is how it gets its first traffic in seconds.
 */
export class TargetHealth {
  readonly #spec: Pick<HealthSpec, "healthyThreshold" | "unhealthyThreshold">;
  #state: TargetState = "initial";
  #row = 0;

  constructor(spec: Pick<HealthSpec, "healthyThreshold" | "unhealthyThreshold">) {
    this.#spec = spec;
  }

  get state(): TargetState {
    return this.#state;
  }

  /** Takes the result of one check. */
  checked(passed: boolean): void {
    const changes = passed ? this.#state !== "healthy" : this.#state !== "unhealthy";
    if (!changes) return void (this.#row = 0);
    this.#row += 1;
    const { healthyThreshold, unhealthyThreshold } = this.#spec;
    const needed = this.#state === "initial" && passed ? 1 : passed ? healthyThreshold : unhealthyThreshold;
    if (this.#row < needed) return;
    this.#state = passed ? "healthy" : "unhealthy";
    this.#row = 0;
  }
}

/** Whether a status is one of `matcher`, `200`, `200,202` or `200-299`. */
export function accepted(matcher: string, status: number): boolean {
  return matcher.split(",").some((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return status >= first && status <= last;
  });
}
