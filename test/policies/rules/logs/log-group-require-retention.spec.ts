import { rule } from "../../../../policies/rules/logs/log-group-require-retention.ts";
import { laws, resource } from "../../laws.ts";

const group = (props: object) => [resource("aws:cloudwatch/logGroup:LogGroup", { name: "/aws/lambda/api", ...props })];

laws(rule, {
  violates: {
    "no retention": { of: group({}), says: "kept for ever" },
    "a retention of zero": { of: group({ retentionInDays: 0 }), says: "kept for ever" },
    "a day": { of: group({ retentionInDays: 1 }), says: "retentionInDays is 1, allowed are 7 to 400" },
    "ten years": { of: group({ retentionInDays: 3653 }), says: "retentionInDays is 3653" },
  },
  passes: {
    "a month": { of: group({ retentionInDays: 30 }) },
    "ten years where they are asked for": { of: group({ retentionInDays: 3653 }), options: { maxDays: 3653 } },
  },
});
