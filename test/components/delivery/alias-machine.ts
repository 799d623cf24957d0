import { runMachine, type MachineEnd } from "../../../local/rollout/machine.ts";
import type { Definition } from "../../../components/delivery/state-machine.ts";

/** What goes wrong on the way. */
export interface Trouble {
  /** The look at the alarms from which on the first one fires; never unless given. */
  alarmAtLook?: number;
  /** Alarms that the execution is started with. */
  watched?: string[];
  /** State whose call fails, every time or only the first `times` times. */
  broken?: { state: string; times?: number };
  /** What an invocation answers. */
  smoke?: () => unknown;
}

/** Runs a definition of `aliasTarget`'s from version 13 to 14 in an interpreter of the language, against an alias and alarms in memory. */
export async function runAliasMachine(definition: Definition, trouble: Trouble = {}) {
  const seen = { moves: [] as string[], looks: [] as string[][], entered: [] as { name: string; data: unknown }[] };
  const { alarmAtLook = Infinity, watched, broken, smoke = () => ({ Payload: { statusCode: 200 } }) } = trouble;
  let failed = 0;
  const before = (state: string) => {
    if (broken?.state !== state || failed >= (broken.times ?? Infinity)) return;
    failed += 1;
    throw Object.assign(new Error(`${state} is broken`), { name: "Lambda.ServiceException" });
  };
  const calls: Parameters<typeof runMachine>[2] = {
    updateAlias({ Name, FunctionVersion, RoutingConfig }) {
      const weights = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).map((pair) => pair.join(":"));
      if (Name === "live") seen.moves.push([FunctionVersion, ...weights].join(" "));
    },
    describeAlarms({ AlarmNames }) {
      seen.looks.push(AlarmNames);
      return { MetricAlarms: seen.looks.length >= alarmAtLook ? [{ AlarmName: AlarmNames[0] }] : [] };
    },
    invoke: smoke,
  };
  const input = { from: "13", to: "14", ...(watched && { alarms: watched }) };
  const onEntered = (entered: { name: string; data: unknown }) => void seen.entered.push(entered);
  const { end } = runMachine(JSON.stringify(definition), input, calls, {
    ...{ wait: () => 0, onEntered, before },
    // rollout.spec.ts has them checked.
    valid: true,
  });
  const ended: MachineEnd = await end;
  return { ...seen, ...ended };
}
