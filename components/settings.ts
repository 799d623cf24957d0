import * as pulumi from "@pulumi/pulumi";
import { logRetention } from "./log-retention.ts";
import { reachesInternet } from "./network/egress.ts";
import { serviceSettings, type ServiceSettings } from "./service-settings.ts";
import { entry, list, number, oneOf, text, wholeNumber, type Reader } from "./settings-reader.ts";
import { tiers, type Tier } from "./tiers.ts";

/** Every setting of a stack, read once and checked: plain values that do not change any more. */
export type Settings = Readonly<ReturnType<typeof readSettings>>;

const imageForm = /^(build|promoted|.+@sha256:[0-9a-f]{64})$/;
const cidrForm = /^\d+\.\d+\.\d+\.\d+\/(1[6-9]|2[0-2])$/;
const switched = oneOf("tier", "on", "off");
const retention: Reader<number> = (name, value) => (String(value) === "0" ? 0 : logRetention(Number(value), name));

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
  const tier = read("tier", oneOf("dev", "prod"));
  const pick = tiers[tier];
  /** The value of the key, or the tier's where the key leaves it open. */
  const orTier = <K extends keyof Tier>(key: K, reader: Reader<Tier[K] | "tier" | 0 | "">): Tier[K] => {
    const value = read(key, reader);
    return value === "tier" || value === 0 || value === "" ? pick[key] : (value as Tier[K]);
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
    const urls = read(key, list(pageUrl));
    return urls.length > 0 ? urls : pick[key];
  };

  const logRetentionDays = orTier("logRetentionDays", retention);
  const protect = switchOrTier("protect");
  const services = read("services", serviceSettings(serviceNames, pick));
  const commands = read("commands", oneOf("on", "off")) === "on";
  const onFargate = Object.values(services).some(({ runtime }) => runtime === "fargate");
  const asked = read("egress", oneOf("tier", "none", "endpoints", "single-nat", "nat-per-az"));
  const egress = asked !== "tier" ? asked : onFargate ? pick.taskEgress : pick.egress;
  refuseWithoutInternet(config.name, egress, services);
  const rolloutSteps = read("rolloutSteps", list(wholeNumber(1, 100)));
  const settings = {
    region: new pulumi.Config("aws").require("region"),
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
    fleet: onFargate ? { enhancedInsights: tier === "prod", commands, logRetentionDays } : undefined,
    rollout: {
      tier,
      steps: rolloutSteps.length > 0 ? rolloutSteps : pick.rolloutSteps,
      bakeMinutes: read("bakeMinutes", wholeNumber(0, 1440)) || undefined,
      onAlarmAtStart: read("onAlarmAtStart", oneOf("refuse", "force")),
      onConflict: read("onConflict", oneOf("wait", "cancel", "refuse")),
      logRetentionDays,
    },
    network: {
      availabilityZones: orTier("availabilityZones", oneOf(0, 2, 3)),
      cidrBlock: read("cidrBlock", text(cidrForm, "an IPv4 block between /16 and /22")),
      egress,
      flowLogs: switchOrTier("flowLogs"),
      logRetentionDays,
    },
    database: {
      instanceClass: orTier(
        "instanceClass",
        text(/^(tier|db\.[a-z0-9]+\.[a-z0-9]+)$/, "tier, or a class such as db.t4g.micro"),
      ),
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
      allowedOrigins: read(
        "allowedOrigins",
        list(text(/^https?:\/\/[^/*\s]+$/, "an origin such as https://app.example.com")),
      ),
      throttleRate: orTier("throttleRate", number(0, 10000)),
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

/** A service on Fargate verifies tokens itself, by keys that come over the internet: a pool with a domain answers no endpoint. */
function refuseWithoutInternet(name: string, egress: Tier["egress"], services: Record<string, ServiceSettings>): void {
  if (egress === "none") {
    throw new pulumi.RunError(
      `${name}:egress is none, but the migrations read the database's master secret from the network: use endpoints, single-nat or nat-per-az`,
    );
  }
  const onFargate = Object.entries(services).find(([, { runtime }]) => runtime === "fargate")?.[0];
  if (onFargate === undefined || reachesInternet(egress)) return;
  throw new pulumi.RunError(
    `${name}:egress is ${egress}, but ${onFargate} runs on Fargate and fetches Cognito's keys over the internet: use single-nat, nat-per-az or tier`,
  );
}

/** A misspelt key would silently leave its default in force. */
function refuseUnknown(namespace: string, known: Set<string>): void {
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    if (key.startsWith(`${namespace}:`) && !known.has(key)) {
      const names = [...known].map((name) => name.slice(namespace.length + 1)).join(", ");
      throw new pulumi.RunError(`${key} is not a setting: remove it from the stack file or use one of ${names}`);
    }
  }
}
