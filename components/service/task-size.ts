/** What a Fargate task is given. */
export interface TaskSize {
  /** CPU units, 1024 to a vCPU. */
  cpu: number;
  /** Memory of all its containers together. */
  memoryMiB: number;
}

const gib = 1024;

/**
 * The memory Fargate offers for each CPU size on Linux, first, last and step in MiB (Amazon ECS developer guide, "Task size"
 * of task definitions for Fargate). A quarter vCPU has no even step.
 */
const offered: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1 * gib, 2 * gib],
  512: steps(1, 4, 1),
  1024: steps(2, 8, 1),
  2048: steps(4, 16, 1),
  4096: steps(8, 30, 1),
  8192: steps(16, 60, 4),
  16384: steps(32, 120, 8),
};

/** The CPU sizes there are, in units. */
export const cpuSizes: readonly number[] = Object.keys(offered).map(Number);

/** The memory sizes in MiB that go with `cpu`; none for a size that does not exist. */
export const memorySizes = (cpu: number): readonly number[] => offered[cpu] ?? [];

/** `size` if Fargate has it. Fails naming the sizes that come nearest, since AWS names none. */
export function taskSize({ cpu, memoryMiB }: TaskSize): TaskSize {
  const memory = offered[cpu];
  if (!memory)
    throw new Error(`cpu must be one of ${cpuSizes.join(", ")} units, got ${cpu}: use 256 for a quarter vCPU`);
  if (!memory.includes(memoryMiB)) {
    const larger = memory.find((size) => size > memoryMiB) ?? memory.at(-1)!;
    const range = `${memory[0]} to ${memory.at(-1)} MiB`;
    throw new Error(`memoryMiB must be a size Fargate has for cpu ${cpu} (${range}), got ${memoryMiB}: use ${larger}`);
  }
  return { cpu, memoryMiB };
}

function steps(firstGiB: number, lastGiB: number, stepGiB: number): number[] {
  const count = (lastGiB - firstGiB) / stepGiB + 1;
  return Array.from({ length: count }, (_, index) => (firstGiB + index * stepGiB) * gib);
}
