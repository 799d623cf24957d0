import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { listenFailure, portOf, requireFree } from "../../local/port.ts";

describe("port of the front door", () => {
  it("is 8080 unless PORT says otherwise", () => {
    assert.deepEqual([undefined, "", "0", "9000", "65535"].map(portOf), [8080, 8080, 0, 9000, 65535]);
  });

  for (const given of ["abc", "-1", "1.5", "65536", " ", "1e3", "0x50"]) {
    it(`fails on PORT=${given}, naming it and what to do`, () => {
      assert.throws(() => portOf(given), {
        message: `PORT must be a number from 0 to 65535, got "${given}": give a free port, or 0 for any`,
      });
    });
  }

  it("fails with what to do when somebody listens on it, and holds nothing itself", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await assert.rejects(requireFree(port), {
      message: `port ${port} is in use: stop what listens there or set PORT to another`,
    });
    await new Promise((closed) => other.close(closed));
    await requireFree(port);
    await requireFree(port);
  });

  it("fails with what to do when the port is the system's", () => {
    const { message } = listenFailure(80, Object.assign(new Error("listen EACCES"), { code: "EACCES" }));
    assert.equal(message, "port 80 is not for every user: set PORT to one above 1023");
  });
});
