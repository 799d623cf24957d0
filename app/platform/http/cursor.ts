import { Problem } from "./problem.ts";

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** Where a page ends: the moment its last row is sorted by, and that row's id to tell equal moments apart. */
export interface Position {
  at: Date;
  id: string;
}

const form = /^(\d{1,13})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

export function writeCursor({ at, id }: Position): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString("base64url");
}

/** Reads a cursor back; fails with a 400 on anything this service did not write. */
export function readCursor(cursor: string): Position {
  const [, milliseconds, id] = form.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  const position = { at: new Date(Number(milliseconds)), id: id ?? "" };
  if (!id || writeCursor(position) !== cursor) {
    const flaw = { in: "query", at: "cursor", detail: "must be the nextCursor of an earlier page" } as const;
    throw new Problem(400, "invalid-request", "the query parameter cursor is not one of ours", { errors: [flaw] });
  }
  return position;
}

/** Cuts `rows`, read with one more than `limit`, into a page. The extra row only tells that there is a next page. */
export function cutPage<Row, T>(
  rows: Row[],
  limit: number,
  at: (row: Row) => Position,
  show: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(show);
  return rows.length > limit && last ? { items, nextCursor: writeCursor(at(last)) } : { items };
}
