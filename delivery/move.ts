import type { Clock } from "../components/delivery/shift/clock.ts";
import type { Execution, Serving } from "../components/delivery/shift/ports.ts";
import { begunSince, hasAll, lateCallSeconds, settle, shownVersions } from "../components/delivery/shift/settle.ts";
import type { Service } from "./service.ts";

const attempts = 3;
const byHand = 'see "by hand" in docs/operations.md';

export interface Move {
  service: Service;
  target: string;
  description: string;
  clock: Clock;
  say(line: string): void;
}

/** Gives everything to `target`. Fails with where the traffic is instead. */
export async function move({ service, target, description, clock }: Move): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await service.giveAll(target, description);
    } catch (error) {
      // Only what AWS refuses is worth another try: tasks that do not start have had their time.
      const refused = error instanceof Error && "$metadata" in error;
      if (refused && attempt < attempts) {
        await clock.sleep(2 ** attempt);
        continue;
      }
      const serving = await service.traffic.serving().catch(() => undefined);
      const where = serving
        ? `the traffic is on version ${shownVersions(serving)}`
        : "where the traffic is is not known";
      throw new Error(
        `${service.service}: version ${target} was not given the traffic: ${(error as Error).message}; ${where}: try again, or ${byHand}`,
        { cause: error },
      );
    }
  }
}

/** Sees to it that `target` keeps everything, whatever the shifts that were stopped had just begun to move. Fails where a new one moves it. */
export async function stay({ service, target, description, clock, say }: Move, stopped: Execution[]): Promise<void> {
  say(`${service.service}: looking for ${lateCallSeconds} s whether it stays there, as the shift was stopped`);
  const known = new Set([target, ...stopped.flatMap(({ input: { from, to } }) => [from, to])]);
  const ours = ({ version, weights }: Serving) => [version, ...Object.keys(weights)].every((each) => known.has(each));
  let serving: Serving | undefined;
  try {
    serving = await settle({
      ...{ traffic: service.traffic, clock, until: clock.now() + lateCallSeconds * 1000 },
      begun: () => begunSince(stopped, service.shifts),
      wrong: (seen) => !hasAll(seen, target) && ours(seen),
      async mend(seen) {
        await service.giveAll(target, description, seen);
        say(`${service.service}: the stopped shift had moved it once more, all traffic is on version ${target} again`);
      },
    });
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(`${service.service}: version ${target} does not keep the traffic: ${why}; ${byHand}`, {
      cause: error,
    });
  }
  if (serving && hasAll(serving, target)) return;
  const where = serving ? `on version ${shownVersions(serving)}` : "nowhere";
  const newer = await begunSince(stopped, service.shifts).catch(() => undefined);
  if (newer) {
    const { from, to } = newer.input;
    const what = `a shift from version ${from} to ${to} has begun since, the traffic is ${where}`;
    throw new Error(
      `${service.service}: ${what}: ask who it was, or roll back again; ${service.shifts.link(newer.arn)}`,
    );
  }
  throw new Error(`${service.service}: the traffic is ${where}, as somebody else has set it: ask who it was`);
}
