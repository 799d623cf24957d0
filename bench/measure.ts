/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle one of some numbers, which one slow run does not move. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Prints one line: what was measured, and how long it took. */
export function line(what: string, milliseconds: number, remark = ""): void {
  console.log(`${what.padEnd(52)} ${milliseconds.toFixed(0).padStart(6)} ms${remark && `  ${remark}`}`);
}
