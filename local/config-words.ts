/** What `--config key=value` says, by key with its namespace, which is `slipway` unless told. Fails on words that say something else. */
export function configOf(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
      if (key === undefined) throw new Error(`--config must be key=value, got "${word}": write --config tier=prod`);
      return [key.includes(":") ? key : `slipway:${key}`, value!];
    }),
  );
}
