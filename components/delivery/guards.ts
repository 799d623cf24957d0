import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { settleConflicts } from "./shift/conflict.ts";
import type { ShiftPorts } from "./shift/ports.ts";
import type { ShiftRules } from "./shift/rules.ts";
import { shiftTraffic } from "./shift/shift.ts";

/**
 * The hooks of the rollout `owner`. `shift` moves the traffic before the alias is updated. `spareAlarms` keeps the update from turning
 * the alarms to another version while a shift relies on them. The connection is made at their first use: never at preview.
 */
export function guards(
  owner: pulumi.Resource,
  name: string,
  rules: ShiftRules,
  connect: (say: ShiftPorts["say"]) => ShiftPorts,
) {
  // The engine calls hooks from outside the program, where an inline program's log no longer knows whom to tell.
  const inProgram = AsyncLocalStorage.snapshot();
  const say = (line: string) => void inProgram(() => pulumi.log.info(`${rules.workload}: ${line}`, owner));
  let made: ShiftPorts | undefined;
  const ports = () => (made ??= connect(say));
  const settled = new Map<string, Promise<void>>();

  const shift = new pulumi.ResourceHook(`${name}-shift`, ({ newInputs }) =>
    shiftTraffic(rules, String(newInputs?.functionVersion), ports()),
  );
  const spareAlarms = new pulumi.ResourceHook(`${name}-spare-alarms`, ({ newInputs }) => {
    const version = watchedVersion(newInputs?.metricQueries);
    if (version === undefined) return;
    // Several alarms are updated at the same time; one look is enough for all of them.
    const settling = settled.get(version) ?? settleConflicts(rules, version, ports());
    settled.set(version, settling);
    return settling;
  });
  return { shift, spareAlarms };
}

function watchedVersion(queries: unknown): string | undefined {
  const found = (queries as { metric?: { dimensions?: { ExecutedVersion?: string } } }[] | undefined) ?? [];
  return found.map(({ metric }) => metric?.dimensions?.ExecutedVersion).find((version) => version !== undefined);
}
