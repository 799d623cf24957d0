import type { OpenApiDocument } from "./openapi.ts";

// "Quotas for configuring and running a REST API" and ImportRestApi in the API Gateway documentation.
const largestDocumentBytes = 6 * 1024 * 1024;
const mostResources = 300;

/** Longest time the gateway waits for a service, in milliseconds: its default quota for regional APIs. */
export const longestTimeoutMillis = 29_000;

// "Important notes for REST APIs" in the same guide: models are JSON Schema draft 4, and these keywords are either named
// there as unsupported or belong to a later draft or to OpenAPI alone.
const unsupportedKeywords = new Set([
  ...[
    "discriminator",
    "example",
    "examples",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "readOnly",
    "writeOnly",
    "nullable",
  ],
  ...["const", "contains", "if", "then", "else", "propertyNames", "prefixItems", "$defs", "$dynamicRef"],
  ...["dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties"],
]);
const unsupportedFormats = new Set(["int32", "int64", "decimal"]);

// Under these keys stand names that the author chose, not keywords.
const mapsOfNames = new Set([
  ...["properties", "patternProperties", "schemas", "parameters", "responses", "requestBodies", "headers", "content"],
  "securitySchemes",
]);

/** Fails on the first thing in `document` that API Gateway refuses to import or silently drops, with where it stands. */
export function refuseUnsupported(document: OpenApiDocument): void {
  if (!/^3\.0\.\d+$/.test(document.openapi)) {
    throw new Error(`document has openapi "${document.openapi}": the gateway imports 3.0, for example 3.0.3`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes > largestDocumentBytes) {
    throw new Error(`document has ${bytes} bytes, the gateway imports ${largestDocumentBytes}: split the API`);
  }
  refusePaths(Object.keys(document.paths));
  const model = Object.keys(document.components?.schemas ?? {}).find((name) => !/^[A-Za-z0-9]+$/.test(name));
  if (model !== undefined) {
    throw new Error(`schema "${model}" must have a name of letters and digits only: rename it`);
  }
  refuseKeywords(document.paths, "#/paths", true);
  refuseKeywords(document.components ?? {}, "#/components", false);
}

function refusePaths(paths: string[]) {
  if (paths.length === 0) {
    throw new Error("document has no paths: add a route");
  }
  for (const path of paths) {
    const segments = path.split("/").slice(1);
    const valid = path.startsWith("/") && segments.every((s) => /^([A-Za-z0-9_.,:-]+|\{[A-Za-z0-9_.-]+\+?\})$/.test(s));
    if (!valid && path !== "/") {
      throw new Error(
        `path "${path}" must be segments of letters, digits and _-.,: or whole parameters like {id}: rename it`,
      );
    }
    if (path === "/ping" || path === "/sping") {
      throw new Error(`path "${path}" is reserved for the gateway's own health check: rename it`);
    }
  }
  const resources = new Set(paths.flatMap((path) => path.split("/").map((_, i, all) => all.slice(0, i + 1).join("/"))));
  if (resources.size > mostResources) {
    throw new Error(
      `document needs ${resources.size} resources, the gateway allows ${mostResources}: split the API or raise the quota`,
    );
  }
}

function refuseKeywords(value: unknown, where: string, names: boolean): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => refuseKeywords(item, `${where}/${i}`, false));
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const here = `${where}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!names && key.startsWith("x-")) continue;
    if (!names) refuseMember(key, member, here);
    if (names || (key !== "enum" && key !== "default")) refuseKeywords(member, here, !names && mapsOfNames.has(key));
  }
}

function refuseMember(key: string, member: unknown, here: string) {
  if (unsupportedKeywords.has(key)) {
    throw new Error(`document uses "${key}" at ${here}: the gateway does not support it, leave it out`);
  }
  if (key === "format" && unsupportedFormats.has(String(member))) {
    throw new Error(`document uses format "${member}" at ${here}: the gateway does not support it, leave it out`);
  }
  if (key === "$ref" && !String(member).startsWith("#/components/")) {
    throw new Error(
      `document refers to "${member}" at ${here}: the gateway resolves #/components/ only, move it there`,
    );
  }
}
