import * as pulumi from "@pulumi/pulumi";
import { rollbackTriggers } from "./delivery/rollback-triggers.ts";
import { shortestBake } from "./delivery/rollout-plan.ts";
import type { ServiceSettings } from "./service-settings.ts";
import type { Tier } from "./tier.ts";
import type { TierDefaults } from "./tier-defaults.ts";

/** Minutes of a bake, undefined for the shortest. Fails on one that is over before the slowest rollback alarm can fire. */
export function bakeOf(minutes: number, name: string, tier: Tier): number | undefined {
  const shortest = shortestBake(rollbackTriggers, tier);
  if (minutes === 0 || minutes >= shortest) return minutes || undefined;
  throw new pulumi.RunError(
    `${name}:bakeMinutes ${minutes} is over before the slowest rollback alarm can fire: use ${shortest} or more, or 0`,
  );
}

/** The door to the internet, if a service is public. Fails on a door without a name, and on a name without a door. */
export function doorOf(
  name: string,
  services: Readonly<Record<string, ServiceSettings>>,
  { domainName, hostedZoneId }: { domainName: string; hostedZoneId: string },
) {
  const open = Object.entries(services).find(([, one]) => one.runtime === "fargate" && one.public)?.[0];
  if (open !== undefined && !(domainName && hostedZoneId)) {
    throw new pulumi.RunError(
      `${name}:services.${open}.public is true, but ${name}:${domainName ? "hostedZoneId" : "domainName"} is empty: the internet is served over TLS only, set the name and its zone in Route 53`,
    );
  }
  if (open === undefined && (domainName || hostedZoneId)) {
    const [key, value] = domainName ? ["domainName", domainName] : ["hostedZoneId", hostedZoneId];
    throw new pulumi.RunError(
      `${name}:${key} is ${value}, but no service is public: set ${name}:services.<name>.public to true, or leave ${key} out`,
    );
  }
  return open === undefined ? undefined : { name: domainName, zoneId: hostedZoneId };
}

/** Lambda refuses weights on an alias whose instances are kept warm, in the middle of a shift. */
export function refuseDivided(
  name: string,
  services: Readonly<Record<string, ServiceSettings>>,
  steps: readonly number[],
): void {
  const warm = Object.entries(services).find(([, one]) => one.runtime === "lambda" && one.provisionedConcurrency);
  if (steps.length === 1 || !warm) return;
  throw new pulumi.RunError(
    `${name}:services.${warm[0]}.provisionedConcurrency keeps the traffic of live from being divided, and ${name}:rolloutSteps are [${steps.join(", ")}]: leave the first out, or set rolloutSteps to [100]`,
  );
}

/** What would start and then hang. */
export function refuseWithoutWay(name: string, egress: TierDefaults["egress"]): void {
  if (egress === "none") {
    throw new pulumi.RunError(
      `${name}:egress is none, but the migrations read the database's master secret from the network: use endpoints, single-nat or nat-per-az`,
    );
  }
}

/** Whose configuration there is besides the program's own: the engine's, and that of the packages used here. */
const otherNamespaces = ["pulumi", "aws", "awsx", "docker-build"];

/** A misspelt key, or a misspelt namespace, would silently leave its default in force: the engine takes every one. */
export function refuseUnknown(namespace: string, known: Set<string>): void {
  for (const full of Object.keys(pulumi.runtime.allConfig())) {
    const [space = "", key] = full.split(":", 2);
    if (space === namespace && !known.has(full)) {
      const names = [...known].map((name) => name.slice(namespace.length + 1)).join(", ");
      throw new pulumi.RunError(`${full} is not a setting: remove it from the stack file or use one of ${names}`);
    }
    if (space !== namespace && !otherNamespaces.includes(space)) {
      throw new pulumi.RunError(
        `${full} is of no namespace that is read here, ${namespace}, ${otherNamespaces.join(", ")}: write ${namespace}:${key}, or add "${space}" to otherNamespaces in components/settings-together.ts`,
      );
    }
  }
}
