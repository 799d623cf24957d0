import { createHash, randomBytes } from "node:crypto";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { Node } from "../../../local/graph.ts";
import { startIdentity, type Identity, type IdentityOptions, type Message } from "../../../local/identity/identity.ts";

export const poolId = "eu-west-1_AbCdEf123";
export const callback = "https://clinic.example/signed-in";
export const password = "Correct-Horse-9";

const node = (type: string, id: string, inputs: Record<string, unknown>): Node => ({
  type: `aws:cognito/${type}`,
  name: id,
  id,
  inputs,
  outputs: { ...inputs, name: id },
  secretInputs: [],
  options: {},
});

const scopes = (...names: string[]) => names.map((scopeName) => ({ scopeName, scopeDescription: scopeName }));

/** The pool of the clinic: a browser client, a machine client, one for old programs, and one that may do nothing. */
export function nodes(changes: { pool?: object; browser?: object } = {}): Node[] {
  const inPool = { userPoolId: poolId, preventUserExistenceErrors: "ENABLED" };
  return [
    node("userPool:UserPool", poolId, {
      usernameAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      passwordPolicy: { minimumLength: 12, requireLowercase: true, requireUppercase: true, requireNumbers: true },
      schemas: [
        { name: "clinic", attributeDataType: "String", mutable: true, stringAttributeConstraints: { maxLength: "8" } },
      ],
      mfaConfiguration: "OFF",
      ...changes.pool,
    }),
    node("userPoolDomain:UserPoolDomain", "clinic", { userPoolId: poolId, domain: "clinic" }),
    node("resourceServer:ResourceServer", "clinic", {
      userPoolId: poolId,
      identifier: "clinic",
      scopes: scopes("patients.read", "patients.write", "patients.erase"),
    }),
    node("userPoolClient:UserPoolClient", "browser", {
      ...inPool,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["openid", "email", "clinic/patients.read", "clinic/patients.write"],
      callbackUrls: [callback],
      logoutUrls: ["https://clinic.example/signed-out"],
      supportedIdentityProviders: ["COGNITO"],
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      accessTokenValidity: 15,
      idTokenValidity: 15,
      refreshTokenValidity: 12,
      tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
      ...changes.browser,
    }),
    node("userPoolClient:UserPoolClient", "machine", {
      ...inPool,
      generateSecret: true,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["client_credentials"],
      allowedOauthScopes: ["clinic/patients.read", "clinic/patients.write"],
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    }),
    node("userPoolClient:UserPoolClient", "plain", {
      ...inPool,
      preventUserExistenceErrors: "LEGACY",
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  ];
}

/** A service under test with its post box and a clock that a test can push. */
export interface Bench {
  identity: Identity;
  sdk: CognitoIdentityProviderClient;
  messages: Message[];
  /** The last code sent to an address. */
  codeFor(to: string): string;
  pass(seconds: number): void;
}

const running: Identity[] = [];

/** Stops what `bench` started, also after a test that failed half-way. */
export const stopBenches = () => Promise.all(running.splice(0).map((identity) => identity.stop()));

export async function bench(from: Node[] = nodes(), options: Partial<IdentityOptions> = {}): Promise<Bench> {
  let offset = 0;
  const messages: Message[] = [];
  const identity = await startIdentity({
    nodes: from,
    now: () => Date.now() + offset,
    onMessage: (message) => messages.push(message),
    ...options,
  });
  running.push(identity);
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return {
    identity,
    sdk: new CognitoIdentityProviderClient({
      region: "eu-west-1",
      endpoint: identity.url,
      credentials,
      maxAttempts: 1,
    }),
    messages,
    codeFor: (to) => messages.findLast((message) => message.to === to)!.code,
    pass: (seconds) => {
      offset += seconds * 1000;
    },
  };
}

let people = 0;
/** An address nobody had before. */
export const somebody = () => `person${++people}@clinic.example`;

export const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());

export function pkce() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** Posts a form to the token endpoint, as a client that sends its id, or one with a secret by Basic. */
export async function postForm(url: string, form: Record<string, string>, secret?: string) {
  const basic = secret && { Authorization: `Basic ${Buffer.from(`${form.client_id}:${secret}`).toString("base64")}` };
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form), headers: { ...basic } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}
