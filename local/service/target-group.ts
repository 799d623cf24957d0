import type { HealthSpec } from "./balancer-spec.ts";
import { accepted, TargetHealth } from "./target-health.ts";

/** Something that listens on this machine. */
export interface Target {
  port: number;
  /** What it runs, where there are several versions of it. */
  version?: string;
}

interface Member {
  target: Target;
  health: TargetHealth;
  timer: NodeJS.Timeout;
  /** Requests under way. */
  outstanding: number;
}

/** The targets of one group, asked again and again whether they are well. */
export class TargetGroup {
  readonly #spec: HealthSpec;
  readonly #intervalMillis: number;
  readonly #members = new Set<Member>();
  #waiting: { target?: Target; go: () => void }[] = [];

  /** `intervalMillis` replaces the group's own interval, which would make a laptop wait for minutes. */
  constructor(spec: HealthSpec, intervalMillis: number) {
    this.#spec = spec;
    this.#intervalMillis = intervalMillis;
  }

  add(target: Target): void {
    const member = { target, health: new TargetHealth(this.#spec), outstanding: 0 } as Member;
    this.#members.add(member);
    const look = async () => {
      member.health.checked(await this.#passes(target));
      if (!this.#members.has(member)) return;
      if (member.health.state === "healthy") this.#admit(target);
      member.timer = setTimeout(look, this.#intervalMillis);
    };
    void look();
  }

  /** No new requests for it from here on; those under way go on. */
  remove(target: Target): void {
    for (const member of this.#members) {
      if (member.target !== target) continue;
      clearTimeout(member.timer);
      this.#members.delete(member);
    }
    this.#waiting = this.#waiting.filter((waiting) => waiting.target !== target);
  }

  /** The targets and what is known of them. */
  get states(): { port: number; state: string }[] {
    return [...this.#members].map(({ target, health }) => ({ port: target.port, state: health.state }));
  }

  /** Gives `work` the healthy target with the fewest requests under way. When none is healthy all count as healthy, as on AWS. */
  async withTarget<T>(work: (target: Target) => Promise<T>): Promise<T | undefined> {
    const healthy = [...this.#members].filter(({ health }) => health.state === "healthy");
    const known = [...this.#members].filter(({ health }) => health.state !== "initial");
    const candidates = healthy.length > 0 ? healthy : known;
    const [member] = candidates.sort((a, b) => a.outstanding - b.outstanding);
    if (!member) return undefined;
    // The next of equals, so that requests one after the other do not all meet the same.
    this.#members.delete(member);
    this.#members.add(member);
    member.outstanding += 1;
    try {
      return await work(member.target);
    } finally {
      member.outstanding -= 1;
    }
  }

  /** How many targets are healthy; undefined while there is none at all, as a load balancer tells nothing of an empty group. */
  get healthyCount(): number | undefined {
    if (this.#members.size === 0) return undefined;
    return [...this.#members].filter(({ health }) => health.state === "healthy").length;
  }

  /** Resolves when `wanted` is healthy, or any target where none is named; never for one that is removed before that. */
  async healthy(wanted?: Target): Promise<void> {
    const fits = ({ target, health }: Member) => health.state === "healthy" && (!wanted || target === wanted);
    if ([...this.#members].some(fits)) return;
    await new Promise<void>((go) => this.#waiting.push({ target: wanted, go }));
  }

  #admit(target: Target): void {
    const admitted = this.#waiting.filter((waiting) => !waiting.target || waiting.target === target);
    this.#waiting = this.#waiting.filter((waiting) => !admitted.includes(waiting));
    for (const { go } of admitted) go();
  }

  stop(): void {
    for (const { target } of [...this.#members]) this.remove(target);
    this.#waiting = [];
  }

  async #passes({ port }: Target): Promise<boolean> {
    const { path, matcher, timeoutSeconds } = this.#spec;
    try {
      const signal = AbortSignal.timeout(timeoutSeconds * 1000);
      const headers = { "user-agent": "ELB-HealthChecker/2.0", connection: "close" };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal, headers });
      await answer.body?.cancel();
      return accepted(matcher, answer.status);
    } catch {
      return false;
    }
  }
}
