import { after, load, type Load } from "./load.ts";
import type { ServerProcess } from "./server-process.ts";

const parts = 6;
const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/**
 * Puts `server` under load and prints its memory as it goes: what is in use after a collection, and what the process holds. Whether
 * both stayed within a tenth of what they were after the second part, when the heap has found its size.
 */
export async function soak(server: ServerProcess, target: Load, seconds: number): Promise<boolean> {
  const heap: number[] = [];
  const resident: number[] = [];
  let answered = 0;
  for (let part = 0; part < parts; part++) {
    const served = await load(target, after(seconds / parts));
    answered += served.answered;
    const { heapUsed, external, rss } = await server.asked<NodeJS.MemoryUsage>();
    heap.push(mebibytes(heapUsed + external));
    resident.push(mebibytes(rss));
  }
  console.log(`memory under ${seconds} s of load, ${answered} requests, each ${seconds / parts} s in MiB`);
  console.log(`  in use after a collection: ${heap.join(", ")}`);
  console.log(`  held by the process: ${resident.join(", ")}`);
  return [heap, resident].every((sizes) => sizes.at(-1)! <= sizes[1]! * 1.1 + 1);
}
