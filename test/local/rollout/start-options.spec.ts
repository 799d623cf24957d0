import assert from "node:assert/strict";
import { startOptions } from "../../../local/rollout/start-options.ts";

describe("options of npm start", () => {
  it("are the dev stack and no rollout unless told otherwise", () => {
    assert.deepEqual(startOptions([]), { stack: "dev", config: {}, minuteMillis: 2000 });
  });

  it("name a service, its second version's fault, and how long a minute takes", () => {
    const given = "--stack staging --rollout patients --fault DATABASE_URL=postgres://nowhere?a=b --minute 0.5";
    assert.deepEqual(startOptions(given.split(" ")), {
      stack: "staging",
      config: {},
      minuteMillis: 500,
      rollout: { service: "patients", environment: { DATABASE_URL: "postgres://nowhere?a=b" } },
    });
  });

  it("take settings over those of the stack", () => {
    const { config } = startOptions(["--config", "alarmEmail=a@b.example", "--config", "aws:region=us-east-2"]);
    assert.deepEqual(config, { "slipway:alarmEmail": "a@b.example", "aws:region": "us-east-2" });
  });

  for (const [args, message] of [
    ["--config tier", /^--config must be key=value, got "tier": write --config tier=prod$/],
    ["--minute soon", /^--minute must be a number of seconds from 0\.05, got "soon"\nusage: npm start/],
    ["--minute 0", /^--minute must be/],
    ["--fault A=b", /^--fault is for the version of a --rollout: name a service\n/],
    ["--rollout patients --fault A", /^--fault must be a variable as NAME=value, got "A"\n/],
    ["--speed 2", /^Unknown option '--speed'[^]*usage: npm start/],
  ] as const) {
    it(`fail on ${args}`, () => {
      assert.throws(
        () => startOptions(args.split(" ")),
        ({ message: found }: Error) => (assert.match(found, message), true),
      );
    });
  }
});
