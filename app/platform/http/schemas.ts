import * as z from "zod/mini";

// Control characters have no place in a name, nor have line ends and what turns the direction of all that follows: they break logs,
// terminals and pages.
const printable = z.refine<string>(
  (text) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text),
  "must not contain control characters",
);

// JSON can spell half a character, and bytes that are no UTF-8 were replaced on the way here: the database would keep something else
// than what was sent.
const wellFormed = z.refine<string>(
  (text) => text.isWellFormed() && !text.includes("\ufffd"),
  "must be whole characters of Unicode",
);

// Characters of no width are good between others, and alone look like nothing.
const visible = z.refine<string>((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), "must have a character to be seen");

/** Text of 1 to `longest` characters of Unicode without control characters; blanks around it are cut. */
export const text = (longest: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(longest), printable, wellFormed, visible);

/** A date of the calendar, `1984-02-29`. */
export const calendarDate = () => z.iso.date();

/** A moment with its offset, `2030-05-06T09:30:00Z` or `...+02:00`. */
export const instant = () => z.iso.datetime({ offset: true });

const [firstPlannable, firstBeyond] = [Date.UTC(2000), Date.UTC(2100)];

/** A moment a calendar of appointments can hold, by its year in UTC. */
export const plannable = () =>
  instant().check(
    z.refine((moment) => {
      const at = Date.parse(moment);
      return at >= firstPlannable && at < firstBeyond;
    }, "must lie in the years 2000 to 2099"),
  );

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
