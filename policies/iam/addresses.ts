/** The addresses of a range, first and last, as numbers; of four bytes or of sixteen. */
export interface Range {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads an address or a range in CIDR notation; undefined when it is neither. */
export function readRange(text: string): Range | undefined {
  const [address = "", length, ...more] = text.trim().split("/");
  const bits = address.includes(":") ? 128 : 32;
  const value = bits === 32 ? fourBytes(address) : sixteenBytes(address);
  const held = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (value === undefined || more.length > 0 || held < 0 || held > bits) return undefined;
  const free = BigInt(bits - held);
  const first = (value >> free) << free;
  return { bits, first, last: first + (1n << free) - 1n };
}

function fourBytes(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

/** Eight groups of hexadecimal digits; `::` stands for as many zeros as are missing. */
function sixteenBytes(text: string): bigint | undefined {
  const [left = "", right, ...more] = text.split("::");
  const [head, tail] = [groups(left), groups(right ?? "")];
  const missing = 8 - head.length - tail.length;
  if (more.length > 0 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const all = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
