import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** An issuer of access tokens on the loopback interface. */
export interface Issuer {
  /** What the plain server needs to trust it. */
  environment: Record<string, string>;
  /** A valid access token with all scopes, but for `claims`. */
  token(claims: object): Promise<string>;
  /** The same, signed by a key that is not the issuer's. */
  forged(claims: object): Promise<string>;
  stop(): void;
}

const scope = ["patients.read", "patients.write", "appointments.read", "appointments.write"].map(
  (name) => `clinic/${name}`,
);

export async function startIssuer(): Promise<Issuer> {
  const [ours, theirs] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const keys = [{ ...(await exportJWK(ours.publicKey)), kid: "k1", alg: "RS256", use: "sig" }];
  const server = createServer((_, response) => response.end(JSON.stringify({ keys }))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool`;
  const now = Math.floor(Date.now() / 1000);
  const standard = {
    iss: issuer,
    sub: "person-1",
    client_id: "web",
    token_use: "access",
    exp: now + 300,
    scope: scope.join(" "),
  };
  const sign = (key: Parameters<SignJWT["sign"]>[0]) => (claims: object) =>
    new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg: "RS256", kid: "k1" }).sign(key);
  return {
    environment: { TOKEN_ISSUER: issuer, TOKEN_CLIENT_IDS: "machine, web" },
    token: sign(ours.privateKey),
    forged: sign(theirs.privateKey),
    stop: () => void server.close().closeAllConnections(),
  };
}
