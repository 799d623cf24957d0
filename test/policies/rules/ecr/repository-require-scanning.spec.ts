import { rule } from "../../../../policies/rules/ecr/repository-require-scanning.ts";
import { laws, resource } from "../../laws.ts";

const repository = (props: object) => [
  resource("aws:ecr/repository:Repository", { name: "slipway-dev-app", ...props }),
];

laws(rule, {
  violates: {
    "no word about it": { of: repository({}), says: "scanOnPush is not true" },
    "scanning switched off": {
      of: repository({ imageScanningConfiguration: { scanOnPush: false } }),
      says: "scanOnPush is not true",
    },
  },
  passes: { "scanning on push": { of: repository({ imageScanningConfiguration: { scanOnPush: true } }) } },
});
