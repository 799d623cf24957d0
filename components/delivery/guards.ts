import * as pulumi from "@pulumi/pulumi";
import { settleConflicts } from "./shift/conflict.ts";
import type { ShiftPorts } from "./shift/ports.ts";
import type { ShiftRules } from "./shift/rules.ts";
import { shiftTraffic } from "./shift/shift.ts";

/**
 * The hooks of one rollout. `shift` moves the traffic before the alias is updated. `spareAlarms` keeps the update from turning
 * the alarms to another version while a shift relies on them. The connection is made at their first use: never at preview.
 */
export function guards(name: string, rules: ShiftRules, connect: (say: ShiftPorts["say"]) => ShiftPorts) {
  let made: ShiftPorts | undefined;
  const ports = () => (made ??= connect((line) => void pulumi.log.info(`${rules.workload}: ${line}`)));
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
