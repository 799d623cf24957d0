import type { Service } from "@aws-sdk/client-ecs";
import type { SlotName } from "../../service/slots.ts";
import type { Execution, Serving } from "./ports.ts";

/** One slot as it is. */
export interface SlotNow {
  slot: SlotName;
  service: string;
  group: string;
  /** Revision of the task family, by its number. */
  version: string;
  weight: number;
  /** Tasks it should have. */
  tasks: number;
  /** Whether all of them are healthy. */
  loaded: boolean;
}

export const byWeight = (a: SlotNow, b: SlotNow) => b.weight - a.weight;

/** Whether a slot can be given the traffic as it is. */
export const answers = ({ tasks, loaded, weight }: SlotNow) => tasks > 0 && (loaded || weight > 0);

/** The slots between which the traffic is divided, first the one whose it is: the one that the last shift came from, else the larger. */
export const mainFirst = (slots: readonly SlotNow[], last: Execution | undefined): SlotNow[] => {
  const came = ({ version }: SlotNow) => Number(version === last?.input.from);
  return [...slots].sort(byWeight).sort((a, b) => came(b) - came(a));
};

/** The slot that is not to be loaded: the one with what the last shift came from, unless that has gone well, else the one with most traffic. */
export function keeperOf(slots: readonly SlotNow[], last: Execution | undefined): SlotNow {
  const undone = last?.status === "SUCCEEDED" ? undefined : last;
  return mainFirst(slots.filter(answers), undone)[0] ?? [...slots].sort(byWeight)[0]!;
}

export function servingOf(main: SlotNow, rest: readonly SlotNow[], idle: SlotName): Serving {
  const sum = rest.reduce((total, { weight }) => total + weight, main.weight);
  const weights = Object.fromEntries(rest.map(({ version, weight }) => [version, weight / sum]));
  return { version: main.version, weights, idle, ...(main.tasks === 0 && { empty: true }) };
}

export function revisionIn(service: Service | undefined): Pick<SlotNow, "version" | "tasks" | "loaded"> {
  const primary = service?.deployments?.find(({ status }) => status === "PRIMARY");
  const taskDefinition = primary?.taskDefinition ?? service?.taskDefinition ?? "";
  const loaded = primary?.rolloutState === "COMPLETED";
  return { version: taskDefinition.split(":").at(-1)!, tasks: service?.desiredCount ?? 0, loaded };
}
