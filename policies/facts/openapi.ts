import { entries, items, read, text, texts } from "./reading.ts";

/** One operation of an OpenAPI document, as API Gateway understands it. */
export interface Operation {
  /** Method and path, `GET /patients/{patientId}`. */
  readonly route: string;
  readonly method: string;
  /** The operation object. */
  readonly content: unknown;
  /** Alternatives of which one must hold, each a map from scheme to scopes; undefined when nothing is said anywhere. */
  readonly security: readonly unknown[] | undefined;
}

const methods = "get put post delete options head patch trace x-amazon-apigateway-any-method".split(" ");

/** The operations of an OpenAPI 3 or Swagger 2 document. */
export const operationsOf = (document: unknown): Operation[] =>
  entries(document, "paths").flatMap(([path, item]) =>
    entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, content]) => ({
        route: `${method === "x-amazon-apigateway-any-method" ? "ANY" : method.toUpperCase()} ${path}`,
        method,
        content,
        security: security(content) ?? security(document),
      })),
  );

/** The security schemes of a document: OpenAPI 3 keeps them in `components`, Swagger 2 at the top. */
export const schemesOf = (document: unknown): Map<string, unknown> =>
  new Map([...entries(document, "components.securitySchemes"), ...entries(document, "securityDefinitions")]);

/** Whether a scheme is a Cognito authorizer that names at least one user pool. */
export function isCognitoAuthorizer(scheme: unknown): boolean {
  const authorizer = read(scheme, "x-amazon-apigateway-authorizer");
  return (
    text(authorizer, "type")?.toLowerCase() === "cognito_user_pools" && texts(authorizer, "providerARNs").length > 0
  );
}

/** Whether an operation is the browser's preflight question, answered by the gateway itself. */
export const isPreflight = ({ method, content }: Operation): boolean =>
  method === "options" && text(content, "x-amazon-apigateway-integration.type")?.toLowerCase() === "mock";

const security = (from: unknown) => (read(from, "security") === undefined ? undefined : items(from, "security"));
