import type { Node } from "../graph.ts";
import { newClientSecret } from "./secrets.ts";

/** What the graph says about one app client. */
export interface Client {
  id: string;
  name: string;
  /** Drawn afresh at every start for a client with `generateSecret`: no secret is ever in the graph. */
  secret?: string;
  /** For example `ALLOW_USER_SRP_AUTH`. */
  authFlows: string[];
  /** OAuth grants, empty unless the client takes part in OAuth: `code`, `client_credentials`. */
  grants: string[];
  scopes: string[];
  callbackUrls: string[];
  logoutUrls: string[];
  /** Whether users of the pool itself may sign in here, and not only those of other providers. */
  servesPoolUsers: boolean;
  hidesUnknownUsers: boolean;
  revocable: boolean;
  /** Seconds for which a refresh token still works after it was exchanged; absent without rotation. */
  rotationGraceSeconds?: number;
  /** Attributes the client may read or write; absent for all. */
  readable?: string[];
  writable?: string[];
  accessSeconds: number;
  idSeconds: number;
  refreshSeconds: number;
  /** Minutes a user has for one step of a sign-in. */
  sessionMinutes: number;
}

const defaultFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];
const unitSeconds: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

export function clientFrom(node: Node): Client {
  const { inputs } = node;
  const units = inputs.tokenValidityUnits ?? {};
  const rotation = inputs.refreshTokenRotation;
  return {
    id: node.id,
    name: node.outputs.name ?? node.name,
    ...(inputs.generateSecret && { secret: newClientSecret() }),
    authFlows: inputs.explicitAuthFlows?.length ? inputs.explicitAuthFlows : defaultFlows,
    grants: inputs.allowedOauthFlowsUserPoolClient ? (inputs.allowedOauthFlows ?? []) : [],
    scopes: inputs.allowedOauthScopes ?? [],
    callbackUrls: inputs.callbackUrls ?? [],
    logoutUrls: inputs.logoutUrls ?? [],
    servesPoolUsers: inputs.supportedIdentityProviders?.includes("COGNITO") ?? true,
    hidesUnknownUsers: inputs.preventUserExistenceErrors === "ENABLED",
    revocable: inputs.enableTokenRevocation ?? true,
    ...(rotation?.feature === "ENABLED" && { rotationGraceSeconds: rotation.retryGracePeriodSeconds ?? 0 }),
    ...(inputs.readAttributes && { readable: inputs.readAttributes }),
    ...(inputs.writeAttributes && { writable: inputs.writeAttributes }),
    accessSeconds: seconds(inputs.accessTokenValidity, units.accessToken, "hours", 3600),
    idSeconds: seconds(inputs.idTokenValidity, units.idToken, "hours", 3600),
    refreshSeconds: seconds(inputs.refreshTokenValidity, units.refreshToken, "days", 30 * 86_400),
    sessionMinutes: inputs.authSessionValidity ?? 3,
  };
}

/** A validity of zero means the default, as at AWS. */
const seconds = (value: number | undefined, unit: string | undefined, standard: string, fallback: number): number =>
  value ? value * (unitSeconds[unit ?? standard] ?? 1) : fallback;
