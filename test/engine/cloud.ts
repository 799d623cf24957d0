import { answerTo, type Answer } from "../../local/answers.ts";
import type { Answers, Inputs } from "../../local/answers/account.ts";
import { computed, revised, takenNames } from "./behaviour.ts";
import { refuse, refuseDeletion } from "./refusals.ts";

export type Action = "create" | "read" | "update" | "delete";

/** One request to the cloud. */
export interface Call {
  action: Action;
  /** Type token, for example `aws:sns/topic:Topic`. */
  type: string;
  /** Logical name. */
  name: string;
}

/** One thing that exists in the cloud. Tests change `inputs` and `state` to make drift. */
export interface Thing extends Call {
  id: string;
  inputs: Inputs;
  state: Inputs;
}

/** An account in memory: what exists, what was asked of it, and the faults a test wants. Shared by all attached providers. */
export class Cloud {
  /** What exists, by `<type> <id>`. */
  readonly things = new Map<string, Thing>();
  /** Every change made, oldest first, without reads. */
  readonly changes: Call[] = [];
  /** Called before each request; throws to refuse it, waits to delay it. */
  before: (call: Call) => void | Promise<void> = () => undefined;
  /** Called after each request took effect; throws to lose the answer on its way back. */
  after: (call: Call) => void | Promise<void> = () => undefined;
  /** Why what was just made does not become ready, so that the provider's wait for it fails: it is there all the same. */
  unready: (call: Call) => string | undefined = () => undefined;
  /** What this cloud answers other than the recorded graph, by type. */
  answers: Answers = {};
  /** Ids chosen ahead for things a remote component is about to create, by `<type> <name>`. */
  readonly reserved = new Map<string, string>();

  async create(type: string, name: string, inputs: Inputs): Promise<Thing> {
    const call: Call = { action: "create", type, name };
    await this.before(call);
    this.#refuseTaken(type, inputs);
    refuse(type, { inputs, others: this.ofType(type).map((thing) => thing.state) });
    const { id, state } = this.#fresh(type, name, inputs);
    const thing: Thing = { ...call, id, inputs, state };
    this.things.set(`${type} ${id}`, thing);
    await this.#done(call);
    return thing;
  }

  async read(type: string, name: string, id: string): Promise<Thing | undefined> {
    await this.before({ action: "read", type, name });
    return this.things.get(`${type} ${id}`);
  }

  async update(type: string, name: string, id: string, inputs: Inputs): Promise<Thing> {
    const call: Call = { action: "update", type, name };
    await this.before(call);
    const thing = this.things.get(`${type} ${id}`);
    if (!thing) throw new Error(`${type} "${id}" does not exist, so it cannot be updated`);
    const others = this.ofType(type).filter((other) => other !== thing);
    refuse(type, { inputs, before: thing.state, others: others.map((other) => other.state) });
    const { state } = this.answer(type, name, inputs);
    thing.state = revised(type, thing, { ...inputs, ...computed(thing.state, thing.inputs), ...state, id });
    thing.inputs = inputs;
    await this.#done(call);
    return thing;
  }

  async delete(type: string, name: string, id: string): Promise<void> {
    const call: Call = { action: "delete", type, name };
    await this.before(call);
    const thing = this.things.get(`${type} ${id}`);
    if (thing) refuseDeletion(type, thing.state);
    if (this.things.delete(`${type} ${id}`)) await this.#done(call);
  }

  /** What the cloud answers to a creation or a look-up, without anything being made. */
  answer(type: string, name: string, inputs: Inputs): Answer {
    return answerTo(type, name, inputs, this.answers);
  }

  /** The things of one type, oldest first. */
  ofType(type: string): Thing[] {
    return [...this.things.values()].filter((thing) => thing.type === type);
  }

  /** The changes since the last call of `drain`, as sorted lines `update aws:sns/topic:Topic alerts`. */
  drain(): string[] {
    return this.changes
      .splice(0)
      .map(({ action, type, name }) => `${action} ${type} ${name}`)
      .sort();
  }

  async #done(call: Call): Promise<void> {
    this.changes.push(call);
    await this.after(call);
  }

  #refuseTaken(type: string, inputs: Inputs): void {
    const key = takenNames[type];
    if (!key || inputs[key] === undefined) return;
    const taken = this.ofType(type).some((thing) => thing.inputs[key] === inputs[key]);
    if (taken) throw new Error(`${type} with ${key} "${inputs[key]}" exists already`);
  }

  // An autonamed thing gets a name of its own each time it is made, while the recorded answers follow from the logical name.
  #fresh(type: string, name: string, inputs: Inputs): { id: string; state: Inputs } {
    for (let attempt = 1; ; attempt++) {
      const { id, state } = this.answer(type, attempt === 1 ? name : `${name}-${attempt}`, inputs);
      const wanted = attempt === 1 ? [this.reserved.get(`${type} ${name}`) ?? id] : [id, `${id}-${attempt}`];
      const free = wanted.find((candidate) => !this.things.has(`${type} ${candidate}`));
      if (free !== undefined) return { id: free, state: { ...inputs, ...state, id: free } };
    }
  }
}

/** A fault: the nth request of this kind fails with `message`, every other one passes. Counts from 1. */
export function failing(action: Action, type: string, nth: number, message: string): (call: Call) => void {
  let seen = 0;
  return (call) => {
    if (call.action === action && call.type === type && ++seen === nth) throw new Error(message);
  };
}
