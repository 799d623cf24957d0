/** Longest line kept in one piece; a process that never ends its line must not fill the host's memory. */
const longestLine = 256 * 1024;

/** Cuts a stream of text into lines and passes each on; `flush` passes on what has no end yet. */
export function lineSplitter(emit: (line: string) => void): { write(text: string): void; flush(): void } {
  let rest = "";
  const flush = () => {
    if (rest !== "") emit(rest);
    rest = "";
  };
  const write = (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) emit(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (rest.length > longestLine) flush();
  };
  return { write, flush };
}
