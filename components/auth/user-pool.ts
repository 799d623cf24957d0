import * as cognito from "@pulumi/aws/cognito/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName, type Place } from "../names.ts";
import { validated } from "../validated.ts";
import { clientAttributes, poolSchema, type Attribute } from "./attributes.ts";
import {
  advancedSecurity,
  domainPrefix,
  grantedScopes,
  refuseUrls,
  scopeNames,
  type ResourceServer,
} from "./user-pool-checks.ts";

export interface UserPoolArgs {
  place: Place;
  /** The API's scopes. */
  resourceServer: ResourceServer;
  /** Where the browser may come back to with a code: https, or http://localhost. Defaults to none, and then there is no browser client. */
  callbackUrls?: readonly string[];
  /** Where the browser may go after signing out. Defaults to none. */
  logoutUrls?: readonly string[];
  /** Scopes the browser client may ask for, without identifier. Defaults to all. */
  browserScopes?: readonly string[];
  /** Scopes of the machine client, without identifier. Defaults to none, and then there is no such client. */
  machineScopes?: readonly string[];
  /** A second factor by authenticator app. Defaults to OPTIONAL. */
  mfa?: "OFF" | "OPTIONAL" | "ON";
  /** Feature plan: it decides features and price. Defaults to ESSENTIALS. */
  userPoolTier?: "LITE" | "ESSENTIALS" | "PLUS";
  /** What is done about risky sign-ins. PLUS only. Defaults to AUDIT there. */
  threatProtection?: "AUDIT" | "ENFORCED";
  /** Whether people may sign up by themselves. Defaults to false: an administrator invites them. */
  selfSignUp?: boolean;
  /** Whether the browser client also takes a password without SRP, for scripts and tests. Defaults to false. */
  passwordSignIn?: boolean;
  /** What is known of a user besides the e-mail address. Only ever add to it: AWS refuses to change or remove. Defaults to none. */
  attributes?: readonly Attribute[];
  /** Prefix of the sign-in pages' host name. Defaults to project, stack and a hash of the account. */
  domainPrefix?: string;
  /** Whether AWS and Pulumi both refuse to delete the pool. Defaults to true. */
  deletionProtection?: boolean;
}

/**
 * A Cognito user pool: sign-in by e-mail address, scopes for the API, a browser client that only knows the code flow (the
 * pages add PKCE; Cognito has no switch for it), a machine client where asked for, and sign-in pages. The provider keeps the
 * machine client's secret in the state, encrypted by the stack's secrets provider.
 */
export class UserPool extends pulumi.ComponentResource {
  readonly userPoolId: pulumi.Output<string>;
  readonly userPoolArn: pulumi.Output<string>;
  /** The `iss` claim of its tokens; `/.well-known/jwks.json` below it holds the keys. */
  readonly issuer: pulumi.Output<string>;
  /** The browser client, if there is one. */
  readonly browserClientId?: pulumi.Output<string>;
  /** The machine client, if there is one. Its secret is no output: read it from Cognito when a machine is set up. */
  readonly machineClientId?: pulumi.Output<string>;
  /** Address of the sign-in pages and of the token endpoint, without path. */
  readonly signInUrl: pulumi.Output<string>;
  /** Every scope, as tokens carry them. */
  readonly scopes: readonly string[];

