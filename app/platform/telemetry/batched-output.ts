/** Longest a line waits for others, in milliseconds. */
const patience = 10;

/**
 * Lets lines that are written within a moment leave the process together: under load each would cost a system call of its own. What
 * waits is written when the process exits, also when it fails.
 */
export function batchedOutput(stream: NodeJS.WriteStream): () => void {
  let waiting = false;
  const flush = () => {
    if (waiting) stream.uncork();
    waiting = false;
  };
  process.once("exit", flush);
  return () => {
    if (waiting) return;
    waiting = true;
    stream.cork();
    setTimeout(flush, patience).unref();
  };
}
