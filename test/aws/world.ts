import { AwsError } from "./aws-error.ts";
import { runMachine, type EnteredState, type MachineEnd, type SlotCalls } from "../../local/rollout/machine.ts";
import { FakeSlots, type SlotAccount } from "./slots.ts";

export interface Weighted {
  version: string;
  weights: Record<string, number>;
}

/** What exists in an account, as the APIs that rollouts call see it. */
export interface Account {
  alias(functionName: string, name: string): Weighted | undefined;
  setAlias(functionName: string, name: string, to: Weighted): void;
  /** Image by published version. */
  versions(functionName: string): Record<string, string>;
  alarms(): string[];
  /** The versions that an alarm looks at. Defaults to none. */
  watched?(alarm: string): string[];
  /** Definition of a state machine. */
  machine(arn: string): string | undefined;
  /** Services and listener rules; none where there are only functions. */
  slots?: SlotAccount;
}

export interface FakeExecution {
  arn: string;
  machineArn: string;
  name: string;
  input: string;
  startedAt: Date;
  status: string;
  error?: string;
  cause?: string;
  entered: EnteredState[];
  abort(): void;
}

/** Lambda's aliases, CloudWatch's alarms and Step Functions in memory; definitions run in an interpreter, a minute in `minuteMillis`. */
export class World {
  readonly account: Account;
  /** Alarms that fire. */
  readonly firing = new Set<string>();
  readonly executions: FakeExecution[] = [];
  /** Services and rules, where the account has any. */
  readonly slots: FakeSlots | undefined;
  /** Every share the alias `live` has given to a version, oldest first: `13`, or `13 14:0.1`. */
  readonly moves: string[] = [];
  /** Names of the calls to the APIs, oldest first. */
  readonly calls: string[] = [];
  /** The account of whoever asks. */
  accountId = "123456789012";
  minuteMillis = 10;
  /** Status of an invocation of a function; 200 unless set. */
  smokeStatus = 200;
  /** Whether lists leave out what is under way: Step Functions brings them up to date with a delay. */
  unlisted = false;
  /** What was written to aliases, oldest first. */
  readonly descriptions: string[] = [];
  /** Images that were deleted from their repository. */
  readonly lostImages = new Set<string>();
  /** How often something was changed; a new word for the state of every alias. */
  #changes = 0;
  /** Called before each call to an API; throws to refuse it, waits to delay it. */
  before: (call: string, parameters: unknown) => void | Promise<void> = () => undefined;

  constructor(account: Account) {
    this.account = account;
    this.slots = account.slots && new FakeSlots(account.slots);
  }

  getAlias(functionName: string, name: string): Weighted {
    const alias = this.account.alias(functionName, name);
    if (!alias) throw new AwsError("ResourceNotFoundException", `Cannot find alias ${name}`, 404);
    return alias;
  }

  /** The state of an alias by one word: another one after every change, whoever made it. */
  revision(functionName: string, name: string): string {
    return `${this.#changes}-${JSON.stringify(this.getAlias(functionName, name))}`;
  }

  /** Moves an alias, unless it is no longer what `seen` was the word for. */
  updateAlias(functionName: string, name: string, to: Weighted, seen?: string): void {
    if (seen !== undefined && seen !== this.revision(functionName, name)) {
      throw new AwsError("PreconditionFailedException", "The RevisionId provided does not match the latest one", 412);
    }
    this.getAlias(functionName, name);
    this.#changes += 1;
    const known = this.account.versions(functionName);
    for (const version of [to.version, ...Object.keys(to.weights)])
      if (!known[version])
        throw new AwsError("ResourceNotFoundException", `Function not found: ${functionName}:${version}`, 404);
    if (to.version in to.weights)
      throw new AwsError("InvalidParameterValueException", "a version cannot be weighted against itself");
    this.account.setAlias(functionName, name, to);
    if (name === "live")
      this.moves.push([to.version, ...Object.entries(to.weights).map((pair) => pair.join(":"))].join(" "));
  }

  alarms(names: string[], state?: string): { AlarmName: string; StateValue: string }[] {
    return this.account
      .alarms()
      .filter((name) => names.length === 0 || names.includes(name))
      .map((name) => ({ AlarmName: name, StateValue: this.firing.has(name) ? "ALARM" : "OK" }))
      .filter(({ StateValue }) => state === undefined || StateValue === state);
  }

  start(machineArn: string, name: string, input: string): FakeExecution {
    const definition = this.account.machine(machineArn);
    if (!definition) throw new AwsError("StateMachineDoesNotExist", machineArn);
    const same = this.executions.find((other) => other.machineArn === machineArn && other.name === name);
    if (same?.status === "RUNNING" && same.input === input) return same;
    if (same) throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${same.arn}'`);
    const execution: FakeExecution = {
      ...{ machineArn, name, input, startedAt: new Date(), status: "RUNNING", entered: [] },
      arn: `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`,
      abort: () => undefined,
    };
    this.executions.push(execution);
    const run = runMachine(definition, JSON.parse(input), this.#calls(), {
      wait: (seconds) => (seconds / 60) * this.minuteMillis,
      // The specs of the components check what they define.
      valid: true,
      onEntered: (entered) => void (execution.status === "RUNNING" && execution.entered.push(entered)),
    });
    execution.abort = () => {
      if (execution.status === "RUNNING") execution.status = "ABORTED";
      run.abort();
    };
    void run.end.then((end: MachineEnd) => execution.status === "RUNNING" && Object.assign(execution, end));
    return execution;
  }

  execution(arn: string): FakeExecution {
    const found = this.executions.find((execution) => execution.arn === arn);
    if (!found) throw new AwsError("ExecutionDoesNotExist", arn);
    return found;
  }

  /** Ends an execution where it is, as Step Functions does without asking its definition. */
  end(execution: FakeExecution, status: string, error?: string): void {
    Object.assign(execution, { status, error });
    execution.abort();
  }

  /** Ends every execution. */
  close(): void {
    for (const { abort } of this.executions) abort();
  }

  #calls(): Parameters<typeof runMachine>[2] {
    return {
      updateAlias: async (parameters) => {
        await this.before("updateAlias", parameters);
        const { FunctionName, Name, FunctionVersion, RoutingConfig } = parameters;
        this.updateAlias(FunctionName, Name, {
          version: FunctionVersion,
          weights: RoutingConfig?.AdditionalVersionWeights ?? {},
        });
      },
      describeAlarms: async (parameters) => {
        await this.before("describeAlarms", parameters);
        return { MetricAlarms: this.alarms(parameters.AlarmNames, parameters.StateValue), CompositeAlarms: [] };
      },
      invoke: async (parameters) => {
        await this.before("invoke", parameters);
        return { StatusCode: 200, Payload: { statusCode: this.smokeStatus } };
      },
      ...(this.slots && this.#slotCalls(this.slots)),
    };
  }

  #slotCalls(slots: FakeSlots): SlotCalls {
    const told =
      <P, R>(name: keyof SlotCalls, answer: (parameters: P) => R) =>
      async (parameters: P) => {
        await this.before(name, parameters);
        return answer(parameters);
      };
    return {
      describeRules: told("describeRules", (asked) => slots.describeRules(asked)),
      modifyRule: told("modifyRule", (asked) => slots.modifyRule(asked)),
      describeServices: told("describeServices", (asked) => slots.describeServices(asked)),
      updateService: told("updateService", (asked) => slots.updateService(asked)),
      describeTargetHealth: told("describeTargetHealth", (asked) => slots.describeTargetHealth(asked)),
    };
  }
}
