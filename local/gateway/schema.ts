import { resolved, type GatewayDocument, type Operation, type RequestBody } from "./document.ts";

type Schema = Record<string, unknown>;

/** Annotations mean nothing to a validator, and an `id` inside an example would be taken for a schema's name. */
const dropped = new Set([
  "example",
  "examples",
  "default",
  "description",
  "title",
  "externalDocs",
  "xml",
  "deprecated",
]);
const mapsOfSchemas = new Set(["properties", "patternProperties", "definitions"]);
const prefix = "#/components/schemas/";

/**
 * The operation's body schemas by media type, each standing on its own: what it refers to in the document becomes
 * `definitions`, and the draft 4 dialect of OpenAPI 3.0 (`nullable`, boolean `exclusiveMinimum`) becomes plain JSON schema.
 */
export function readBodySchemas(document: GatewayDocument, operation: Operation): Map<string, object> {
  if (!operation.requestBody) return new Map();
  const { content = {} } = resolved<RequestBody>(document, operation.requestBody);
  const entries = Object.entries(content).filter(([, { schema }]) => schema !== undefined);
  return new Map(entries.map(([type, { schema }]) => [type.toLowerCase(), standalone(document, schema as Schema)]));
}

function standalone(document: GatewayDocument, root: Schema): Schema {
  const definitions: Record<string, unknown> = {};
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== "object" || value === null) return value;
    const schema = value as Schema;
    if (typeof schema.$ref === "string") return reference(schema.$ref);
    const entries = Object.entries(schema).flatMap(([key, member]): [string, unknown][] => {
      if (dropped.has(key) || key.startsWith("x-")) return [];
      if (key === "enum" || key === "const") return [[key, member]];
      if (!mapsOfSchemas.has(key)) return [[key, convert(member)]];
      return [
        [key, Object.fromEntries(Object.entries(member as Schema).map(([name, inner]) => [name, convert(inner)]))],
      ];
    });
    return plainDialect(Object.fromEntries(entries));
  };
  const reference = (target: string): Schema => {
    if (!target.startsWith(prefix)) throw new Error(`document refers to "${target}": keep schemas in ${prefix}`);
    const name = target.slice(prefix.length);
    if (!(name in definitions)) {
      definitions[name] = {}; // Before converting it: a schema may refer to itself.
      definitions[name] = convert(resolved<Schema>(document, { $ref: target }));
    }
    return { $ref: `#/definitions/${name}` };
  };
  const converted = convert(root) as Schema;
  return { ...converted, definitions };
}

function plainDialect({ nullable, exclusiveMinimum, exclusiveMaximum, ...schema }: Schema): Schema {
  const plain: Schema = { ...schema };
  for (const [bound, exclusive, value] of [
    ["minimum", "exclusiveMinimum", exclusiveMinimum],
    ["maximum", "exclusiveMaximum", exclusiveMaximum],
  ] as const) {
    if (typeof value === "number") plain[exclusive] = value;
    if (value !== true) continue;
    plain[exclusive] = plain[bound];
    delete plain[bound];
  }
  return nullable === true ? { anyOf: [{ type: "null" }, plain] } : plain;
}
