import { createHash } from "node:crypto";
import type { ServiceName } from "../../contract.ts";
import { Problem } from "../http/problem.ts";
import type { Exchange, Reply } from "../http/route.ts";
import type { Transaction } from "./connection.ts";
import { query } from "./query.ts";

interface Stored {
  sameRequest: boolean;
  /** The answer as JSON text, byte for byte what the first caller got. */
  reply: string;
}

/**
 * Does `work` in a transaction, once per caller and `Idempotency-Key`: a repetition gets the first answer again, also while the
 * first still runs, and a key that comes with another body is refused with 422. Failures are not kept: their key stays free.
 * Keys are forgotten after 24 hours.
 */
export function once(
  schema: ServiceName,
  { sql, caller, idempotencyKey: key }: Exchange,
  body: unknown,
  work: (sql: Transaction) => Promise<Reply>,
): Promise<Reply> {
  return sql.begin(async (transaction) => {
    if (key === undefined) return work(transaction);
    const keys = transaction(`${schema}.idempotency_keys`);
    const hash = createHash("sha256").update(JSON.stringify(body)).digest();
    await forgetOld(transaction, schema);
    const claimed = await query(
      "insert idempotency_keys",
      // Waits for a running transaction with the same key, so that what follows sees its outcome.
      transaction`insert into ${keys} (caller, key, request_hash) values (${caller.id}, ${key}, ${hash}) on conflict do nothing`,
    );
    if (claimed.count === 0) return replay(await stored(transaction, schema, { caller: caller.id, key, hash }));
    const reply = await work(transaction);
    await query(
      "update idempotency_keys",
      transaction`update ${keys} set reply = ${JSON.stringify(reply)} where caller = ${caller.id} and key = ${key}`,
    );
    return reply;
  }) as Promise<Reply>;
}

async function stored(
  sql: Transaction,
  schema: ServiceName,
  { caller, key, hash }: { caller: string; key: string; hash: Buffer },
): Promise<Stored> {
  const [row] = await query(
    "select idempotency_keys",
    sql<Stored[]>`
      select reply, request_hash = ${hash} as "sameRequest"
      from ${sql(`${schema}.idempotency_keys`)} where caller = ${caller} and key = ${key}`,
  );
  // The row can only be gone when it was just forgotten for its age; the caller's next try starts afresh.
  if (!row) throw new Problem(409, "idempotency-key-expired", "the Idempotency-Key has just expired: try again");
  return row;
}

function replay({ sameRequest, reply }: Stored): Reply {
  if (!sameRequest) {
    throw new Problem(
      422,
      "idempotency-key-reused",
      "this Idempotency-Key came with another body before: use a new key",
    );
  }
  const first = JSON.parse(reply) as Reply;
  return { ...first, headers: { ...first.headers, "idempotency-replayed": "true" } };
}

/** A few old keys at a time, so that no request pays for all of them; rows others work on are passed over. */
async function forgetOld(sql: Transaction, schema: ServiceName): Promise<void> {
  const keys = sql(`${schema}.idempotency_keys`);
  await query(
    "delete idempotency_keys",
    sql`
      delete from ${keys} where (caller, key) in (
        select caller, key from ${keys} where created_at < now() - interval '24 hours' limit 20 for update skip locked
      )`,
  );
}
