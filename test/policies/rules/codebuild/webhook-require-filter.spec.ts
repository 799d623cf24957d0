import { rule } from "../../../../policies/rules/codebuild/webhook-require-filter.ts";
import { laws, resource } from "../../laws.ts";

const event = { type: "EVENT", pattern: "PUSH" };
const webhook = (...filters: object[]) => [
  resource("aws:codebuild/webhook:Webhook", { filterGroups: [{ filters: [event, ...filters] }] }),
];

laws(rule, {
  violates: {
    "no filter": { of: [resource("aws:codebuild/webhook:Webhook", { projectName: "build" })], says: "no filterGroups" },
    "events alone": { of: webhook(), says: "any change" },
    "a filter for every branch": { of: webhook({ type: "HEAD_REF", pattern: "^.*$" }), says: "any change" },
    "a person whose number only has to occur": {
      of: webhook({ type: "ACTOR_ACCOUNT_ID", pattern: "12345" }),
      says: "any change",
    },
  },
  passes: { "one branch": { of: webhook({ type: "HEAD_REF", pattern: "^refs/heads/main$" }) } },
});
