import assert from "node:assert/strict";
import { UserPool, type UserPoolArgs } from "../../../components/auth/user-pool.ts";
import { graph, only, type Node } from "../../../local/graph.ts";
import { outline, place } from "../place.ts";

const resourceServer = {
  identifier: "clinic",
  scopes: { "patients.read": "Read patients", "patients.write": "Write patients" },
};
const callbackUrls = ["https://app.example.com/back"];

const build = (args: Partial<UserPoolArgs> = {}, preview = false) =>
  graph(() => ({ ...outputsOf(new UserPool("users", { place, resourceServer, callbackUrls, ...args })) }), { preview });
const outputsOf = ({ userPoolId, userPoolArn, issuer, signInUrl }: UserPool) => ({
  userPoolId,
  userPoolArn,
  issuer,
  signInUrl,
});
const poolIn = ({ nodes }: { nodes: Node[] }) => only(nodes, "aws:cognito/userPool:UserPool");
const clientIn = ({ nodes }: { nodes: Node[] }, name: string) =>
  nodes.find((node) => node.name === `users-${name}`)!.inputs;

describe("UserPool", () => {
  for (const [input, standard] of Object.entries({
    name: "slipway-test-users",
    userPoolTier: "ESSENTIALS",
    usernameAttributes: ["email"],
    usernameConfiguration: { caseSensitive: false },
    autoVerifiedAttributes: ["email"],
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
    accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: true },
    mfaConfiguration: "OPTIONAL",
    softwareTokenMfaConfiguration: { enabled: true },
    userPoolAddOns: undefined,
    deletionProtection: "ACTIVE",
    passwordPolicy: {
      minimumLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 7,
    },
  })) {
    it(`has a pool with ${input} ${JSON.stringify(standard)} unless told otherwise`, async () => {
      assert.deepEqual(poolIn(await build()).inputs[input], standard);
    });
  }

  for (const [input, standard] of Object.entries({
    generateSecret: false,
    allowedOauthFlows: ["code"],
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthScopes: ["openid", "email", "clinic/patients.read", "clinic/patients.write"],
    supportedIdentityProviders: ["COGNITO"],
    callbackUrls,
    logoutUrls: [],
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    accessTokenValidity: 60,
    idTokenValidity: 60,
    refreshTokenValidity: 30,
    tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
    enableTokenRevocation: true,
    preventUserExistenceErrors: "ENABLED",
    readAttributes: ["email", "email_verified"],
    writeAttributes: ["email"],
  })) {
    it(`has a browser client with ${input} ${JSON.stringify(standard)} unless told otherwise`, async () => {
      assert.deepEqual(clientIn(await build(), "browser")[input], standard);
    });
  }

  it("declares the scopes of the API", async () => {
    const { identifier, scopes } = only((await build()).nodes, "aws:cognito/resourceServer:ResourceServer").inputs;
    assert.equal(identifier, "clinic");
    assert.deepEqual(scopes, [
      { scopeName: "patients.read", scopeDescription: "Read patients" },
      { scopeName: "patients.write", scopeDescription: "Write patients" },
    ]);
  });

  it("gives the browser only the scopes it is told", async () => {
    const { allowedOauthScopes } = clientIn(await build({ browserScopes: ["patients.read"] }), "browser");
    assert.deepEqual(allowedOauthScopes, ["openid", "email", "clinic/patients.read"]);
  });

  it("takes plain passwords only when told", async () => {
    const { explicitAuthFlows } = clientIn(await build({ passwordSignIn: true }), "browser");
    assert.deepEqual(explicitAuthFlows, [
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
    ]);
  });

  it("has no machine client unless it gets scopes", async () => {
    assert.equal(clientIn(await build({ machineScopes: ["patients.read"] }), "machine").generateSecret, true);
    assert.equal((await build()).nodes.filter(({ name }) => name === "users-machine").length, 0);
  });

  it("gives the machine client its own scopes and no way to sign in a user", async () => {
    const machine = clientIn(await build({ machineScopes: ["patients.read"] }), "machine");
    assert.deepEqual(machine.allowedOauthFlows, ["client_credentials"]);
    assert.deepEqual(machine.allowedOauthScopes, ["clinic/patients.read"]);
    assert.deepEqual(machine.explicitAuthFlows, ["ALLOW_REFRESH_TOKEN_AUTH"]);
    const { accessTokenValidity, idTokenValidity, refreshTokenValidity } = machine;
    assert.deepEqual([accessTokenValidity, idTokenValidity, refreshTokenValidity], [60, 60, 30]);
  });

  it("asks for a second factor always, or never, when told", async () => {
    assert.equal(poolIn(await build({ mfa: "ON" })).inputs.mfaConfiguration, "ON");
    const off = poolIn(await build({ mfa: "OFF" })).inputs;
    assert.deepEqual([off.mfaConfiguration, off.softwareTokenMfaConfiguration], ["OFF", undefined]);
  });

  it("lets people sign up only when told", async () => {
    const { adminCreateUserConfig } = poolIn(await build({ selfSignUp: true })).inputs;
    assert.deepEqual(adminCreateUserConfig, { allowAdminCreateUserOnly: false });
  });

  it("watches risky sign-ins in the PLUS tier, and stops them when told", async () => {
    const modeOf = async (args: Partial<UserPoolArgs>) =>
      poolIn(await build(args)).inputs.userPoolAddOns.advancedSecurityMode;
    assert.equal(await modeOf({ userPoolTier: "PLUS" }), "AUDIT");
    assert.equal(await modeOf({ userPoolTier: "PLUS", threatProtection: "ENFORCED" }), "ENFORCED");
  });

  it("is protected by AWS and by Pulumi, or by neither", async () => {
    const held = async (args: Partial<UserPoolArgs>) => {
      const { inputs, options } = poolIn(await build(args));
      return [inputs.deletionProtection, options.protect];
    };
    assert.deepEqual(await held({}), ["ACTIVE", true]);
    assert.deepEqual(await held({ deletionProtection: false }), ["INACTIVE", false]);
  });

  it("never ignores a change of its schema", async () => {
    assert.equal(poolIn(await build()).options.ignoreChanges, undefined);
  });

  it("says who issues its tokens and where to sign in, under a name unique to stack and account", async () => {
    const { nodes, outputs } = await build();
    const pool = poolIn({ nodes });
    assert.match(pool.id, /^eu-west-1_[a-z0-9]{9}$/);
    assert.deepEqual(outputs, {
      userPoolId: pool.id,
      userPoolArn: `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${pool.id}`,
      issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${pool.id}`,
      signInUrl: "https://slipway-test-2a33349e.auth.eu-west-1.amazoncognito.com",
    });
  });

  it("has its pages under another name in GovCloud", async () => {
    const there = { ...place, partition: "aws-us-gov", region: "us-gov-west-1" };
    assert.match(String((await build({ place: there })).outputs["signInUrl"]), /\.auth-fips\.us-gov-west-1\.amazon/);
  });

  it("keeps the machine's secret out of its outputs", async () => {
    const { nodes } = await build({ machineScopes: ["patients.read"] });
    const secret: string = nodes.find(({ name }) => name === "users-machine")!.outputs.clientSecret;
    const component = nodes.find(({ name }) => name === "users")!;
    assert.ok(secret.length > 0 && !JSON.stringify(component).includes(secret));
  });

  it("shows at preview what it creates at update", async () => {
    const args = { machineScopes: ["patients.read"] };
    assert.deepEqual(outline((await build(args, true)).nodes), outline((await build(args)).nodes));
  });

  for (const [wrong, args, message] of [
    [
      "threat protection below its tier",
      { threatProtection: "AUDIT" },
      /threatProtection "AUDIT" needs userPoolTier PLUS, got "ESSENTIALS": raise userPoolTier/,
    ],
    [
      "a callback URL without TLS",
      { callbackUrls: ["http://app.example.com"] },
      /callbackUrls must be https:.* got "http:\/\/app.example.com": change it/,
    ],
    [
      "a log-out URL of another scheme",
      { logoutUrls: ["javascript:alert(1)"] },
      /logoutUrls must be https:.* got "javascript:alert\(1\)"/,
    ],
    ["a callback URL with a wildcard", { callbackUrls: ["https://*.example.com"] }, /callbackUrls must be https:/],
    ["a callback URL with a fragment", { callbackUrls: ["https://app.example.com/#x"] }, /callbackUrls must be https:/],
    [
      "a browser scope nobody declared",
      { browserScopes: ["all"] },
      /browserScopes has "all", which resourceServer does not declare: use some of patients.read, patients.write/,
    ],
    ["a machine scope nobody declared", { machineScopes: ["all"] }, /machineScopes has "all"/],
    [
      "a reserved word in the domain",
      { domainPrefix: "my-aws-clinic" },
      /domainPrefix must not contain "aws".* got "my-aws-clinic"/,
    ],
    ["a domain that is too long", { domainPrefix: "x".repeat(64) }, /domainPrefix must be 1 to 63/],
  ] as [string, Partial<UserPoolArgs>, RegExp][]) {
    it(`fails on ${wrong}`, async () => {
      await assert.rejects(build(args), message);
    });
  }

  it("has no browser client where there is no page to return to", async () => {
    const { nodes } = await build({ callbackUrls: [], machineScopes: ["patients.read"] });
    const clients = nodes.filter(({ type }) => type === "aws:cognito/userPoolClient:UserPoolClient");
    assert.deepEqual(
      clients.map(({ name }) => name),
      ["users-machine"],
    );
  });

  it("accepts the developer's own machine as callback", async () => {
    const { callbackUrls: urls } = clientIn(await build({ callbackUrls: ["http://localhost:3000/back"] }), "browser");
    assert.deepEqual(urls, ["http://localhost:3000/back"]);
  });
});
