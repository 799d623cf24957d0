import { rule } from "../../../../policies/rules/lambda/permission-require-source.ts";
import { laws, resource } from "../../laws.ts";

const api = "arn:aws:execute-api:eu-west-1:123456789012:abc123";
const permission = (props: object) => [
  resource("aws:lambda/permission:Permission", {
    principal: "apigateway.amazonaws.com",
    action: "lambda:InvokeFunction",
    ...props,
  }),
];

laws(rule, {
  violates: {
    "no source": { of: permission({}), says: "apigateway.amazonaws.com may call it for anyone" },
    "every API": {
      of: permission({ sourceArn: "arn:aws:execute-api:eu-west-1:123456789012:*/*" }),
      says: "names no single source",
    },
    "every account": {
      of: permission({ sourceArn: "arn:aws:execute-api:eu-west-1:*:abc123/*" }),
      says: "names no single source",
    },
    "a bucket without its account": {
      of: permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::inbox" }),
      says: "names no account",
    },
    everybody: { of: permission({ principal: "*" }), says: "every principal" },
  },
  passes: {
    "one API": { of: permission({ sourceArn: `${api}/*/GET/patients` }) },
    "a bucket with its account": {
      of: permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::inbox", sourceAccount: "123456789012" }),
    },
    "an account": { of: permission({ principal: "123456789012" }) },
    "an organisation": { of: permission({ principal: "*", principalOrgId: "o-a1b2c3d4e5" }) },
  },
});
