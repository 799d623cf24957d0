import { PolicyPack, type PolicyPackConfig } from "@pulumi/policy";
import { catalogue } from "./catalogue.ts";
import { packConfig, tierIn } from "./config.ts";
import { policies } from "./pack.ts";
import { waivers } from "./waivers.ts";

// The engine tells the pack's process which stack it judges, and with which settings.
const { PULUMI_STACK = "", PULUMI_CONFIG } = process.env;
const tier = tierIn(PULUMI_CONFIG);

new PolicyPack(
  "slipway",
  {
    description: "Least privilege and secure defaults for a Slipway stack.",
    policies: policies(catalogue, waivers, { tier, today: new Date().toISOString().slice(0, 10) }),
  },
  packConfig(PULUMI_STACK, tier) as PolicyPackConfig,
);
