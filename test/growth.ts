/**
 * How many times more of the processor `work` takes when it is eight times as large: about 8 where it is linear, 64 where it
 * is quadratic. A ratio of this process's own time, so that a machine that is busy elsewhere does not change it; `work` should take
 * some milliseconds, and runs once before, so that the compiler's own time counts for neither.
 */
export function growth(work: (size: number) => void, size: number): number {
  work(8 * size);
  return least(() => work(8 * size)) / least(() => work(size));
}

/** Microseconds of the processor in the best of three runs. */
function least(work: () => void): number {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.max(1, Math.min(...runs));
}
