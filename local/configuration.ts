/** What `Pulumi.yaml` says of the project. */
export interface Project {
  name: string;
  main: string;
  config?: Record<string, { default?: unknown; value?: unknown }>;
}

/**
 * The configuration as the engine hands it over, by key with its namespace: `changed` over what the stack's file gives over the defaults
 * of the project. Fails on a value that the engine keeps encrypted, unless it is among the changed ones.
 */
export function configuration(
  project: Project,
  file: { name: string; given: Record<string, unknown> },
  changed: Record<string, string>,
): Record<string, string> {
  const qualified = ([key, value]: [string, unknown]) => [key.includes(":") ? key : `${project.name}:${key}`, value];
  const defaults = Object.entries(project.config ?? {}).map(([key, { default: standard, value }]) =>
    qualified([key, standard ?? value]),
  );
  const merged = Object.entries<unknown>({
    ...Object.fromEntries(defaults),
    ...Object.fromEntries(Object.entries(file.given).map(qualified)),
    ...changed,
  });
  const sealed = merged.find(([, value]) => isSealed(value))?.[0];
  if (sealed !== undefined) {
    const word = sealed.startsWith(`${project.name}:`) ? sealed.slice(project.name.length + 1) : sealed;
    throw new Error(
      `${sealed} is encrypted in ${file.name}, and only the engine can open it: give a value for this run by --config ${word}=<value>`,
    );
  }
  return Object.fromEntries(
    merged.filter(([, value]) => value !== undefined).map(([key, value]) => [key, wire(value)]),
  );
}

/** The settings in the content of a stack's file; none where nothing stands below `config`, as for the engine. Fails on what is no map. */
export function settingsIn(file: string, content: unknown): Record<string, unknown> {
  const settings = isMap(content) ? (content.config ?? {}) : content;
  if (isMap(content) && isMap(settings)) return settings;
  throw new Error(
    `${file} must hold a map of settings below config, got ${JSON.stringify(settings)}: write config: and one line for each setting`,
  );
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether the value, or one within it, is what `pulumi config set --secret` writes. */
function isSealed(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { secure, ...rest } = value as Record<string, unknown>;
  return (typeof secure === "string" && Object.keys(rest).length === 0) || Object.values(value).some(isSealed);
}

/** Configuration travels as text; structured values as JSON. */
function wire(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
