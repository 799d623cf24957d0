/** Something that runs until it is stopped. */
export interface Part {
  stop(): Promise<void>;
}

/** What runs together and is stopped together, whatever of it is up by then. */
export class Parts {
  readonly #starting: Promise<Part>[] = [];
  #stopped: Promise<void> | undefined;

  /** Keeps a part that is up or on its way, and passes it on. */
  keep<T extends Part>(starting: T | Promise<T>): Promise<T> {
    const kept = Promise.resolve(starting);
    kept.catch(() => undefined);
    if (this.#stopped) return kept.then((part) => part.stop()).then(() => Promise.reject(new Error("stopped already")));
    this.#starting.push(kept);
    return kept;
  }

  /** Stops the last first; one that is still starting as soon as it is up. Safe to call twice. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stopAll());
  }

  async #stopAll(): Promise<void> {
    for (const starting of this.#starting.toReversed()) {
      const part = await starting.catch(() => undefined);
      await part?.stop();
    }
  }
}
