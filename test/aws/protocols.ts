/** An answer that is XML already. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What a form of the query protocol asks: `Actions.member.1.Type=forward` is the type of the first of the actions. */
export function asked(form: URLSearchParams): { action: string; parameters: Record<string, unknown> } {
  const parameters: Record<string, unknown> = {};
  for (const [key, value] of form) {
    if (["Action", "Version"].includes(key)) continue;

    put(
      parameters,
      key.split(".").filter((word) => word !== "member"),
      value,
    );
  }
  return { action: form.get("Action") ?? "", parameters };
}

/** Numbers in a key count from one, and make their parent a list. */
function put(into: Record<string, unknown>, [key = "", ...rest]: string[], value: string): void {
  const at = Array.isArray(into) ? String(Number(key) - 1) : key;
  if (rest.length === 0) {
    into[at] = /^\d+$/.test(value) ? Number(value) : value;
    return;
  }
  into[at] ??= /^\d+$/.test(rest[0]!) ? [] : {};
  put(into[at] as Record<string, unknown>, rest, value);
}

/** The answer of the query protocol to `action`. */
export const answered = (action: string, result: unknown): string =>
  `<${action}Response><${action}Result>${xml(result)}</${action}Result></${action}Response>`;

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join("");
  if (typeof value !== "object" || value === null)
    return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return Object.entries(value)
    .map(([key, inner]) => `<${key}>${xml(inner)}</${key}>`)
    .join("");
}

/** The same value with keys that begin with a capital letter, as Step Functions has them, or a small one, as ECS itself has. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of any shape
export function recased(value: unknown, to: "upper" | "lower"): any {
  if (Array.isArray(value)) return value.map((item) => recased(item, to));
  if (typeof value !== "object" || value === null) return value;
  const first = (key: string) => (to === "upper" ? key.charAt(0).toUpperCase() : key.charAt(0).toLowerCase());
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [first(key) + key.slice(1), recased(inner, to)]),
  );
}
