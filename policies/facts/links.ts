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
    // What a component hands out may be recorded as coming from the component instead of the child that made it.
    return sources.some((source) => [target.urn, target.name, target.parent].includes(source));
  }
}

/** What other resources may call `target`: ids, ARNs and names, some perhaps unknown. */
const identities = ({ props, outputs }: Resource): unknown[] =>
  ["id", "arn", "name", "bucket", "identifier", "vpcId"].map((key) => outputs?.[key] ?? props[key]).filter(Boolean);
