import type { Node } from "../graph.ts";
import type { GatewayDocument, Operation } from "./document.ts";

/** A user pool as the gateway trusts it. */
export interface PoolTrust {
  id: string;
  arn: string;
  issuer: string;
  /** Ids of the pool's app clients. */
  clientIds: ReadonlySet<string>;
}

/** The Cognito authorizer of one route. */
export interface AuthorizerSettings {
  /** Header that carries the token. */
  header: string;
  pools: PoolTrust[];
  /** Any of these lets an access token in; none asks for an ID token instead. */
  scopes: string[];
  /** The token as it stands in the header must match. */
  pattern: RegExp | undefined;
}

/** The user pools of the graph, by ARN. */
export function readPools(nodes: Node[]): Map<string, PoolTrust> {
  const pools = nodes.filter(({ type }) => type === "aws:cognito/userPool:UserPool");
  const clients = nodes.filter(({ type }) => type === "aws:cognito/userPoolClient:UserPoolClient");
  return new Map(
    pools.map(({ id, outputs }): [string, PoolTrust] => {
      const arn: string = outputs.arn;
      const issuer = `https://cognito-idp.${arn.split(":")[3]}.amazonaws.com/${id}`;
      const clientIds = new Set(clients.filter(({ inputs }) => inputs.userPoolId === id).map((client) => client.id));
      return [arn, { id, arn, issuer, clientIds }];
    }),
  );
}

/**
 * The authorizer that the document declares for an operation; none when it asks for none or the scheme has no authorizer.
 * Fails on a kind of authorizer that is not Cognito's and on a user pool that the graph does not hold.
 */
export function readAuthorizer(
  document: GatewayDocument,
  operation: Operation,
  pools: Map<string, PoolTrust>,
): AuthorizerSettings | undefined {
  for (const [name, scopes] of (operation.security ?? document.security ?? []).flatMap(Object.entries)) {
    const scheme = document.components?.securitySchemes?.[name];
    const authorizer = scheme?.["x-amazon-apigateway-authorizer"];
    if (!scheme || !authorizer) continue;
    if (authorizer.type?.toLowerCase() !== "cognito_user_pools") {
      throw new Error(`security scheme "${name}" must have a cognito_user_pools authorizer, got "${authorizer.type}"`);
    }
    const trusted = (authorizer.providerARNs ?? []).map((arn) => {
      const pool = pools.get(arn);
      if (!pool)
        throw new Error(
          `security scheme "${name}" names the user pool "${arn}", which is not part of the stack: add it`,
        );
      return pool;
    });
    const expression = authorizer.identityValidationExpression;
    return {
      header: (scheme.name ?? "Authorization").toLowerCase(),
      pools: trusted,
      scopes,
      pattern: expression ? new RegExp(`^(?:${expression})$`) : undefined,
    };
  }
  return undefined;
}
