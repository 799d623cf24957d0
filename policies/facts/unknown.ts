/**
 * What stands on the engine's wire for a value that is not known before the update: one fixed text per kind (boolean,
 * number, string, list, asset, archive, object). They are constants of the Pulumi protocol, written out here because
 * `@pulumi/policy` does not export them; a spec compares them with the SDK.
 */
const sentinels = new Set<unknown>([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether `value` is not known before the update. */
export const isUnknown = (value: unknown): boolean => sentinels.has(value);

/** Thrown by the readers when a rule asks for a value that is not known yet. The judge turns it into an undecided finding. */
export class UnknownValue extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`${path} is not known before the update`);
    this.path = path;
  }
}

/**
 * Checks every item, so that one unknown item does not hide what is wrong with the next. What is unknown is raised at the
 * end, after all that could be said was said.
 */
export function* each<Item, Found>(items: Iterable<Item>, check: (item: Item) => Iterable<Found>): Generator<Found> {
  let unknown: UnknownValue | undefined;
  for (const item of items) {
    try {
      yield* check(item);
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown ??= error;
    }
  }
  if (unknown) throw unknown;
}

/** Whether the test holds for one item at least. One that holds is enough; else what is unknown is raised. */
export function any<Item>(items: Iterable<Item>, test: (item: Item) => boolean): boolean {
  let unknown: UnknownValue | undefined;
  for (const item of items) {
    try {
      if (test(item)) return true;
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown ??= error;
    }
  }
  if (unknown) throw unknown;
  return false;
}
