import { trustAccountRoot } from "../../../../policies/iam/checks/trust-account-root.ts";
import { about, assume, role } from "../about.ts";

about(trustAccountRoot, {
  speaks: [
    ["an account nobody named", [assume({ AWS: "210987654321" })]],
    ["a role of an account that is not trusted", [assume({ AWS: role })], { accounts: ["210987654321"] }],
    ["a role where no account is trusted", [assume({ AWS: role })], { accounts: [] }],
  ],
  accepts: [
    ["a role where nobody said", [assume({ AWS: role })]],
    ["a trusted account", [assume({ AWS: "210987654321" })], { accounts: ["210987654321"] }],
  ],
});
