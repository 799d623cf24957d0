import * as pulumi from "@pulumi/pulumi";

/** Checks the value that stands under `name` and returns it typed; fails naming what it wants. */
export type Reader<T> = (name: string, value: unknown) => T;

/** The configuration value of `key`: structured ones are JSON, all others text, as the engine hands them over. */
export function entry<T>(config: pulumi.Config, key: string, reader: Reader<T>): T {
  const name = `${config.name}:${key}`;
  const raw = config.get(key);
  // The command takes a key of the project's own without its namespace.
  const typed = config.name === pulumi.getProject() ? key : name;
  if (raw === undefined) throw new pulumi.RunError(`${name} is missing: set it with pulumi config set ${typed}`);
  return reader(name, raw);
}

/** One of the given values. */
export function oneOf<const T extends string | number>(...values: T[]): Reader<T> {
  return (name, value) => {
    const found = values.find((allowed) => String(allowed) === String(value));
    if (found === undefined) refuse(name, value, `one of ${values.join(", ")}`);
    return found as T;
  };
}

/** true or false. */
export const yesOrNo: Reader<boolean> = (name, value) =>
  typeof value === "boolean" ? value : refuse(name, value, "true or false");

/** A text of the given form, described in words. */
export function text(form: RegExp, words: string): Reader<string> {
  return (name, value) => (typeof value === "string" && form.test(value) ? value : refuse(name, value, words));
}

/** A number, within the bounds if there are any. */
export function number(least = -Infinity, most = Infinity): Reader<number> {
  const words = most === Infinity ? "a number" : `a number from ${least} to ${most}`;
  return (name, value) => {
    // As the engine reads them: no 1e3 and no 0x10.
    const read = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    const fits = typeof read === "number" && read >= least && read <= most;
    return fits ? read : refuse(name, value, words);
  };
}

/** A whole number within the bounds. */
export function wholeNumber(least: number, most: number): Reader<number> {
  return (name, value) => {
    const read = number(least, most)(name, value);
    return Number.isInteger(read) ? read : refuse(name, value, `a whole number from ${least} to ${most}`);
  };
}

/** A list of values; an entry is named `name[0]`. */
export function list<T>(reader: Reader<T>): Reader<T[]> {
  return (name, value) => {
    const read = structured(name, value, "a list");
    if (!Array.isArray(read)) refuse(name, value, "a list");
    return (read as unknown[]).map((item, index) => reader(`${name}[${index}]`, item));
  };
}

/**
 * What `reader` reads, if `check` of a component takes it, too: its refusal, which begins with the name of an argument, then begins with
 * the setting's.
 */
export function checked<T>(reader: Reader<T>, check: (value: T) => unknown): Reader<T> {
  return (name, value) => {
    const read = reader(name, value);
    try {
      check(read);
    } catch (error) {
      throw new pulumi.RunError((error as Error).message.replace(/^\w+/, name));
    }
    return read;
  };
}

/** A map with some of the given keys, each holding some of the given fields; a field is named `name.key.field`. */
export function map<T>(
  keys: readonly string[],
  fields: { [F in keyof T]: Reader<T[F]> },
): Reader<Record<string, Partial<T>>> {
  return (name, value) =>
    object(name, value, keys, (path, item) =>
      object(path, item, Object.keys(fields), (field, inner) =>
        fields[field.split(".").at(-1) as keyof T](field, inner),
      ),
    ) as Record<string, Partial<T>>;
}

function object(
  name: string,
  value: unknown,
  keys: readonly string[],
  reader: Reader<unknown>,
): Record<string, unknown> {
  const wanted = `a map of ${keys.join(", ")}`;
  const read = structured(name, value, wanted);
  if (typeof read !== "object" || read === null || Array.isArray(read)) refuse(name, value, wanted);
  return Object.fromEntries(
    Object.entries(read as object).map(([key, item]) => {
      if (!keys.includes(key)) refuse(name, key, wanted);
      return [key, reader(`${name}.${key}`, item)];
    }),
  );
}

function structured(name: string, value: unknown, wanted: string): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return refuse(name, value, wanted);
  }
}

/** Fails naming the setting, what it must be and what it is. */
export function refuse(name: string, value: unknown, wanted: string): never {
  throw new pulumi.RunError(`${name} must be ${wanted}, got ${JSON.stringify(value)}: correct it in the stack file`);
}
