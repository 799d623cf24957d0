/** Networks that nobody owns, by their first bits: who names one of them means their own. RFC 1918, 6598, 1122, 3927 and 4193. */
const own: readonly (readonly [first: number, bits: number])[] = [
  [0x0a000000, 8],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
];

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
    if (length === undefined || !(bits >= 0)) continue;
    if (address.includes(":")) long += /^f[cd]/i.test(address) && bits >= 7 ? 0 : 2 ** -bits;
    else short += isOwn(address, bits) ? 0 : 2 ** -bits;
  }
  return short >= most.short || long > most.long;
}

function isOwn(address: string, length: number): boolean {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return own.some(
    ([first, bits]) => length >= bits && Math.floor(value / 2 ** (32 - bits)) === first / 2 ** (32 - bits),
  );
}
