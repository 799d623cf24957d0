import { StateMachine } from "aws-local-stepfunctions";

/** What the tasks of a rollout call, with the parameters as AWS gets them: those of aliases, or those of two slots. */
export interface MachineCalls extends Partial<AliasCalls>, Partial<SlotCalls> {
  describeAlarms(parameters: { AlarmNames: string[]; StateValue: string }): unknown;
  /** `FunctionName` may end in an alias. */
  invoke(parameters: { FunctionName: string; Payload: unknown }): unknown;
}

export interface AliasCalls {
  updateAlias(parameters: {
    FunctionName: string;
    Name: string;
    FunctionVersion: string;
    RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> };
  }): unknown;
}

export interface SlotCalls {
  describeRules(parameters: { RuleArns: string[] }): unknown;
  modifyRule(parameters: {
    RuleArn: string;
    Actions: { ForwardConfig: { TargetGroups: { TargetGroupArn: string; Weight: number }[] } }[];
  }): unknown;
  describeServices(parameters: { Cluster: string; Services: string[] }): unknown;
  updateService(parameters: {
    Cluster: string;
    Service: string;
    TaskDefinition?: string;
    DesiredCount?: number;
    ForceNewDeployment?: boolean;
  }): unknown;
  describeTargetHealth(parameters: { TargetGroupArn: string }): unknown;
}

/** The state that was entered, and the data it was entered with. */
export interface EnteredState {
  name: string;
  data: unknown;
}

export interface MachineOptions {
  /** Milliseconds a wait of so many seconds takes here. */
  wait: (seconds: number) => number;
  onEntered?: (entered: EnteredState) => void;
  /** Called with the name of the state before each call that one makes; throws to refuse it. */
  before?: (state: string) => void;
  /** Whether the definition is known to be valid: to check it takes longer than to run it. Defaults to a check the first time. */
  valid?: boolean;
}

/** How an execution ended. */
export interface MachineEnd {
  status: "SUCCEEDED" | "FAILED" | "ABORTED";
  error?: string;
  cause?: string;
}

interface Task {
  Type: string;
  Resource?: string;
  Seconds?: number;
}

const checked = new Set<string>();

/** Runs a definition in Amazon States Language in this process. Fails at once on a definition that is not valid. */
export function runMachine(definition: string, input: object, calls: MachineCalls, options: MachineOptions) {
  const parsed = JSON.parse(definition) as { States: Record<string, Task> };
  const states = Object.entries(parsed.States);
  const tasks = states.filter(([, { Type }]) => Type === "Task");
  const waits = states.filter(([, { Type }]) => Type === "Wait");
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(
      tasks.map(([name, { Resource }]) => [name, handler(Resource!, calls, () => options.before?.(name))]),
    ),
    waitTimeOverrides: Object.fromEntries(waits.map(([name, { Seconds = 0 }]) => [name, options.wait(Seconds)])),
    retryIntervalOverrides: Object.fromEntries(tasks.map(([name]) => [name, options.wait(2)])),
  };
  const validationOptions = { checkArn: false, noValidate: options.valid ?? checked.has(definition) };
  const machine = new StateMachine(parsed as never, { validationOptions });
  checked.add(definition);
  let aborted = false;
  const run = machine.run(structuredClone(input) as never, { overrides: overrides as never, noThrowOnAbort: true });
  const watched = watch(run.eventLogs, options.onEntered);
  const end = run.result.then(
    (): MachineEnd => ({ status: aborted ? "ABORTED" : "SUCCEEDED" }),
    ({ cause }: { cause?: { name?: string; message?: string } }): MachineEnd => ({
      status: "FAILED",
      error: cause?.name,
      cause: cause?.message,
    }),
  );
  return {
    end: end.then(async (ended) => {
      await watched;
      return ended;
    }),
    abort() {
      aborted = true;
      run.abort();
    },
  };
}

function handler(resource: string, calls: MachineCalls, before: () => void) {
  const name = resource.split(":").at(-1) as keyof MachineCalls;
  const call = calls[name] as ((parameters: unknown) => unknown) | undefined;
  if (typeof call !== "function") throw new Error(`the state machine calls ${resource}, which is not known here`);
  return async (parameters: unknown) => {
    before();
    return (await call(parameters)) ?? {};
  };
}

async function watch(
  events: AsyncIterable<{ type: string }>,
  onEntered?: (entered: EnteredState) => void,
): Promise<void> {
  for await (const event of events) {
    if (event.type !== "StateEntered") continue;
    const { name, input } = (event as unknown as { state: { name: string; input: unknown } }).state;
    onEntered?.({ name, data: input });
  }
}
