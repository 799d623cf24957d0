import assert from "node:assert/strict";
import type { TaskSettings } from "../../components/service-settings.ts";
import { read } from "./stack-settings.ts";

const onFargate = '{"appointments":{"runtime":"fargate"}}';

/** Settings each of which is fine alone, and what components would refuse later under a name of their own. */
describe("settings together", () => {
  const open = '{"appointments":{"runtime":"fargate","public":true}}';
  const name = { domainName: "api.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };

  it("open a door to the internet for a public service, and public subnets for it", async () => {
    const settings = await read({ services: open, tier: "prod", ...name });
    assert.deepEqual(settings.door, { name: "api.example.com", zoneId: "Z0123456789ABCDEFGHIJ" });
    assert.deepEqual([settings.network.publicSubnets, settings.fleet!.internal], [true, false]);
    const { strategy, public: isPublic } = settings.services.appointments as TaskSettings;
    assert.deepEqual([strategy, isPublic], [{ kind: "rolling" }, true]);
    const closed = await read({ services: onFargate });
    assert.deepEqual([closed.door, closed.network.publicSubnets, closed.fleet!.internal], [undefined, false, true]);
  });

  const refused: [string, Record<string, string>, RegExp][] = [
    [
      "a public service without a name",
      { services: open },
      /^slipway:services\.appointments\.public is true, but slipway:domainName is empty: the internet is served over TLS only/,
    ],
    [
      "a public service without a zone",
      { services: open, domainName: "api.example.com" },
      /^slipway:services\.appointments\.public is true, but slipway:hostedZoneId is empty/,
    ],
    [
      "a name without a public service",
      { services: onFargate, ...name },
      /^slipway:domainName is api\.example\.com, but no service is public: set slipway:services\.<name>\.public to true, or leave/,
    ],
    [
      "a function that should be public",
      { services: '{"patients":{"public":true}}', ...name },
      /^slipway:services\.patients\.public must be left out for runtime lambda, got true/,
    ],
    [
      "a public service whose traffic ECS should shift",
      { services: '{"patients":{"runtime":"fargate","public":true,"strategy":"canary"}}', ...name },
      /^slipway:services\.patients\.strategy must be rolling where the service is public, got "canary"/,
    ],
    [
      "an answer other than yes or no",
      { services: '{"patients":{"runtime":"fargate","public":"yes"}}' },
      /^slipway:services\.patients\.public must be true or false, got "yes"/,
    ],
    [
      "a name in upper case",
      { domainName: "API.example.com" },
      /^slipway:domainName must be a name in lower case such as/,
    ],
    ["a zone's name", { hostedZoneId: "example.com" }, /^slipway:hostedZoneId must be the id of a zone in Route 53/],
  ];
  for (const [what, config, message] of refused) {
    it(`fail on ${what}`, async () => {
      await assert.rejects(read(config), { message });
    });
  }

  const together: [string, Record<string, string>, RegExp][] = [
    [
      "a bake that is over before an alarm can fire",
      { bakeMinutes: "2" },
      /^slipway:bakeMinutes 2 is over before the slowest rollback alarm can fire: use 3 or more, or 0$/,
    ],
    ["a bake too short for the tier", { tier: "prod", bakeMinutes: "6" }, /^slipway:bakeMinutes 6 .* use 7 or more/],
    [
      "instances kept warm whose traffic should be divided",
      { tier: "prod", services: '{"patients":{"provisionedConcurrency":5}}' },
      /^slipway:services\.patients\.provisionedConcurrency keeps .* slipway:rolloutSteps are \[10, 50, 100\]: leave/,
    ],
    [
      "more instances kept warm than there may be",
      { services: '{"patients":{"provisionedConcurrency":5,"reservedConcurrency":2}}' },
      /^slipway:services\.patients\.provisionedConcurrency must be 2 at most, as reservedConcurrency is, got 5/,
    ],
    [
      "a namespace that nobody reads",
      { "slipwy:tier": "prod" },
      /^slipwy:tier is of no namespace that is read here, slipway, .*: write slipway:tier, or add "slipwy"/,
    ],
  ];
  for (const [what, config, message] of together) {
    it(`fail on ${what}`, async () => {
      await assert.rejects(read(config), { message });
    });
  }

  it("take a bake as long as the alarms need, and instances kept warm where nothing is divided", async () => {
    assert.equal((await read({ tier: "prod", bakeMinutes: "7" })).rollout.bakeMinutes, 7);
    const services = '{"patients":{"provisionedConcurrency":5}}';
    assert.deepEqual((await read({ tier: "prod", services, rolloutSteps: "[100]" })).rollout.steps, [100]);
  });

  const ofComponents: [string, string, RegExp][] = [
    ["cidrBlock", "10.0.1.0/16", /^slipway:cidrBlock must be an IPv4 block from \/16 to \/22 at its first address/],
    ["instanceClass", "db.z1d.large", /^slipway:instanceClass "db\.z1d\.large" has a memory not known here/],
    ["rolloutSteps", "[50,10]", /^slipway:rolloutSteps must be whole per cents that rise to 100, got \[50, 10\]/],
    ["callbackUrls", '["http://example.com/"]', /^slipway:callbackUrls must be https:\/\/ or http:\/\/localhost URLs/],
    ["allowedOrigins", '["http://example.com"]', /^slipway:allowedOrigins must be exact, like https/],
    ["logRetentionDays", "abc", /^slipway:logRetentionDays must be a number from 0 to 3653, got "abc"/],
  ];
  for (const [key, value, message] of ofComponents) {
    it(`fail under the setting's name on a ${key} that a component refuses`, async () => {
      await assert.rejects(read({ [key]: value }), { message });
    });
  }
});
