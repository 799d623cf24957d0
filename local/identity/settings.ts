import type { Node } from "../graph.ts";
import { attributeRules, type AttributeRule } from "./attributes.ts";
import { clientFrom, type Client } from "./client.ts";

/** What the graph says about one user pool. */
export interface PoolSettings {
  /** For example `eu-west-1_AbCdEf123`. */
  id: string;
  name: string;
  arn: string;
  /** What AWS would write into `iss`: `https://cognito-idp.<region>.amazonaws.com/<id>`. */
  issuer: string;
  /** Prefix or host of the domain; without one AWS serves no OAuth endpoints, and neither does this service. */
  domain?: string;
  /** Attributes that serve as user name, for example `["email"]`; empty when users choose a name of their own. */
  usernameAttributes: string[];
  /** Attributes that may stand for the user name once verified. */
  aliasAttributes: string[];
  autoVerified: string[];
  caseSensitive: boolean;
  password: PasswordPolicy;
  /** Attributes a user may change only by proving the new address first. */
  verifiedBeforeUpdate: string[];
  /** Only administrators create users: nobody signs up. */
  adminOnly: boolean;
  mfa: "OFF" | "OPTIONAL" | "ON";
  attributes: Map<string, AttributeRule>;
  clients: Client[];
}

export interface PasswordPolicy {
  minimumLength: number;
  requireLowercase: boolean;
  requireUppercase: boolean;
  requireNumbers: boolean;
  requireSymbols: boolean;
  temporaryPasswordValidityDays: number;
}

/**
 * Every user pool of the graph with its clients. Fails on a pool whose id does not tell its region, and where AWS would:
 * on a client's scope that no resource server of the pool declares.
 */
export function poolsIn(nodes: Node[]): PoolSettings[] {
  return ofType(nodes, "userPool:UserPool").map((node) => {
    const { inputs } = node;
    const region = /^([a-z]{2}(?:-[a-z]+)+-[0-9])_[A-Za-z0-9]+$/.exec(node.id)?.[1];
    if (!region) throw new Error(`userPool ${node.name} needs an id like "eu-west-1_AbCdEf123", got "${node.id}"`);
    const mine = (type: string) => ofType(nodes, type).filter((other) => other.inputs.userPoolId === node.id);
    const clients = mine("userPoolClient:UserPoolClient").map(clientFrom);
    refuseUnknownScopes(clients, mine("resourceServer:ResourceServer"));
    const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return {
      id: node.id,
      name: node.outputs.name ?? node.name,
      arn: node.outputs.arn ?? "",
      issuer: `https://cognito-idp.${region}.${suffix}/${node.id}`,
      domain: mine("userPoolDomain:UserPoolDomain")[0]?.inputs.domain,
      usernameAttributes: inputs.usernameAttributes ?? [],
      aliasAttributes: inputs.aliasAttributes ?? [],
      autoVerified: inputs.autoVerifiedAttributes ?? [],
      caseSensitive: inputs.usernameConfiguration?.caseSensitive ?? true,
      password: passwordPolicy(inputs.passwordPolicy),
      verifiedBeforeUpdate: inputs.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdates ?? [],
      adminOnly: inputs.adminCreateUserConfig?.allowAdminCreateUserOnly ?? false,
      mfa: inputs.mfaConfiguration ?? "OFF",
      attributes: attributeRules(inputs.schemas),
      clients,
    };
  });
}

const ofType = (nodes: Node[], type: string) => nodes.filter((node) => node.type === `aws:cognito/${type}`);

const ownScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

function refuseUnknownScopes(clients: Client[], servers: Node[]): void {
  const declared = servers.flatMap(({ inputs: { identifier, scopes } }) =>
    (scopes ?? []).map(({ scopeName }: { scopeName: string }) => `${identifier}/${scopeName}`),
  );
  for (const { name, scopes } of clients) {
    const unknown = scopes.find((scope) => !ownScopes.includes(scope) && !declared.includes(scope));
    if (unknown)
      throw new Error(`client ${name} allows scope "${unknown}", which no resource server of its pool declares`);
  }
}

/** A pool that names no policy gets Cognito's: eight characters of every kind, a week for a temporary password. */
function passwordPolicy(given?: Partial<PasswordPolicy>): PasswordPolicy {
  const strict = given === undefined;
  return {
    minimumLength: given?.minimumLength ?? 8,
    requireLowercase: given?.requireLowercase ?? strict,
    requireUppercase: given?.requireUppercase ?? strict,
    requireNumbers: given?.requireNumbers ?? strict,
    requireSymbols: given?.requireSymbols ?? strict,
    temporaryPasswordValidityDays: given?.temporaryPasswordValidityDays ?? 7,
  };
}
