import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { bench, poolId, stopBenches, type Bench } from "./fixture.ts";

describe("the identity service's one address", () => {
  let under: Bench;
  const post = (target: string, body: string, url = under.identity.url) =>
    fetch(url, {
      method: "POST",
      headers: { "X-Amz-Target": `AWSCognitoIdentityProviderService.${target}` },
      body,
    });

  before(async () => {
    under = await bench();
  });
  after(stopBenches);

  it("is for loopback names alone: a foreign name that leads here is refused", async () => {
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        const path = `/${poolId}/.well-known/jwks.json`;
        const { port } = new URL(under.identity.url);
        request({ host: "127.0.0.1", port, path, headers: { host: `${host}:${port}` } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
    const seen = [await status("localhost"), await status("127.0.0.1"), await status("evil.example")];
    assert.deepEqual(seen, [200, 200, 421]);
  });

  it("keeps a connection for longer than clients do, who may be about to use it", async () => {
    assert.equal((await post("SignUp", "{")).headers.get("keep-alive"), "timeout=60");
  });

  it("fails on a body over 64 KiB with 413", async () => {
    assert.equal((await post("SignUp", `{"Username":"${"a".repeat(70_000)}"}`)).status, 413);
  });

  it("lets no web page administrate: its preflight may not carry a signature", async () => {
    const response = await fetch(under.identity.url, {
      method: "OPTIONS",
      headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" },
    });
    assert.equal(response.headers.get("access-control-allow-headers")?.toLowerCase().includes("authorization"), false);
  });

  it("hangs up on a client that never finishes its request, and serves the next", async () => {
    // Of its own: on a busy machine, a client with a whole request may take as long.
    const { url } = (await bench(undefined, { requestTimeoutMs: 200 })).identity;
    const { port } = new URL(url);
    const heard = await new Promise<string>((resolve) => {
      let answer = "";
      const socket = connect(Number(port), "127.0.0.1", () => socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Le"));
      socket.on("data", (chunk) => (answer += chunk)).on("error", () => {});
      socket.on("close", () => resolve(answer));
    });
    assert.match(heard, /^HTTP\/1\.1 408 /);
    assert.equal((await post("SignUp", "{", url)).status, 400);
  });

  it("survives what no client would send", async () => {
    const { port } = new URL(under.identity.url);
    const lines = [
      "GET /%E0%A4%A HTTP/1.1\r\nHost: a",
      "GET // HTTP/1.1\r\nHost: ]",
      "BREW /pot",
      "GET http:// HTTP/1.1",
    ];
    for (const line of lines) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.end(`${line}\r\n\r\n`));
        socket
          .resume()
          .on("error", () => {})
          .on("close", () => resolve());
      });
    }
    assert.equal((await fetch(`${under.identity.url}/${poolId}/.well-known/jwks.json`)).status, 200);
  });
});
