import * as pulumi from "@pulumi/pulumi";
import { refuseOrigins } from "./api/cors.ts";
import { refuseUrls } from "./auth/user-pool-checks.ts";
import { checkedSteps } from "./delivery/rollout-plan.ts";
import { logRetention } from "./log-retention.ts";
import { subnetLayout } from "./network/layout.ts";
import { maxConnectionsOf } from "./observe/max-connections.ts";
import { region } from "./region.ts";
import { serviceSettings } from "./service-settings.ts";
import { bakeOf, doorOf, refuseDivided, refuseUnknown, refuseWithoutWay } from "./settings-together.ts";
import { checked, entry, list, oneOf, text, wholeNumber, type Reader } from "./settings-reader.ts";
import { tierDefaults, type TierDefaults } from "./tier-defaults.ts";

/** Every setting of a stack, read once and checked: plain values that do not change any more. */
export type Settings = Readonly<ReturnType<typeof readSettings>>;

const imageForm = /^(build|promoted|.+@sha256:[0-9a-f]{64})$/;
const cidrForm = /^\d+\.\d+\.\d+\.\d+\/(1[6-9]|2[0-2])$/;
const domainWords = "a name in lower case such as api.example.com, or nothing";
const switched = oneOf("tier", "on", "off");
const retention = checked(wholeNumber(0, 3653), (days) => days === 0 || logRetention(days));
const instanceClass = checked(
  text(/^(tier|db\.[a-z0-9]+\.[a-z0-9]+)$/, "tier, or a class such as db.t4g.micro"),
  (value) => value === "tier" || maxConnectionsOf(value),
);
const network = checked(text(cidrForm, "an IPv4 block between /16 and /22"), (block) => subnetLayout(block, false));
const origins = checked(
  list(text(/^https?:\/\/[^/*\s]+$/, "an origin such as https://app.example.com")),
  refuseOrigins,
);
const shares = checked(list(wholeNumber(1, 100)), (steps) => steps.length === 0 || checkedSteps(steps));

/**
 * Reads the stack's configuration. `serviceNames` are the services the app has. The keys, their types, defaults and meanings are
 * in `Pulumi.yaml`; where a value is `tier` or 0, the tier chooses. Fails on the first wrong or unknown key with its name, the
 * value and what to do.
 */
export function readSettings(serviceNames: readonly string[]) {
  const config = new pulumi.Config();
  const known = new Set<string>();
  const read = <T>(key: string, reader: Reader<T>): T => {
    known.add(`${config.name}:${key}`);
    return entry(config, key, reader);
  };
  const inRegion = entry(new pulumi.Config("aws"), "region", region);
  const tier = read("tier", oneOf("dev", "prod"));
  const pick = tierDefaults[tier];
  /** The value of the key, or the tier's where the key leaves it open. */
  const orTier = <K extends keyof TierDefaults>(
    key: K,
    reader: Reader<TierDefaults[K] | "tier" | 0 | "">,
  ): TierDefaults[K] => {
    const value = read(key, reader);
    return value === "tier" || value === 0 || value === "" ? pick[key] : (value as TierDefaults[K]);
  };
  const switchOrTier = <K extends "firewall" | "flowLogs" | "multiAz" | "protect" | "passwordSignIn">(
    key: K,
  ): boolean => {
    const value = read(key, switched);
    return value === "tier" ? pick[key] : value === "on";
  };
  // A page on somebody's own machine has no business with the tokens of real users.
  const pageUrl =
    tier === "prod" ? text(/^https:\/\/\S+$/, "an https URL in tier prod") : text(/^https?:\/\/\S+$/, "a URL");
  const urlsOrTier = (key: "callbackUrls" | "logoutUrls"): readonly string[] => {
    const urls = read(
      key,
      checked(list(pageUrl), (given) => refuseUrls(key, given)),
    );
    return urls.length > 0 ? urls : pick[key];
  };

  const logRetentionDays = orTier("logRetentionDays", retention);
  const protect = switchOrTier("protect");
  const services = read("services", serviceSettings(serviceNames, pick));
  const commands = read("commands", oneOf("on", "off")) === "on";
  const tasks = Object.values(services).filter((one) => one.runtime === "fargate");
  const internal = tasks.some((one) => !one.public);
  const door = doorOf(config.name, services, {
    domainName: read("domainName", text(/^(([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})?$/, domainWords)),
    hostedZoneId: read(
      "hostedZoneId",
      text(/^(Z[A-Z0-9]{1,31})?$/, "the id of a zone in Route 53, such as Z04AB12CD34EF5"),
    ),
  });
  const asked = read("egress", oneOf("tier", "none", "endpoints", "single-nat", "nat-per-az"));
  const egress = asked !== "tier" ? asked : tasks.length > 0 ? pick.taskEgress : pick.egress;
  refuseWithoutWay(config.name, egress);
  const asGiven = read("rolloutSteps", shares);
  const steps = asGiven.length > 0 ? asGiven : pick.rolloutSteps;
  refuseDivided(config.name, services, steps);
  const settings = {
    region: inRegion,
    tier,
    protect,
    owner: read("owner", text(/^[\w .@-]{1,128}$/, "1 to 128 letters, digits or . _ @ -")),
    accountId: read("accountId", text(/^(\d{12})?$/, "twelve digits, or nothing")),
    image: read("image", text(imageForm, "build, promoted, or <repository>@sha256:<64 hex digits>")),
    runtime: {
      architecture: read("architecture", oneOf("x86_64", "arm64")),
      logLevel: read("logLevel", oneOf("DEBUG", "INFO", "WARN", "ERROR")),
      logRetentionDays,
    },
    services,
    /** What services on Fargate share; undefined where there are none. */
    fleet: tasks.length > 0 ? { enhancedInsights: tier === "prod", commands, logRetentionDays, internal } : undefined,
    /** The name under which the internet reaches public services; undefined where there are none. */
    door,
    rollout: {
      tier,
      steps,
      bakeMinutes: bakeOf(read("bakeMinutes", wholeNumber(0, 1440)), config.name, tier),
      onAlarmAtStart: read("onAlarmAtStart", oneOf("refuse", "force")),
      onConflict: read("onConflict", oneOf("wait", "cancel", "refuse")),
      logRetentionDays,
    },
    network: {
      availabilityZones: orTier("availabilityZones", oneOf(0, 2, 3)),
      cidrBlock: read("cidrBlock", network),
      egress,
      publicSubnets: door !== undefined,
      flowLogs: switchOrTier("flowLogs"),
      logRetentionDays,
    },
    database: {
      instanceClass: orTier("instanceClass", instanceClass),
      storageGiB: read("storageGiB", wholeNumber(20, 65536)),
      backupRetentionDays: orTier("backupRetentionDays", wholeNumber(0, 35)),
      multiAz: switchOrTier("multiAz"),
      enhancedMonitoring: tier === "prod",
      protect,
      logRetentionDays,
    },
    /** Whether functions reach the database through a pool of connections. */
    databaseProxy: read("databaseProxy", oneOf("on", "off")) === "on",
    signIn: {
      callbackUrls: urlsOrTier("callbackUrls"),
      logoutUrls: urlsOrTier("logoutUrls"),
      mfa: orTier("mfa", oneOf("tier", "OFF", "OPTIONAL", "ON")),
      userPoolTier: read("userPoolTier", oneOf("LITE", "ESSENTIALS", "PLUS")),
      passwordSignIn: switchOrTier("passwordSignIn"),
      selfSignUp: read("selfSignUp", oneOf("on", "off")) === "on",
      deletionProtection: protect,
    },
    api: {
      allowedOrigins: read("allowedOrigins", origins),
      throttleRate: orTier("throttleRate", wholeNumber(0, 10000)),
      throttleBurst: orTier("throttleBurst", wholeNumber(0, 5000)),
      firewall: switchOrTier("firewall"),
      logRetentionDays,
    },
    accountLogging: read("accountLogging", oneOf("managed", "external")),
    alarmEmail: read("alarmEmail", text(/^([^@\s]+@[^@\s]+\.[^@\s]+)?$/, "one e-mail address, or nothing")),
    runbookUrl: read("runbookUrl", text(/^(https:\/\/\S+)?$/, "a URL that begins with https, or nothing")) || undefined,
  } as const;
  refuseUnknown(config.name, known);
  return settings;
}
