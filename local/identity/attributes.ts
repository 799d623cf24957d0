import { invalidParameter, notAuthorized } from "./errors.ts";

/** What the pool's schema says about one attribute. */
export interface AttributeRule {
  name: string;
  type: string;
  required: boolean;
  mutable: boolean;
  min?: number;
  max?: number;
}

export type Attributes = Record<string, string>;

const text =
  "address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture";
const standardText = [...text.split(" "), "preferred_username", "profile", "website", "zoneinfo"];

/** The attributes every pool has; the graph's schema may only make them required or immutable. */
const standard: AttributeRule[] = [
  ...standardText.map((name) => ({ name, type: "String", required: false, mutable: true, max: 2048 })),
  ...["email_verified", "phone_number_verified"].map((name) => ({
    name,
    type: "Boolean",
    required: false,
    mutable: true,
  })),
  { name: "updated_at", type: "Number", required: false, mutable: true, min: 0 },
];

interface SchemaInput {
  name: string;
  attributeDataType: string;
  required?: boolean;
  mutable?: boolean;
  stringAttributeConstraints?: { minLength?: string; maxLength?: string };
  numberAttributeConstraints?: { minValue?: string; maxValue?: string };
}

/** The rules of a pool by attribute name: the standard ones, changed and extended by the `schemas` of the graph. */
export function attributeRules(schemas: SchemaInput[] = []): Map<string, AttributeRule> {
  const rules = new Map(standard.map((rule) => [rule.name, rule]));
  for (const schema of schemas) {
    const name = rules.has(schema.name) ? schema.name : `custom:${schema.name}`;
    const { stringAttributeConstraints: length, numberAttributeConstraints: range } = schema;
    rules.set(name, {
      name,
      type: schema.attributeDataType,
      required: schema.required ?? false,
      // The provider's default for an attribute that says nothing.
      mutable: schema.mutable ?? false,
      ...bounds(length?.minLength ?? range?.minValue, length?.maxLength ?? range?.maxValue),
    });
  }
  return rules;
}

/** Refuses attributes the schema does not know, that break its bounds, or that this client may not write. */
export function checkAttributes(rules: Map<string, AttributeRule>, given: Attributes, writable?: string[]): void {
  for (const [name, value] of Object.entries(given)) {
    const rule = rules.get(name);
    if (!rule) {
      throw invalidParameter(
        `Attributes did not conform to the schema: Type for attribute {${name}} could not be determined`,
      );
    }
    if (writable && !writable.includes(name)) {
      throw notAuthorized("A client attempted to write unauthorized attribute");
    }
    const complaint = complaintAbout(rule, value);
    if (complaint) throw invalidParameter(`Attributes did not conform to the schema: ${name}: ${complaint}`);
  }
}

/** Refuses a user who lacks what the schema requires. */
export function checkRequired(rules: Map<string, AttributeRule>, given: Attributes): void {
  for (const { name, required } of rules.values()) {
    if (required && !given[name] && name !== "sub") {
      throw invalidParameter(`Attributes did not conform to the schema: ${name}: The attribute ${name} is required`);
    }
  }
}

/** Refuses a change to an attribute that is written once. */
export function checkMutable(rules: Map<string, AttributeRule>, given: Attributes): void {
  const fixed = Object.keys(given).find((name) => rules.get(name)?.mutable === false);
  if (fixed) throw invalidParameter(`user.${fixed}: Attribute cannot be updated.`);
}

function complaintAbout({ name, type, min, max }: AttributeRule, value: string): string | undefined {
  if (name === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return "Invalid email address format.";
  if (name === "phone_number" && !/^\+[0-9]{1,15}$/.test(value)) return "Invalid phone number format.";
  if (type === "Boolean" && !["true", "false"].includes(value)) return "The value must be true or false";
  if (type === "Number" && !/^-?[0-9]+$/.test(value)) return "The value must be a number";
  const size = type === "Number" ? Number(value) : value.length;
  if (max !== undefined && size > max) return `String must be no longer than ${max} characters`;
  if (min !== undefined && size < min && type !== "Boolean") return `String must be at least ${min} characters long`;
  return undefined;
}

const bounds = (min?: string, max?: string) => ({
  ...(min !== undefined && { min: Number(min) }),
  ...(max !== undefined && { max: Number(max) }),
});
