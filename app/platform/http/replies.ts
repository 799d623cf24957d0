import type { Page } from "./cursor.ts";
import { Problem } from "./problem.ts";
import type { Reply } from "./route.ts";

interface Versioned {
  version: number;
}

const etag = ({ version }: Versioned) => `"${version}"`;

export function created(location: string, body: Versioned): Reply {
  return { status: 201, body, headers: { location, etag: etag(body) } };
}

/** The one thing that was asked for, or the problem that there is none. */
export function single(body: Versioned | undefined): Reply {
  if (!body) throw new Problem(404, "not-found", "there is nothing with this id");
  return { status: 200, body, headers: { etag: etag(body) } };
}

export function page<T>(body: Page<T>): Reply {
  return { status: 200, body };
}
