/** Longest a line waits for others, in milliseconds. */
const patience = 50;

/** Characters that leave without waiting longer. Docker reads a container's output in pieces of 16 KiB. */
const most = 16_384;

/**
 * Lets lines that are written within a moment leave the process together: under load each would cost a system call of its own. What
 * waits is written when the process exits, also when it fails; only one that is killed outright loses its last fifty milliseconds.
 */
export function batchedOutput(stream: NodeJS.WriteStream): (text: string) => void {
  let waiting: string[] = [];
  let length = 0;
  const flush = () => {
    if (length === 0) return;
    const text = waiting.join("");
    [waiting, length] = [[], 0];
    stream.write(text);
  };
  process.once("exit", flush);
  return (text) => {
    if (length === 0) setTimeout(flush, patience).unref();
    waiting.push(text);
    length += text.length;
    if (length >= most) flush();
  };
}
