import { rule } from "../../../../policies/rules/kms/key-require-rotation.ts";
import { laws, resource } from "../../laws.ts";

const key = (props: object) => [resource("aws:kms/key:Key", { description: "alarms", ...props })];

laws(rule, {
  violates: {
    "no word about it": { of: key({}), says: "enableKeyRotation is not true" },
    "rotation switched off": { of: key({ enableKeyRotation: false }), says: "enableKeyRotation is not true" },
  },
  passes: {
    rotation: { of: key({ enableKeyRotation: true }) },
    "a key KMS cannot rotate": { of: key({ customerMasterKeySpec: "ECC_NIST_P256" }) },
  },
});
