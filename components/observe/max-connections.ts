import type { WatchedDatabase } from "./objectives.ts";

// Memory at the size `large`, in GiB, by the letter of the instance family (Amazon RDS instance types).
const largeGiB: Readonly<Record<string, number>> = { t: 8, c: 4, m: 8, r: 16, x: 32 };
const smallerThanLarge: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1 };

/** Left to the operating system and RDS itself, by what small instances report. */
const overheadMiB = 300;

/**
 * About how many connections PostgreSQL takes on an RDS instance class, rather too few than too many: RDS sets
 * `max_connections` to the lesser of 5000 and the memory left to the database divided by 9531392 bytes. Fails on a class whose
 * memory it does not know.
 */
export function maxConnectionsOf(instanceClass: string): number {
  const [, family = "", size = ""] = /^db\.([a-z])[a-z0-9]*\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  const large = largeGiB[family];
  const extraLarge = /^(\d*)xlarge$/.exec(size);
  const factor = extraLarge ? 2 * Number(extraLarge[1] || 1) : smallerThanLarge[size];
  if (large === undefined || factor === undefined) {
    throw new Error(
      `instanceClass "${instanceClass}" has a memory not known here: use a class such as db.t4g.micro or db.m7g.large`,
    );
  }
  const memoryMiB = large * factor * 1024 - overheadMiB;
  return Math.min(5000, Math.floor((memoryMiB * 1024 * 1024) / 9_531_392));
}

/** A database as the alarms know it, from what was asked of RDS. Fails as `maxConnectionsOf`. */
export function watchedDatabase(
  identifier: string,
  asked: { instanceClass: string; storageGiB: number },
): WatchedDatabase {
  const { instanceClass, storageGiB } = asked;
  return { kind: "database", identifier, maxConnections: maxConnectionsOf(instanceClass), storageGiB };
}
