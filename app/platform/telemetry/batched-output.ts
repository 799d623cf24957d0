/** Longest a line waits for others, in milliseconds. */
const patience = 50;

/** Characters that leave without waiting longer. Docker reads a container's output in pieces of 16 KiB. */
const most = 16_384;

/**
 * Lets lines that are written within a moment leave the process together: under load each would cost a system call of its own. What
 * waits is written when the process exits, also when it fails; only one that is killed outright loses its last fifty milliseconds.
 */
export function batchedOutput(stream: NodeJS.WriteStream): (text: string) => void {
  let waiting = "";
  const flush = () => {
    if (waiting === "") return;
    const text = waiting;
    waiting = "";
    stream.write(text);
  };
  process.once("exit", flush);
  return (text) => {
    if (waiting === "") setTimeout(flush, patience).unref();
    waiting += text;
    if (waiting.length >= most) flush();
  };
}
