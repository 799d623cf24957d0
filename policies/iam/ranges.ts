import { readRange } from "./addresses.ts";

/** Networks that nobody owns: who names one of them means their own. RFC 1918, 6598, 1122, 3927 and 4193. */
const own = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "fc00::/7",
]
  .map(readRange)
  .filter((range) => range !== undefined);

/** How much of all addresses somebody may have: a few of the largest blocks that single companies were given. */
const most = { short: 1 / 64, long: 2 ** -16 };

/**
 * Whether ranges together hold more addresses than anybody has: a 64th of the short ones, or a 65536th of the long ones, of which
 * only a small part is given out.
 */
export function isWide(ranges: readonly string[]): boolean {
  let [short, long] = [0, 0];
  for (const range of new Set(ranges)) {
    const [address = "", length] = range.trim().split("/");
    const bits = Number(length);
    if (length === undefined || !(bits >= 0) || isOwn(range)) continue;
    if (address.includes(":")) long += 2 ** -bits;
    else short += 2 ** -bits;
  }
  return short >= most.short || long > most.long;
}

function isOwn(text: string): boolean {
  const range = readRange(text);
  if (range === undefined) return false;
  return own.some(({ bits, first, last }) => bits === range.bits && first <= range.first && range.last <= last);
}
