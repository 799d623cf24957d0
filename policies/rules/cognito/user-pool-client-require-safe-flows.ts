import { flag, text, texts } from "../../facts/reading.ts";
import type { ResourceRule } from "../../rule.ts";

export const rule: ResourceRule = {
  id: "cognito-user-pool-client-require-safe-flows",
  topic: "exposure",
  holds: "a client signs in by code, can take tokens back, and does not tell who has an account",
  why: "The implicit flow puts tokens into addresses and logs; error texts that differ turn the sign-in page into a directory.",
  fix: "allow the code or client_credentials flow alone, https addresses, token revocation, and hide which users exist",
  source: "RFC 9700, OAuth 2.0 Security Best Current Practice; Amazon Cognito developer guide, error responses",
  severity: "high",
  level: "mandatory",
  options: {
    passwordSignIn: {
      type: "boolean",
      default: false,
      description: "Whether scripts may send a password without SRP.",
    },
  },
  types: ["aws:cognito/userPoolClient:UserPoolClient"],
  *check({ props }, options) {
    if (texts(props, "allowedOauthFlows").includes("implicit")) yield "the implicit flow is allowed";
    const flows = texts(props, "explicitAuthFlows");
    const plainPasswords = flows.some((flow) => flow.includes("USER_PASSWORD_AUTH"));
    if (plainPasswords && !flag(options, "passwordSignIn"))
      yield "passwords may be sent to Cognito by the client itself";
    if (flag(props, "enableTokenRevocation") === false) yield "enableTokenRevocation is false";
    if (text(props, "preventUserExistenceErrors") !== "ENABLED") yield "preventUserExistenceErrors is not ENABLED";
    const plain = texts(props, "callbackUrls").filter(
      (url) => url.startsWith("http://") && !/^http:\/\/localhost[:/]/.test(url),
    );
    if (plain.length > 0) yield "callbackUrls holds an address without TLS";
  },
};
