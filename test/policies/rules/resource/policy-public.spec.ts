import { rule } from "../../../../policies/rules/resource/policy-public.ts";
import { assume, queue } from "../../documents.ts";
import { laws, resource } from "../../laws.ts";

laws(rule, {
  violates: {
    everybody: {
      of: queue({ ...assume("*"), Action: "sqs:SendMessage", Resource: "*" }),
      says: "anybody may use the resource",
    },
    "a function that everybody may call": {
      of: [
        resource("aws:lambda/permission:Permission", {
          principal: "*",
          action: "lambda:InvokeFunction",
          function: "api",
        }),
      ],
      says: "principal statement Permission: anybody",
    },
  },
  passes: {
    "one account": { of: queue({ ...assume({ AWS: "123456789012" }), Action: "sqs:SendMessage", Resource: "*" }) },
    "a function for an organisation": {
      of: [
        resource("aws:lambda/permission:Permission", {
          principal: "*",
          action: "lambda:InvokeFunction",
          function: "api",
          principalOrgId: "o-a1b2c3d4e5",
        }),
      ],
    },
  },
});
