import assert from "node:assert/strict";
import type { Settings } from "../../components/settings.ts";
import { read } from "./stack-settings.ts";

/** The value under `key`, at the top or in one of the groups. */
function at(settings: Settings, key: string): unknown {
  return Object.values(settings).reduce<unknown>(
    (found, group) => found ?? (typeof group === "object" ? (group as Record<string, unknown>)[key] : undefined),
    (settings as unknown as Record<string, unknown>)[key],
  );
}

describe("settings", () => {
  const choices = {
    logRetentionDays: [30, 365],
    throttleRate: [50, 500],
    throttleBurst: [100, 1000],
    firewall: [false, true],
    mfa: ["OPTIONAL", "ON"],
    passwordSignIn: [true, false],
    callbackUrls: [["http://localhost:3000/callback"], []],
    logoutUrls: [["http://localhost:3000/"], []],
    availabilityZones: [2, 3],
    egress: ["endpoints", "endpoints"],
    flowLogs: [false, true],
    instanceClass: ["db.t4g.micro", "db.m7g.large"],
    backupRetentionDays: [7, 30],
    multiAz: [false, true],
    protect: [false, true],
  } as const;

  it("let the tier choose what the stack leaves open", async () => {
    const [dev, prod] = [await read(), await read({ tier: "prod" })];
    for (const [key, expected] of Object.entries(choices)) {
      assert.deepEqual([at(dev, key), at(prod, key)], expected, key);
    }
  });

  const given = {
    logRetentionDays: ["90", 90],
    throttleRate: ["7", 7],
    firewall: ["on", true],
    protect: ["off", false],
    mfa: ["OFF", "OFF"],
    availabilityZones: ["3", 3],
    instanceClass: ["db.r7g.xlarge", "db.r7g.xlarge"],
    allowedOrigins: ['["https://app.example.com"]', ["https://app.example.com"]],
    alarmEmail: ["oncall@example.com", "oncall@example.com"],
  } as const;
  for (const [key, [value, expected]] of Object.entries(given)) {
    it(`take ${key} from the stack before the tier`, async () => {
      assert.deepEqual(at(await read({ tier: "prod", [key]: value }), key), expected);
    });
  }

  it("roll out in one step in dev and in three in prod, each for as long as the alarms need", async () => {
    const rollouts = [await read(), await read({ tier: "prod" })].map(({ rollout }) => rollout);
    assert.deepEqual(
      rollouts.map(({ steps, bakeMinutes, onAlarmAtStart, onConflict }) => [
        steps,
        bakeMinutes,
        onAlarmAtStart,
        onConflict,
      ]),
      [
        [[100], undefined, "refuse", "wait"],
        [[10, 50, 100], undefined, "refuse", "wait"],
      ],
    );
    const given = { rolloutSteps: "[5,100]", bakeMinutes: "15", onAlarmAtStart: "force", onConflict: "cancel" };
    const { steps, bakeMinutes, onAlarmAtStart, onConflict } = (await read(given)).rollout;
    assert.deepEqual([steps, bakeMinutes, onAlarmAtStart, onConflict], [[5, 100], 15, "force", "cancel"]);
  });

  it("give a service its own numbers and the standard ones beside them", async () => {
    const { services } = await read({ services: '{"patients":{"memoryMiB":1024,"reservedConcurrency":5}}' });
    assert.deepEqual(services, {
      patients: { runtime: "lambda", memoryMiB: 1024, timeoutSeconds: 15, reservedConcurrency: 5 },
      appointments: { runtime: "lambda", memoryMiB: 512, timeoutSeconds: 15 },
    });
  });

  it("put a service on Fargate by one word, with what its tier gives it", async () => {
    const services = '{"appointments":{"runtime":"fargate"}}';
    const size = { runtime: "fargate", cpu: 256, memoryMiB: 512, spotPercent: 0 };
    const dev = { ...size, minTasks: 1, maxTasks: 4, strategy: { kind: "rolling" } };
    const prod = { ...size, minTasks: 2, maxTasks: 10, strategy: { kind: "canary", percent: 10, bakeMinutes: 10 } };
    assert.deepEqual((await read({ services })).services.appointments, dev);
    assert.deepEqual((await read({ services, tier: "prod" })).services.appointments, prod);
  });

  it("put it in two slots by another, under the steps and bakes of the stack", async () => {
    const services = '{"appointments":{"runtime":"fargate","strategy":"steps"}}';
    const { services: known, rollout } = await read({ services, rolloutSteps: "[25,100]", bakeMinutes: "9" });
    assert.deepEqual((known.appointments as { strategy: object }).strategy, { kind: "steps" });
    assert.deepEqual([rollout.steps, rollout.bakeMinutes], [[25, 100], 9]);
  });

  it("open a way to the internet where a service runs on Fargate", async () => {
    const services = '{"appointments":{"runtime":"fargate"}}';
    assert.equal((await read({ services })).network.egress, "single-nat");
    assert.equal((await read({ services, tier: "prod" })).network.egress, "nat-per-az");
    assert.equal((await read({ services, tier: "prod", egress: "single-nat" })).network.egress, "single-nat");
    assert.equal((await read({ services, tier: "prod", egress: "endpoints" })).network.egress, "endpoints");
  });

  const wrong: [string, string | undefined, RegExp][] = [
    ["tier", "production", /^slipway:tier must be one of dev, prod, got "production": correct it in the stack file$/],
    [
      "tiers",
      "prod",
      /^slipway:tiers is not a setting: remove it from the stack file or use one of tier, logRetentionDays, /,
    ],
    ["owner", undefined, /^slipway:owner is missing: set it with pulumi config set owner$/],
    [
      "image",
      "app:latest",
      /^slipway:image must be build, promoted, or <repository>@sha256:<64 hex digits>, got "app:latest"/,
    ],
    ["logRetentionDays", "10", /^slipway:logRetentionDays must be a period CloudWatch Logs accepts, got 10: use 14$/],
    [
      "allowedOrigins",
      '["*"]',
      /^slipway:allowedOrigins\[0\] must be an origin such as https:\/\/app\.example\.com, got "\*"/,
    ],
    ["allowedOrigins", "https://app.example.com", /^slipway:allowedOrigins must be a list, got/],
    ["services", '{"patients":"fargate"}', /^slipway:services\.patients must be a map of runtime, .*, got "fargate"/],
    ["throttleRate", "fast", /^slipway:throttleRate must be a number from 0 to 10000, got "fast"/],
    ["throttleRate", "1.5", /^slipway:throttleRate must be a whole number from 0 to 10000, got "1\.5"/],
    ["storageGiB", "1e2", /^slipway:storageGiB must be a number from 20 to 65536, got "1e2"/],
    ["throttleRate", "", /^slipway:throttleRate must be a number from 0 to 10000, got ""/],
    ["cidrBlock", "10.0.0.0/8", /^slipway:cidrBlock must be an IPv4 block between \/16 and \/22, got "10\.0\.0\.0\/8"/],
    ["firewall", "true", /^slipway:firewall must be one of tier, on, off, got "true"/],
    ["accountId", "1234", /^slipway:accountId must be twelve digits, or nothing, got "1234"/],
    ["rolloutSteps", "[0]", /^slipway:rolloutSteps\[0\] must be a number from 1 to 100, got 0/],
    ["bakeMinutes", "1.5", /^slipway:bakeMinutes must be a whole number from 0 to 1440, got "1\.5"/],
    ["onAlarmAtStart", "ignore", /^slipway:onAlarmAtStart must be one of refuse, force, got "ignore"/],
    ["onConflict", "fight", /^slipway:onConflict must be one of wait, cancel, refuse, got "fight"/],
    [
      "egress",
      "none",
      /^slipway:egress is none, but the migrations read the database's master secret from the network: use endpoints/,
    ],
    ["aws:region", undefined, /^aws:region is missing: set it with pulumi config set aws:region$/],
    ["aws:region", "moon", /^aws:region must be a region such as eu-west-1 or us-east-2, got "moon": correct it/],
  ];
  it("fail on a page without TLS in prod", async () => {
    const pages = { tier: "prod", callbackUrls: '["http://localhost:3000/callback"]' };
    await assert.rejects(read(pages), {
      message:
        'slipway:callbackUrls[0] must be an https URL in tier prod, got "http://localhost:3000/callback": correct it in the stack file',
    });
  });

  for (const [key, value, message] of wrong) {
    it(`fails on ${key} ${value === undefined ? "missing" : `"${value}"`}`, async () => {
      await assert.rejects(read({ [key]: value }), ({ message: found }: Error) => {
        assert.match(found, message);
        return true;
      });
    });
  }
});
