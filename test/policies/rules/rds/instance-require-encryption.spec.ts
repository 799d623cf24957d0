import { rule } from "../../../../policies/rules/rds/instance-require-encryption.ts";
import { laws, resource } from "../../laws.ts";

const instance = (props: object) => [resource("aws:rds/instance:Instance", { engine: "postgres", ...props })];

laws(rule, {
  violates: {
    "no word about it": { of: instance({}), says: "storageEncrypted is not true" },
    "encryption switched off": { of: instance({ storageEncrypted: false }), says: "storageEncrypted is not true" },
  },
  passes: {
    encryption: { of: instance({ storageEncrypted: true }) },
    "a replica, which is as its source": { of: instance({ replicateSourceDb: "db" }) },
  },
});
