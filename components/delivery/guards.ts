import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { settleConflicts } from "./shift/conflict.ts";
import type { ShiftPorts } from "./shift/ports.ts";
import type { ShiftRules } from "./shift/rules.ts";
import { shiftTraffic } from "./shift/shift.ts";

/** What the hooks of one rollout share. */
export interface Guard {
  rules: ShiftRules;
  /** The connection, made at its first use: never at preview. */
  ports: () => ShiftPorts;
}

export function guardOf(
  owner: pulumi.Resource,
  rules: ShiftRules,
  connect: (say: ShiftPorts["say"]) => ShiftPorts,
): Guard {
  // The engine calls hooks from outside the program, where an inline program's log no longer knows whom to tell.
  const inProgram = AsyncLocalStorage.snapshot();
  const say = (line: string) => void inProgram(() => pulumi.log.info(`${rules.workload}: ${line}`, owner));
  let made: ShiftPorts | undefined;
  return { rules, ports: () => (made ??= connect(say)) };
}

/** Moves the traffic before the resource it is put on comes to be what `input` of it says: the version that is wanted. */
export const shiftHook = (name: string, { rules, ports }: Guard, input: string): pulumi.ResourceHook =>
  new pulumi.ResourceHook(name, ({ newInputs }) => shiftTraffic(rules, String(newInputs?.[input]), ports()));

/** Keeps an update from turning the alarms, or the alias under test, to another version while a shift relies on them. */
export function spareHook(name: string, { rules, ports }: Guard): pulumi.ResourceHook {
  const settled = new Map<string, Promise<void>>();
  return new pulumi.ResourceHook(name, ({ newInputs }) => {
    const version = newInputs && versionIn(newInputs);
    if (version === undefined) return;
    // Several are updated at the same time; one look is enough for all of them.
    const settling = settled.get(version) ?? settleConflicts(rules, version, ports());
    settled.set(version, settling);
    return settling;
  });
}

interface Turned {
  /** Of an alias. */
  functionVersion?: string;
  /** Of an alarm. */
  metricQueries?: { metric?: { dimensions?: { ExecutedVersion?: string } } }[];
}

function versionIn({ functionVersion, metricQueries = [] }: Turned): string | undefined {
  const watched = metricQueries.map(({ metric }) => metric?.dimensions?.ExecutedVersion);
  return functionVersion ?? watched.find((version) => version !== undefined);
}
