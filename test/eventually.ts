/**
 * Resolves when `condition` holds: for what another process does in its own time. Rejects when it has not within `seconds`, which
 * only a condition that never holds takes: on a busy machine a process needs tens of them to start.
 */
export async function eventually(condition: () => boolean | Promise<boolean>, seconds = 150): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("the condition never held");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
