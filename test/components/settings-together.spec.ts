import assert from "node:assert/strict";
import type { TaskSettings } from "../../components/service-settings.ts";
import { read } from "./stack-settings.ts";

const onFargate = '{"appointments":{"runtime":"fargate"}}';

/** Settings each of which is fine, and which cannot work together. */
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
});
