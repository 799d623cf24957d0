import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Rollout, type RolloutArgs } from "../../../components/delivery/rollout.ts";
import { graph } from "../../../local/graph.ts";
import { place } from "../place.ts";

const functionName = "slipway-test-patients";
const standard = { place, part: "patients", functionName, version: "14", logGroupName: `/aws/lambda/${functionName}` };
const build = (args: Partial<RolloutArgs>) =>
  graph(() => void new Rollout("patients-rollout", { ...standard, ...args }));

describe("plan of a Rollout", () => {
  for (const [why, args, message] of [
    [
      "steps that do not rise",
      { steps: [50, 10, 100] },
      /^steps must be whole per cents that rise to 100, got \[50, 10, 100\]: use/,
    ],
    ["steps that do not end at 100", { steps: [10, 50] }, /^steps .* got \[10, 50\]/],
    ["no steps", { steps: [] }, /^steps .* got \[\]/],
    ["a step of zero", { steps: [0, 100] }, /^steps .* got \[0, 100\]/],
    ["a fraction of a per cent", { steps: [0.5, 100] }, /^steps .* got \[0.5, 100\]/],
    ["a bake too short", { bakeMinutes: 6 }, /^bakeMinutes 6 is over before the slowest alarm can fire: use 7 or more/],
    [
      "a bake too short for a further alarm",
      { bakeMinutes: 7, alarms: [{ name: "slow", minutes: 15 }] },
      /use 17 or more/,
    ],
    [
      "a shift that is longer than an execution can be",
      { bakeMinutes: 667 },
      /^bakeMinutes 667 in 3 steps makes 2001 minutes, and a shift ends within 2000: use fewer steps or shorter bakes$/,
    ],
    [
      "the same by a slow alarm alone",
      { alarms: [{ name: "slow", minutes: 700 }] },
      /^bakeMinutes 702 in 3 steps makes 2106 minutes/,
    ],
    [
      "steps for an alias that takes no weights",
      { weighted: false },
      /^steps \[10, 50, 100\] divide the traffic of an alias that takes no weights: use \[100\], or give up/,
    ],
    ["a fraction of a minute", { bakeMinutes: 7.5 }, /^bakeMinutes must be a whole number from 1 to 1440, got 7.5/],
    [
      "an alarm twice",
      {
        alarms: [
          { name: "a", minutes: 1 },
          { name: "a", minutes: 1 },
        ],
      },
      /^alarms has "a" twice/,
    ],
    ["an alarm without a name", { alarms: [{ name: "", minutes: 1 }] }, /^alarms has the name ""/],
    [
      "an alarm without a window",
      { alarms: [{ name: "a", minutes: 0 }] },
      /^alarms "a" minutes must be a whole number/,
    ],
    [
      "more alarms than one look takes",
      { alarms: Array.from({ length: 98 }, (_, at) => ({ name: `a${at}`, minutes: 1 })) },
      /^alarms has 98 names, 97 can be watched: combine or leave out some/,
    ],
    ["a name too long", { part: "p".repeat(70) }, /the service allows 80/],
  ] as const) {
    it(`fails on ${why}`, async () => {
      await assert.rejects(build(args as unknown as Partial<RolloutArgs>), (error: Error) => {
        assert.ok(pulumi.ResourceError.isInstance(error) && error.hideStack);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