  constructor(name: string, args: UserPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:UserPool", name, {}, opts);
    const checked = validated(this, () => check(name, args));
    const { place, resourceServer, mfa = "OPTIONAL", deletionProtection = true } = args;
    const child = { parent: this };

    const pool = new cognito.UserPool(
      `${name}-pool`,
      {
        name: checked.poolName,
        userPoolTier: checked.userPoolTier,
        usernameAttributes: ["email"],
        usernameConfiguration: { caseSensitive: false },
        autoVerifiedAttributes: ["email"],
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
        accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
        adminCreateUserConfig: { allowAdminCreateUserOnly: !args.selfSignUp },
        passwordPolicy,
        mfaConfiguration: mfa,
        ...(mfa !== "OFF" && { softwareTokenMfaConfiguration: { enabled: true } }),
        ...(checked.advancedSecurityMode && { userPoolAddOns: { advancedSecurityMode: checked.advancedSecurityMode } }),
        schemas: checked.schemas,
        deletionProtection: deletionProtection ? "ACTIVE" : "INACTIVE",
      },
      { ...child, protect: deletionProtection },
    );
    const server = new cognito.ResourceServer(`${name}-scopes`, scopesOf(pool.id, resourceServer), child);
    const withScopes = { ...child, dependsOn: [server] };
    const common = { ...commonClient, userPoolId: pool.id };
    if (args.callbackUrls?.length) {
      const browserArgs = { ...common, ...browserClient(args, checked.browserScopes) };
      this.browserClientId = new cognito.UserPoolClient(`${name}-browser`, browserArgs, withScopes).id;
    }
    if (checked.machineScopes.length > 0) {
      const machineArgs = { ...common, ...machineClient(checked.machineScopes) };
      this.machineClientId = new cognito.UserPoolClient(`${name}-machine`, machineArgs, withScopes).id;
    }
    const pages = { userPoolId: pool.id, domain: checked.domain, managedLoginVersion: 1 };
    const domain = new cognito.UserPoolDomain(`${name}-domain`, pages, child);

    this.userPoolId = pool.id;
    this.userPoolArn = pool.arn;
    this.issuer = pulumi.interpolate`https://${pool.endpoint}`;
    // "Amazon Cognito in AWS GovCloud (US)": its pages are under FIPS names alone.
    const pagesHost = `${place.partition === "aws-us-gov" ? "auth-fips" : "auth"}.${place.region}.amazoncognito.com`;
    this.signInUrl = pulumi.interpolate`https://${domain.domain}.${pagesHost}`;
    this.scopes = scopeNames(resourceServer);
    const { userPoolId, userPoolArn, issuer, browserClientId, machineClientId, signInUrl } = this;
    this.registerOutputs({ userPoolId, userPoolArn, issuer, browserClientId, machineClientId, signInUrl });
  }
}

const passwordPolicy = {
  minimumLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
};

const commonClient = {
  allowedOauthFlowsUserPoolClient: true,
  supportedIdentityProviders: ["COGNITO"],
  enableTokenRevocation: true,
  preventUserExistenceErrors: "ENABLED",
  // All three for machines, too, which get access tokens alone: a unit without a number in it has an update refused with "Invalid range for
  // token validity" (terraform-provider-aws issue 32504).
  accessTokenValidity: 60,
  idTokenValidity: 60,
  refreshTokenValidity: 30,
  tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
};

function scopesOf(userPoolId: pulumi.Output<string>, { identifier, scopes }: ResourceServer) {
  const list = Object.entries(scopes).map(([scopeName, scopeDescription]) => ({ scopeName, scopeDescription }));
  return { userPoolId, identifier, name: identifier, scopes: list };
}

function browserClient(args: UserPoolArgs, scopes: string[]) {
  const { callbackUrls = [], logoutUrls = [], attributes = [], passwordSignIn } = args;
  return {
    generateSecret: false,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: ["openid", "email", ...scopes],
    callbackUrls: [...callbackUrls],
    logoutUrls: [...logoutUrls],
    explicitAuthFlows: [
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
      ...(passwordSignIn ? ["ALLOW_USER_PASSWORD_AUTH"] : []),
    ],
    ...clientAttributes(attributes),
  };
}

// Left empty, the flows would default to signing in users, which a machine never does.
function machineClient(scopes: string[]) {
  return {
    generateSecret: true,
    allowedOauthFlows: ["client_credentials"],
    allowedOauthScopes: scopes,
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
  };
}

function check(name: string, args: UserPoolArgs) {
  const { place, resourceServer, userPoolTier = "ESSENTIALS" } = args;
  refuseUrls("callbackUrls", args.callbackUrls ?? []);
  refuseUrls("logoutUrls", args.logoutUrls ?? []);
  return {
    poolName: physicalName(place, name),
    userPoolTier,
    advancedSecurityMode: advancedSecurity(userPoolTier, args.threatProtection),
    schemas: poolSchema(args.attributes ?? []),
    domain: domainPrefix(place, args.domainPrefix),
    browserScopes: grantedScopes(
      "browserScopes",
      args.browserScopes ?? Object.keys(resourceServer.scopes),
      resourceServer,
    ),
    machineScopes: grantedScopes("machineScopes", args.machineScopes ?? [], resourceServer),
  };
}
