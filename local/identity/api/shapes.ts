import type { Client } from "../client.ts";
import type { Pool } from "../pool.ts";
import type { User } from "../users.ts";

/** A user's attributes as a list, with the `sub` every user has. */
export const attributeList = (user: User, readable?: string[]) => [
  { Name: "sub", Value: user.sub },
  ...Object.entries(user.attributes)
    .filter(([name]) => readable?.includes(name) ?? true)
    .map(([Name, Value]) => ({ Name, Value })),
];

export const mfaShape = (user: User) =>
  user.totp && user.wantsMfa
    ? { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"], PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" }
    : {};

/** A user as administrators see it. Times go out in seconds, as this protocol wants them. */
export const userShape = (user: User) => ({
  Username: user.username,
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.modifiedAt / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
});

export function poolShape({ settings, users }: Pool) {
  const { password } = settings;
  return {
    Id: settings.id,
    Name: settings.name,
    Arn: settings.arn,
    Domain: settings.domain,
    UsernameAttributes: settings.usernameAttributes,
    AliasAttributes: settings.aliasAttributes,
    AutoVerifiedAttributes: settings.autoVerified,
    UsernameConfiguration: { CaseSensitive: settings.caseSensitive },
    MfaConfiguration: settings.mfa,
    EstimatedNumberOfUsers: users.all().length,
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: settings.adminOnly },
    Policies: {
      PasswordPolicy: {
        MinimumLength: password.minimumLength,
        RequireLowercase: password.requireLowercase,
        RequireUppercase: password.requireUppercase,
        RequireNumbers: password.requireNumbers,
        RequireSymbols: password.requireSymbols,
        TemporaryPasswordValidityDays: password.temporaryPasswordValidityDays,
      },
    },
    SchemaAttributes: [...settings.attributes.values()].map(({ name, type, required, mutable }) => ({
      Name: name,
      AttributeDataType: type,
      Required: required,
      Mutable: mutable,
    })),
  };
}

export function clientShape(pool: Pool, client: Client) {
  return {
    UserPoolId: pool.settings.id,
    ClientId: client.id,
    ClientName: client.name,
    ClientSecret: client.secret,
    ExplicitAuthFlows: client.authFlows,
    AllowedOAuthFlows: client.grants,
    AllowedOAuthFlowsUserPoolClient: client.grants.length > 0,
    AllowedOAuthScopes: client.scopes,
    CallbackURLs: client.callbackUrls,
    LogoutURLs: client.logoutUrls,
    PreventUserExistenceErrors: client.hidesUnknownUsers ? "ENABLED" : "LEGACY",
    EnableTokenRevocation: client.revocable,
    AccessTokenValidity: client.accessSeconds,
    IdTokenValidity: client.idSeconds,
    RefreshTokenValidity: client.refreshSeconds,
    TokenValidityUnits: { AccessToken: "seconds", IdToken: "seconds", RefreshToken: "seconds" },
    AuthSessionValidity: client.sessionMinutes,
  };
}
