import { rule } from "../../../../policies/rules/sns/topic-require-encryption.ts";
import { laws, resource } from "../../laws.ts";

const topic = (props: object) => [resource("aws:sns/topic:Topic", { name: "slipway-dev-alarms", ...props })];

laws(rule, {
  violates: { "no key": { of: topic({}), says: "kmsMasterKeyId is not set" } },
  passes: { "a key": { of: topic({ kmsMasterKeyId: "alias/slipway" }) } },
});
