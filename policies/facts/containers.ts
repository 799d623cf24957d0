import type { Resource } from "../resource.ts";
import { json, text } from "./reading.ts";
import { shown } from "./shown.ts";

/** The container definitions of a task definition, which carries them as a JSON document; undefined when it is malformed. */
export function containersOf({ props }: Resource): readonly unknown[] | undefined {
  const document = json(props, "containerDefinitions");
  return Array.isArray(document) ? document : undefined;
}

/** How a message calls a container. */
export const containerName = (container: unknown): string => `container ${shown(text(container, "name"))}`;

/** Whether an image reference is pinned by digest, the only form that cannot come to mean another image. */
export const isPinned = (image: string): boolean => /@sha256:[0-9a-f]{64}$/.test(image);
