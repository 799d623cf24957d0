import assert from "node:assert/strict";
import fc from "fast-check";
import { cpuSizes, memorySizes, taskSize } from "../../../components/service/task-size.ts";

describe("taskSize", () => {
  for (const [cpu, first, last, count] of [
    [256, 512, 2048, 3],
    [512, 1024, 4096, 4],
    [1024, 2048, 8192, 7],
    [2048, 4096, 16384, 13],
    [4096, 8192, 30720, 23],
    [8192, 16384, 61440, 12],
    [16384, 32768, 122880, 12],
  ] as const) {
    it(`offers ${count} sizes of memory for cpu ${cpu}, from ${first} to ${last} MiB`, () => {
      const sizes = memorySizes(cpu);
      assert.deepEqual([sizes[0], sizes.at(-1), sizes.length], [first, last, count]);
    });
  }

  it("passes exactly the pairs Fargate has", () => {
    const anyCpu = fc.oneof(fc.constantFrom(...cpuSizes), fc.nat(20_000));
    const anyMemory = fc.oneof(
      fc.nat(130_000),
      fc.nat(128).map((gib) => gib * 1024),
      fc.constant(512),
    );
    fc.assert(
      fc.property(anyCpu, anyMemory, (cpu, memoryMiB) => {
        const valid = memorySizes(cpu).includes(memoryMiB);
        if (valid) assert.deepEqual(taskSize({ cpu, memoryMiB }), { cpu, memoryMiB });
        else assert.throws(() => taskSize({ cpu, memoryMiB }), /^Error: (cpu|memoryMiB) must be .*, got \d+: use \d+/);
      }),
      { numRuns: 500 },
    );
  });

  it("advises a pair that is valid", () => {
    fc.assert(
      fc.property(fc.constantFrom(...cpuSizes), fc.nat(200_000), (cpu, memoryMiB) => {
        fc.pre(!memorySizes(cpu).includes(memoryMiB));
        try {
          taskSize({ cpu, memoryMiB });
        } catch (error) {
          const [advised] = /\d+$/.exec((error as Error).message)!;
          assert.ok(memorySizes(cpu).includes(Number(advised)));
        }
      }),
    );
  });

  it("fails on a size of processor that does not exist", () => {
    assert.throws(
      () => taskSize({ cpu: 300, memoryMiB: 512 }),
      /cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 units, got 300/,
    );
  });

  it("fails on memory that does not go with the processor, naming the next larger", () => {
    assert.throws(
      () => taskSize({ cpu: 256, memoryMiB: 1500 }),
      /memoryMiB must be a size .* cpu 256 \(512 to 2048 MiB\), got 1500: use 2048/,
    );
  });
});
