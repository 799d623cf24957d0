import type { Resource } from "../resource.ts";
import { isUnknown, UnknownValue } from "./unknown.ts";
import { text } from "./reading.ts";

/**
 * Whether the value at `path` of `from` names `target` by its id, ARN or name. At preview both may be unknown; then the
 * engine's record of where the value comes from answers. Throws UnknownValue when nothing tells.
 */
export function pointsTo(from: Resource, path: string, target: Resource): boolean {
  try {
    const value = text(from.props, path);
    if (value === undefined || identities(target).includes(value)) return value !== undefined;
    if (identities(target).some(isUnknown)) throw new UnknownValue(`the identity of ${target.name}`);
    return false;
  } catch (error) {
    const [property = ""] = path.split(".");
    const sources = from.dependencies?.[property];
    if (!(error instanceof UnknownValue) || !sources) throw error;
    return sources.some((source) => source === target.urn || source === target.name);
  }
}

/** What other resources may call `target`: ids, ARNs and names, some perhaps unknown. */
const identities = ({ props, outputs }: Resource): unknown[] =>
  ["id", "arn", "name", "bucket", "identifier"].map((key) => outputs?.[key] ?? props[key]).filter(Boolean);
