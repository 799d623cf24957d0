import type { ShiftPorts } from "./ports.ts";
import type { ShiftRules } from "./rules.ts";

// An alarm that was moved to another version keeps its state until it is evaluated again, which happens once a minute.
const settleSeconds = 180;
const lookSeconds = 15;

/**
 * Looks at everything a shift stands on before anything moves: the version exists, every alarm exists, those on one version look at
 * this one, none fires. Gives the alarms to watch. An alarm that fires is given three minutes to be evaluated on the new version; then the shift is refused, or,
 * if forced, goes on without that alarm, as long as one is left to watch.
 */
export async function preflight(rules: ShiftRules, to: string, ports: ShiftPorts): Promise<string[]> {
  const { workload, alarms, onAlarmAtStart } = rules;
  if (!(await ports.traffic.exists(to))) {
    throw new Error(`${workload}: version ${to} does not exist, no traffic was moved: run pulumi up --refresh`);
  }
  const firing = await firingAfterSettling(rules, ports);
  await refuseOtherVersions(rules, to, ports);
  if (firing.length === 0) return [...alarms];
  const names = firing.join(", ");
  if (onAlarmAtStart === "refuse") {
    throw new Error(
      `${workload}: ${names} fires already, no traffic was moved: wait until it is quiet, or set onAlarmAtStart to force`,
    );
  }
  const watched = alarms.filter((name) => !firing.includes(name));
  if (watched.length === 0) {
    throw new Error(`${workload}: ${names} fires already and no other alarm is left to watch, no traffic was moved`);
  }
  ports.say(`${names} fires already and is not watched, because onAlarmAtStart is force`);
  return watched;
}

async function firingAfterSettling({ workload, alarms }: ShiftRules, ports: ShiftPorts): Promise<string[]> {
  const deadline = ports.now() + settleSeconds * 1000;
  for (let first = true; ; first = false) {
    const states = await ports.alarms.states(alarms);
    const missing = alarms.filter((name) => states[name] === undefined);
    if (missing.length > 0) {
      throw new Error(
        `${workload}: alarm ${missing.join(", ")} does not exist, no traffic was moved: correct its name or create it`,
      );
    }
    const firing = alarms.filter((name) => states[name] === "ALARM");
    if (firing.length === 0 || ports.now() >= deadline) return firing;
    if (first)
      ports.say(
        `${firing.join(", ")} fires, waiting up to ${settleSeconds / 60} min for it to look at the new version`,
      );
    await ports.sleep(lookSeconds);
  }
}

/** An update of some of the stack only may have left the alarms where they were: they would stay quiet whatever the version does. */
async function refuseOtherVersions({ workload, versionAlarms = [] }: ShiftRules, to: string, { alarms }: ShiftPorts) {
  const watched = Object.entries(await alarms.versions(versionAlarms));
  for (const [name, versions] of watched) {
    if (versions.length === 1 && versions[0] === to) continue;
    const what = `alarm ${name} watches version ${versions.join(" and ") || "none"}, not ${to}`;
    throw new Error(`${workload}: ${what}, no traffic was moved: run pulumi up without --target`);
  }
}
