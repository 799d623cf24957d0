import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from "node:crypto";
import { sameSecret } from "./secrets.ts";

/** What the server keeps of a password for the Secure Remote Password protocol: enough to check, not to sign in. */
export interface SrpRecord {
  salt: bigint;
  verifier: bigint;
}

/** The server's half of one sign-in, from its challenge to the client's answer. */
export interface SrpExchange {
  clientPublic: bigint;
  serverSecret: bigint;
  serverPublic: bigint;
  record: SrpRecord;
}

// SRP-6a over the 3072-bit group 15 of RFC 3526 with SHA-256, as Amazon's client libraries compute it.
const prime = bigintFrom(getDiffieHellman("modp15").getPrime());
const generator = 2n;
const multiplier = bigintFrom(sha256(padded(prime), padded(generator)));

/** The record for a password. `poolName` is the part of the pool id after the underscore. */
export function srpRecord(poolName: string, username: string, password: string): SrpRecord {
  const salt = bigintFrom(randomBytes(16));
  return { salt, verifier: power(generator, privateKey(poolName, username, password, salt)) };
}

/** A record nobody knows the password of, always the same for one `seed`. */
export function srpDecoy(seed: Buffer): SrpRecord {
  const bytes = Buffer.from(hkdfSync("sha256", seed, "", "decoy", 400));
  return { salt: bigintFrom(bytes.subarray(0, 16)), verifier: bigintFrom(bytes.subarray(16)) % prime };
}

/** Answers the client's public value, given in hexadecimal; undefined when it is none a client may send. */
export function srpChallenge(record: SrpRecord, clientPublicHex: string): SrpExchange | undefined {
  if (!/^[0-9a-f]{1,800}$/i.test(clientPublicHex)) return undefined;
  const clientPublic = BigInt(`0x${clientPublicHex}`);
  if (clientPublic % prime === 0n) return undefined;
  const serverSecret = bigintFrom(randomBytes(32));
  const serverPublic = (multiplier * record.verifier + power(generator, serverSecret)) % prime;
  return { clientPublic, serverSecret, serverPublic, record };
}

/** Whether the client's signature proves the password: an HMAC over its four parts with the key both sides derive. */
export function srpProves(exchange: SrpExchange, parts: (string | Buffer)[], signature: string): boolean {
  const { clientPublic, serverPublic, serverSecret, record } = exchange;
  const scramble = sha256(padded(clientPublic), padded(serverPublic));
  const base = (clientPublic * power(record.verifier, bigintFrom(scramble))) % prime;
  const shared = padded(power(base, serverSecret));
  const key = hkdfSync("sha256", shared, padded(bigintFrom(scramble)), "Caldera Derived Key", 16);
  const mac = createHmac("sha256", Buffer.from(key));
  for (const part of parts) mac.update(part);
  return sameSecret(mac.digest("base64"), signature);
}

function privateKey(poolName: string, username: string, password: string, salt: bigint): bigint {
  return bigintFrom(sha256(padded(salt), sha256(Buffer.from(`${poolName}${username}:${password}`))));
}

function sha256(...parts: Buffer[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function bigintFrom(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

/** Big-endian bytes with a zero in front where the first bit is set, so that the number reads as positive. */
function padded(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % prime;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
