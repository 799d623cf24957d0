import type { Method, OpenApiDocument, Operation } from "./openapi.ts";

/** One route of the document and the service behind it. */
export interface Route {
  path: string;
  method: Method;
  service: string;
  operation: Operation;
}

const methods: readonly Method[] = ["get", "put", "post", "delete", "options", "head", "patch"];

/** Every operation of `document`, in its order. */
export function operationsOf(document: OpenApiDocument): { path: string; method: Method; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );
}

/** Beginnings of the paths of `document` that ask for no token, up to their first parameter. */
export function openPaths(document: OpenApiDocument): string[] {
  const open = operationsOf(document).filter(({ operation: { security = [] } }) => security.length === 0);
  return [...new Set(open.map(({ path }) => path.split("{")[0]!))];
}

/**
 * The routes of `document`, each closed by scopes or open for a written reason. Without a scope API Gateway would take ID
 * tokens and refuse access tokens, so scopes are never left out. Fails on the first route that is neither, or that names a
 * service or a scope nobody declared.
 */
export function authorizedRoutes(document: OpenApiDocument, services: string[], scopes: readonly string[]): Route[] {
  return operationsOf(document).map(({ path, method, operation }) => {
    const label = `${method.toUpperCase()} ${path}`;
    const service = operation["x-service"];
    if (method === "options") {
      throw new Error(`route "${label}" is the gateway's own: remove it and give origins to answer preflight requests`);
    }
    if (service === undefined || !services.includes(service)) {
      throw new Error(`route "${label}" has x-service "${service}": set it to one of ${services.join(", ")}`);
    }
    refuseOpenRoute(label, operation, scopes);
    return { path, method, service, operation };
  });
}

function refuseOpenRoute(label: string, operation: Operation, declared: readonly string[]) {
  const { security = [] } = operation;
  const reason = operation["x-public-reason"]?.trim();
  if (security.length === 0) {
    if (!operation.security || !reason) {
      throw new Error(
        `route "${label}" has neither scopes nor a reason: list scopes under security.cognito, or set security to [] and x-public-reason`,
      );
    }
    return;
  }
  const schemes = security.flatMap((requirement) => Object.keys(requirement));
  if (schemes.length !== 1 || schemes[0] !== "cognito") {
    throw new Error(
      `route "${label}" asks for security "${schemes.join(", ")}": the gateway takes one scheme, cognito`,
    );
  }
  if (reason) {
    throw new Error(`route "${label}" has scopes and x-public-reason "${reason}": remove one of them`);
  }
  const scopes = security[0]!["cognito"]!;
  if (scopes.length === 0) {
    throw new Error(`route "${label}" lists no scopes: name at least one of ${declared.join(", ")}`);
  }
  const unknown = scopes.find((scope) => !declared.includes(scope));
  if (unknown !== undefined) {
    throw new Error(
      `route "${label}" asks for scope "${unknown}": declare it in the resource server or use one of ${declared.join(", ")}`,
    );
  }
}
