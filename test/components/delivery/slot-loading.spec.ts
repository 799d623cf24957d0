import assert from "node:assert/strict";
import type { FakeSlots } from "../../aws/slots.ts";
import { blueGroup, definition, family, greenGroup, names, ruleArn, run } from "./slot-run.ts";

describe("loading of a slot", () => {
  const refusals: [string, (slots: FakeSlots) => unknown, string, RegExp, number[]][] = [
    [
      "whose tasks do not start",
      ({ broken }) => broken.add("14"),
      "TasksFailed",
      /ECS could not start the tasks of version 14/,
      [0],
    ],
    [
      "whose tasks never become healthy",
      ({ sick }) => sick.add("14"),
      "TasksTooSlow",
      /version 14 are not healthy after 20 minutes/,
      [0],
    ],
    [
      "whose tasks do not become healthy this time, although the slot had it before",
      ({ account, sick }) => {
        const before = { taskDefinition: `${names.familyArn}:14`, desiredCount: 0 };
        account.setService(names.clusterName, `${family}-green`, before);
        sick.add("14");
      },
      "TasksTooSlow",
      /version 14 are not healthy after 20 minutes/,
      [0],
    ],
    [
      "no target of which is healthy",
      ({ emptied }) => emptied.add(greenGroup),
      "SmokeTestFailed",
      /version 14 did not pass the smoke test/,
      [0],
    ],
    [
      "while the rule divides its traffic already",
      ({ account }) => account.setRule(ruleArn, { [blueGroup]: 50, [greenGroup]: 50 }),
      "TrafficDivided",
      /^the listener rule gives not all traffic to one slot/,
      [],
    ],
    [
      "behind a rule that gives nobody anything",
      ({ account }) => account.setRule(ruleArn, { [blueGroup]: 0, [greenGroup]: 0 }),
      "TrafficDivided",
      /^the listener rule/,
      [],
    ],
  ];
  for (const [why, arrange, error, cause, shares] of refusals) {
    it(`gives no traffic to a version ${why}`, async () => {
      const ended = await run(definition, { arrange });
      assert.deepEqual([ended.shares, ended.error], [shares, error], ended.cause);
      assert.match(ended.cause!, cause);
    });
  }
});
