import * as z from "zod/mini";

// Control characters have no place in a name; they break logs and terminals.

const printable = z.refine<string>(
  (text) => !/[\u0000-\u001f\u007f]/.test(text),
  "must not contain control characters",
);

// JSON can spell half a character; the database would keep something else than what was sent.
const wellFormed = z.refine<string>((text) => text.isWellFormed(), "must be whole characters of Unicode");

/** Text of 1 to `longest` characters of Unicode without control characters; blanks around it are cut. */
export const text = (longest: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(longest), printable, wellFormed);

/** A date of the calendar, `1984-02-29`. */
export const calendarDate = () => z.iso.date();

/** A moment with its offset, `2030-05-06T09:30:00Z` or `...+02:00`. */
export const instant = () => z.iso.datetime({ offset: true });

/** A moment a calendar of appointments can hold. */
export const plannable = () =>
  instant().check(z.refine((moment) => moment >= "2000" && moment < "2100", "must lie in the years 2000 to 2099"));

export const identifier = () => z.uuid();

/** Parameters of every list. `limit` is 1 to 100, 20 unless told. */
export const pageQuery = {
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 20),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
};

/** One page of `items`; `nextCursor` is missing on the last. */
export const pageOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.optional(z.string()) });

/** Whether a change has at least one field: an empty one is a mistake of the caller. */
export const notEmpty = z.refine<object>((value) => Object.keys(value).length > 0, "must name at least one field");
