import assert from "node:assert/strict";
import { read } from "./stack-settings.ts";

describe("settings of a service", () => {
  for (const [value, message] of [
    [
      '{"patients":{"memoryMiB":64}}',
      /^slipway:services\.patients\.memoryMiB must be a number from 128 to 10240, got 64/,
    ],
    [
      '{"patients":{"memoryMiB":20480}}',
      /^slipway:services\.patients\.memoryMiB must be a number from 128 to 10240, got 20480/,
    ],
    [
      '{"patients":{"runtime":"fargate","memoryMiB":4096}}',
      /^slipway:services\.patients\.memoryMiB must be a size Fargate has for cpu 256 \(512 to 2048 MiB\), got 4096: use 2048$/,
    ],
    ['{"patients":{"memoryMiB":"much"}}', /^slipway:services\.patients\.memoryMiB must be a number, got "much"/],
    [
      '{"patients":{"runtime":"fargate","memoryMiB":100}}',
      /^slipway:services\.patients\.memoryMiB must be a size Fargate has for cpu 256 .*, got 100: use 512$/,
    ],
    [
      '{"patients":{"runtime":"ec2"}}',
      /^slipway:services\.patients\.runtime must be one of lambda, fargate, got "ec2"/,
    ],
    ['{"patients":{"cpu":256}}', /^slipway:services\.patients\.cpu must be left out for runtime lambda, got 256/],
    [
      '{"patients":{"runtime":"fargate","timeoutSeconds":5}}',
      /^slipway:services\.patients\.timeoutSeconds must be left out for runtime fargate, got 5/,
    ],
    [
      '{"patients":{"runtime":"fargate","strategy":"linear","shiftPercent":1}}',
      /^slipway:services\.patients\.percent of linear must be from 3 to 100, got 1: use 10$/,
    ],
    [
      '{"patients":{"runtime":"fargate","strategy":"steps","bakeMinutes":9}}',
      /^slipway:services\.patients\.bakeMinutes must be left out for steps, which go by rolloutSteps and bakeMinutes of the stack, got 9/,
    ],
    [
      '{"patients":{"memory":512}}',
      /^slipway:services\.patients must be a map of runtime, memoryMiB, .*, got "memory"/,
    ],
    ['{"billing":{}}', /^slipway:services must be a map of patients, appointments, got "billing"/],
    ['{"patients":{"timeoutSeconds":1.5}}', /timeoutSeconds must be a whole number from 1 to 29, got 1\.5/],
    ["[]", /^slipway:services must be a map of patients, appointments, got "\[\]"/],
  ] as const) {
    it(`fail on ${value}`, async () => {
      await assert.rejects(read({ services: value }), ({ message: found }: Error) => {
        assert.match(found, message);
        return true;
      });
    });
  }
});
