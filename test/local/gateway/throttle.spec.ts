import assert from "node:assert/strict";
import fc from "fast-check";
import { TokenBucket } from "../../../local/gateway/throttle.ts";
import { openFrontDoor, summary } from "./front-door.ts";

describe("Throttle", () => {
  it("answers 429 when the bucket of a method is empty, until it has refilled", async () => {
    let now = 1_700_000_000_000;
    const throttle = {
      "*/*": { throttlingRateLimit: 10, throttlingBurstLimit: 2 },
      "patients/me/GET": { throttlingRateLimit: 1, throttlingBurstLimit: 1 },
    };
    const door = await openFrontDoor({ throttle }, { now: () => now });
    const statuses = async (path: string, times: number) => {
      const seen: number[] = [];
      for (let i = 0; i < times; i += 1) seen.push((await door.fetch(path)).status);
      return seen;
    };
    try {
      assert.deepEqual(await statuses("/health/patients", 3), [200, 200, 429]);
      assert.deepEqual(await statuses("/health/appointments", 3), [200, 200, 429]);
      assert.deepEqual(await statuses("/patients/me", 2), [200, 429]);
      assert.deepEqual(await statuses("/patients/17", 3), [401, 401, 429]);
      now += 100;
      assert.deepEqual(await statuses("/health/patients", 2), [200, 429]);
      assert.deepEqual(await statuses("/patients/me", 1), [429]);
      assert.deepEqual(await summary(await door.fetch("/patients/me")), [
        429,
        "TooManyRequestsException",
        '{"message":"Too Many Requests"}',
      ]);
    } finally {
      await door.stop();
    }
  });

  it("never lets through more than the burst and what the rate refilled", () => {
    const steps = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 5_000 }), asks: fc.integer({ min: 0, max: 20 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), steps, (rate, burst, all) => {
        let now = 0;
        let passed = 0;
        const bucket = new TokenBucket({ rate, burst }, () => now);
        for (const { wait, asks } of all) {
          now += wait;
          for (let i = 0; i < asks; i += 1) if (bucket.take()) passed += 1;
        }
        return passed <= burst + (now / 1000) * rate + 1e-6;
      }),
    );
  });

  it("holds no more than the burst, however long nobody asks", () => {
    let now = 0;
    const bucket = new TokenBucket({ rate: 10, burst: 3 }, () => now);
    now = 60_000;
    assert.deepEqual(
      [1, 2, 3, 4].map(() => bucket.take()),
      [true, true, true, false],
    );
  });

  it("lets everything through that comes slower than the rate", () => {
    let now = 0;
    const bucket = new TokenBucket({ rate: 4, burst: 1 }, () => now);
    for (; now < 10_000; now += 250) assert.equal(bucket.take(), true);
  });
});
