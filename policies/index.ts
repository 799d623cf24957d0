import { PolicyPack } from "@pulumi/policy";
import { catalogue } from "./catalogue.ts";
import { policies } from "./pack.ts";
import { waivers } from "./waivers.ts";

new PolicyPack("slipway", {
  description: "Least privilege and secure defaults for a Slipway stack.",
  policies: policies(catalogue, waivers, new Date().toISOString().slice(0, 10)),
});
