import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../contract.ts";
import { Problem } from "./problem.ts";

const mostDiscardedBytes = 4 * 1024 * 1024;
const mostDiscardedMilliseconds = 2000;

const limited = bodyLimit({
  maxSize: maxBodyBytes,
  onError: async (c) => {
    // A client reads the answer when it has sent its body: one within reason is read to its end and the connection stays good.
    const whole = await discarded(c.req.raw.body);
    const headers: Record<string, string> = whole ? {} : { connection: "close" };
    throw new Problem(413, "body-too-large", `the body may have ${maxBodyBytes} bytes at most`, { headers });
  },
});

/** Whether there may be a body to read. Only to look for one would make the adapter build a whole Request. */
export function mayHaveBody({ req }: Context): boolean {
  return (
    req.method !== "GET" || req.header("content-length") !== undefined || req.header("transfer-encoding") !== undefined
  );
}

/**
 * Refuses a body over the limit with 413, and reads any other whole before something else can refuse the request: the server's
 * adapter cuts a connection on which a body was looked at and left unread, half a second later and with whatever is on it by then.
 */
export async function readBody(c: Context): Promise<void> {
  // One whose length is told needs no counting, and the adapter no whole Request to read it from.
  const told = Number(c.req.header("content-length"));
  if (told <= maxBodyBytes && !c.req.header("transfer-encoding")) return void (await c.req.text());
  await limited(c, async () => {
    if (c.req.raw.body) await c.req.text();
  });
}

async function discarded(body: ReadableStream<Uint8Array> | null): Promise<boolean> {
  if (!body || body.locked) return false;
  const reader = body.getReader();
  const deadline = Date.now() + mostDiscardedMilliseconds;
  for (let bytes = 0; bytes <= mostDiscardedBytes && Date.now() < deadline;) {
    const { done, value } = await reader.read();
    if (done) return true;
    bytes += value.length;
  }
  return false;
}
