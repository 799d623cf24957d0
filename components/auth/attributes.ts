/** One attribute of a user, standard or custom. A pool's attributes can be added to, never changed or taken away. */
export interface Attribute {
  /** Name; custom attributes are read as `custom:<name>`. At most 20 characters when custom. */
  name: string;
  type: "String" | "Number" | "DateTime" | "Boolean";
  /** Whether sign-up must give it. Standard attributes only. Defaults to false. */
  required?: boolean;
  /** Whether users may change it themselves; otherwise only an administrator. Defaults to false. */
  userWritable?: boolean;
  /** Shortest text, in characters, or smallest number. Defaults to 0; a birthdate always has ten characters. */
  minimum?: number;
  /** Longest text, in characters, or largest number. Defaults to 2048 characters, or 2147483647; `updated_at` has no largest. */
  maximum?: number;
}

// OpenID Connect Core, section 5.1, as far as Cognito has it.
const standard = new Set([
  ...["address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name"],
  ...["nickname", "phone_number", "picture", "preferred_username", "profile", "updated_at", "website", "zoneinfo"],
]);
const mostCustomAttributes = 50;

/** The type of a standard attribute, which no pool can change (terraform-provider-aws issue 23181). */
const typeOf = (name: string): Attribute["type"] => (name === "updated_at" ? "Number" : "String");
const dayLength = "YYYY-MM-DD".length;

/** The attribute by which users sign in, always part of the pool. */
const email: Attribute = { name: "email", type: "String", required: true, userWritable: true };

/**
 * The schema of a pool with `attributes` besides the e-mail address. Constraints are always written out: AWS fills them in
 * itself, and a schema that leaves them out then reads as changed, which no pool survives. Fails on what AWS refuses, and
 * on a required custom attribute, which could never be added to a pool in use.
 */
export function poolSchema(attributes: readonly Attribute[]) {
  const all = [email, ...attributes];
  all.forEach((attribute, index) => {
    refuseAttribute(attribute);
    if (all.findIndex(({ name }) => name === attribute.name) !== index) {
      throw new Error(`attribute "${attribute.name}" is given twice: remove one, email is always there`);
    }
  });
  const custom = all.filter(({ name }) => !standard.has(name)).length;
  if (custom > mostCustomAttributes) {
    throw new Error(`attributes holds ${custom} custom ones, a pool takes ${mostCustomAttributes}: remove some`);
  }
  return all.map(schemaOf);
}

/** The names under which a client reads all, and lets users write some, of `attributes`. */
export function clientAttributes(attributes: readonly Attribute[]) {
  const all = [email, ...attributes];
  const reference = ({ name }: Attribute) => (standard.has(name) ? name : `custom:${name}`);
  return {
    readAttributes: [...all.map(reference), "email_verified"],
    writeAttributes: all.filter(({ required, userWritable }) => required || userWritable).map(reference),
  };
}

function refuseAttribute({ name, type, required, minimum = 0, maximum }: Attribute) {
  if (standard.has(name) && type !== typeOf(name)) {
    throw new Error(`attribute "${name}" is of type ${typeOf(name)} in every pool, got ${type}: change the type`);
  }
  if (!standard.has(name) && !/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(name)) {
    throw new Error(`attribute "${name}" must have a name of 1 to 20 letters, digits and _: rename it`);
  }
  if (required && !standard.has(name)) {
    throw new Error(`attribute "${name}" is custom and required: leave required out, only standard attributes can be`);
  }
  if (maximum !== undefined && maximum < minimum) {
    throw new Error(`attribute "${name}" has minimum ${minimum} above maximum ${maximum}: swap them`);
  }
  if ((type === "DateTime" || type === "Boolean") && (maximum !== undefined || minimum !== 0)) {
    throw new Error(`attribute "${name}" of type ${type} has bounds: leave minimum and maximum out`);
  }
}

function schemaOf({ name, type, required = false, ...asked }: Attribute) {
  const { minimum = 0, maximum } = name === "birthdate" ? { minimum: dayLength, maximum: dayLength } : asked;
  const largest = maximum ?? (standard.has(name) ? undefined : 2 ** 31 - 1);
  return {
    name,
    attributeDataType: type,
    required,
    mutable: true,
    developerOnlyAttribute: false,
    ...(type === "String" && {
      stringAttributeConstraints: { minLength: String(minimum), maxLength: String(maximum ?? 2048) },
    }),
    ...(type === "Number" && {
      numberAttributeConstraints: {
        minValue: String(minimum),
        ...(largest !== undefined && { maxValue: String(largest) }),
      },
    }),
  };
}
