import { paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { alarmStates } from "../components/delivery/shift/aws-alarms.ts";
import { progressOf } from "../components/delivery/shift/progress.ts";
import type { Service } from "./service.ts";
import { watchedAlarms } from "./watched-alarms.ts";

/** What runs of a service, in lines: versions with their shares and images, the shift under way, the alarms. */
export async function overview(service: Service): Promise<string[]> {
  const serving = await service.traffic.serving();
  if (!serving) return [`${service.service}: not deployed`];
  const shares = Object.entries(serving.weights).map(([version, weight]): [string, number] => [
    version,
    Math.round(weight * 100),
  ]);
  const rest = 100 - shares.reduce((sum, [, percent]) => sum + percent, 0);
  const versions: [string, number][] = [[serving.version, rest], ...shares];
  const lines = [
    `${service.service}: ${versions.map(([version, percent]) => `${percent} % on version ${version}`).join(", ")}`,
  ];
  for (const [version] of versions) {
    const { uri, exists } = await service.image(version);
    lines.push(`  version ${version} runs ${uri}${exists ? "" : ", which is gone from the registry"}`);
  }
  const shifting = await service.shifts.running();
  const { spare } = serving;
  // A shift that loads a slot has tasks there before they have traffic.
  if (spare && shifting.length === 0) {
    const { clusterName: cluster, service: slot, tasks } = spare;
    const stop = `aws ecs update-service --cluster ${cluster} --service ${slot} --desired-count 0`;
    lines.push(`  ${tasks} tasks of ${slot} run without traffic: stop them with ${stop}`);
  }
  for (const shift of shifting) {
    const progress = progressOf(await service.shifts.lastEntered(shift.arn), undefined, shift.input.to);
    lines.push(`  shifting: ${progress ?? `to version ${shift.input.to}`}; ${service.shifts.link(shift.arn)}`);
  }
  const alarms = await alarmsOf(service);
  const named = (wanted: string) => alarms.filter(({ state }) => state === wanted).map(({ name }) => name);
  const [firing, gone] = [named("ALARM"), named("GONE")];
  lines.push(firing.length > 0 ? `  ALARM: ${firing.join(", ")}` : `  ${alarms.length - gone.length} alarms quiet`);
  if (gone.length > 0) lines.push(`  does not exist, so no shift can begin: ${gone.join(", ")}`);
  return lines;
}

/** The alarms whose names begin with the service's, on the service as a whole and on its new version, and what else rolls it back. */
async function alarmsOf({ physicalName, alarms, machineArn }: Service): Promise<{ name: string; state: string }[]> {
  const found: { name: string; state: string }[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
    { client: alarms },
    { AlarmNamePrefix: `${physicalName}-` },
  )) {
    for (const { AlarmName, StateValue } of MetricAlarms) found.push({ name: AlarmName!, state: StateValue! });
  }
  const further = (await watchedAlarms(machineArn)).filter((name) => !found.some((known) => known.name === name));
  const states = await alarmStates(alarms).states(further);
  // One that is gone cannot fire, but neither can a shift begin without it.
  return [...found, ...further.map((name) => ({ name, state: states[name] ?? "GONE" }))];
}
