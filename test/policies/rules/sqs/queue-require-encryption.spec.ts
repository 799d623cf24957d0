import { rule } from "../../../../policies/rules/sqs/queue-require-encryption.ts";
import { laws, resource } from "../../laws.ts";

const queue = (props: object) => [resource("aws:sqs/queue:Queue", { name: "failed", ...props })];

laws(rule, {
  violates: {
    "encryption switched off": { of: queue({ sqsManagedSseEnabled: false }), says: "sqsManagedSseEnabled is false" },
  },
  passes: {
    "a key of SQS": { of: queue({ sqsManagedSseEnabled: true }) },
    "a key of one's own": { of: queue({ sqsManagedSseEnabled: false, kmsMasterKeyId: "alias/slipway" }) },
  },
});
