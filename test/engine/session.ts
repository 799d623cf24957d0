import { readdirSync, readFileSync } from "node:fs";

/**
 * The processes that a process started in a session of its own has begun and that still run, whatever group they are in: the engine puts
 * each program into one of its own. Linux alone tells; elsewhere nothing is known of them.
 */
export function runningIn(session: number): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    const fields = /^\d+$/.test(name) ? statOf(name) : undefined;
    return fields && Number(fields[3]) === session && fields[0] !== "Z" ? [Number(name)] : [];
  });
}

/** State, parent, group and session of a process; undefined when it is gone. The name before them may hold anything. */
function statOf(pid: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  } catch {
    return undefined;
  }
}
