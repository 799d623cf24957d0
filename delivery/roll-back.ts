import type { Clock } from "../components/delivery/shift/clock.ts";
import type { Execution } from "../components/delivery/shift/ports.ts";
import { hasAll } from "../components/delivery/shift/settle.ts";
import { targetOf } from "./history.ts";
import { healthy } from "./healthy.ts";
import { move, stay } from "./move.ts";
import type { Service } from "./service.ts";
import type { StackFile } from "./stack-file.ts";
import { whatToCommit } from "./what-to-commit.ts";

export interface RollBack {
  /** A version, or `last-good`. */
  to: string;
  reason: string;
  /** Health check of the service. */
  healthPath: string;
  /** What the stack's files say of the image. */
  settings: Pick<StackFile, "project" | "stack" | "image">;
}

/** What a roll-back does, once all is checked. */
interface Planned {
  target: string;
  /** The version that the stack wants. */
  current: string;
  running: Execution[];
  /** Image of the target. */
  runs: string;
}

/**
 * Gives all traffic to a version that had it before, at once, and checks that the service answers. A shift under way is stopped
 * first, and what it still moves is put right. Everything that can be refused is refused before anything moves. Fails when the
 * service does not answer afterwards; what to commit has been said by then.
 */
export async function rollBack(
  service: Service,
  { to, reason, healthPath, settings }: RollBack,
  say: (line: string) => void,
  clock: Clock,
): Promise<void> {
  if (reason.trim().length < 3)
    throw new Error(`--reason is "${reason}", nothing was moved: say why, for whoever looks at it next`);
  const { target, current, running, runs } = await planned(service, to);
  // Good to know, but nothing that a roll-back has to wait for.
  const leftImage = await service.image(current).then(
    ({ uri }) => uri,
    () => undefined,
  );

  for (const { arn, input } of running) {
    await service.shifts.stop(arn, `rolled back: ${reason}`);
    say(`stopped the shift from version ${input.from} to ${input.to}`);
  }
  const moving = { service, target, description: `rolled back from ${current} to ${target}: ${reason}`, clock, say };
  const commit = (image: string) => {
    for (const line of ["", ...whatToCommit({ ...settings, left: current, leftImage, runs: image }), ""]) say(line);
  };
  try {
    await move(moving);
  } catch (error) {
    // Of two slots the one to be loaded loses its traffic first: then the stack wants what nobody gets any more.
    const instead = await service.traffic.serving().catch(() => undefined);
    if (instead && hasAll(instead, instead.version) && instead.version !== current)
      await service.image(instead.version).then(
        ({ uri }) => commit(uri),
        () => undefined,
      );
    throw error;
  }
  say(`${service.service}: all traffic is on version ${target}, was on ${current}`);
  commit(runs);
  if (running.length > 0) await stay(moving, running);
  await healthy(service, target, healthPath, say);
}

/** Fails with what to do where the roll-back cannot be. */
async function planned(service: Service, to: string): Promise<Planned> {
  const serving = await service.traffic.serving();
  if (!serving)
    throw new Error(`${service.service} has no version with traffic, nothing was moved: it is not deployed`);
  const shifts = await service.shifts.all();
  const running = shifts.filter(({ status }) => status === "RUNNING");
  // In the middle of a shift the traffic is divided: the old version has not got all of it either.
  const current = running[0]?.input.to ?? Object.keys(serving.weights)[0] ?? serving.version;
  const target = targetOf(to, current, shifts);
  if (!(await service.traffic.exists(target))) {
    throw new Error(
      `version ${target} of ${service.physicalName} does not exist any more, nothing was moved: give another --to`,
    );
  }
  const { uri: runs, exists } = await service.image(target);
  if (!exists) {
    throw new Error(
      `version ${target} runs ${runs}, which is gone from the registry, nothing was moved: give another --to`,
    );
  }
  return { target, current, running, runs };
}
