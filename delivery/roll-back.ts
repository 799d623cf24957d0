import { targetOf } from "./history.ts";
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

/**
 * Gives all traffic to a version that had it before, at once, and checks that the service answers. A shift under way is stopped
 * first. Everything that can be refused is refused before anything moves. Fails when the service does not answer afterwards.
 */
export async function rollBack(
  service: Service,
  { to, reason, healthPath, settings }: RollBack,
  say: (line: string) => void,
): Promise<void> {
  if (reason.trim().length < 3)
    throw new Error(`--reason is "${reason}", nothing was moved: say why, for whoever looks at it next`);
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
  const image = await service.image(target);
  if (!image.exists) {
    throw new Error(
      `version ${target} runs ${image.uri}, which is gone from the registry, nothing was moved: give another --to`,
    );
  }

  for (const { arn, input } of running) {
    await service.shifts.stop(arn, `rolled back: ${reason}`);
    say(`stopped the shift from version ${input.from} to ${input.to}`);
  }
  await service.giveAll(target, `rolled back from ${current} to ${target}: ${reason}`);
  say(`${service.service}: all traffic is on version ${target}, was on ${current}`);
  const status = await service.health(healthPath);
  if (status === undefined || status >= 400) {
    throw new Error(
      `${service.service}: version ${target} has the traffic and answers ${status ?? "nothing"} to ${healthPath}: roll back further, or look at its log`,
    );
  }
  say(`${service.service}: answers ${status} to ${healthPath}`);
  const { uri: leftImage } = await service.image(current);
  for (const line of ["", ...whatToCommit({ ...settings, left: current, leftImage, runs: image.uri })]) say(line);
}
