import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLane } from "../../local/lane.ts";

describe("start of the local lane", () => {
  const outside = process.env.TMPDIR;
  let place: string;
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), "slipway-test-"));
    await chmod(place, 0o777);
    process.env.TMPDIR = place;
  });
  afterEach(async () => {
    if (outside === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outside;
    assert.deepEqual(await readdir(place), [], "left behind");
    await rm(place, { recursive: true });
  });

  it("leaves nothing when it is given up on the way", async () => {
    const giveUp = new AbortController();
    const onUp = (what: string) => {
      if (what === "migrations") giveUp.abort(new Error("no longer wanted"));
    };
    await assert.rejects(startLane({ port: 0, signal: giveUp.signal, onUp }), { message: "no longer wanted" });
  });

  it("fails on a port in use before anything else is started", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await assert.rejects(startLane({ port, onPreview: () => assert.fail("a preview"), onUp: assert.fail }), {
      message: `port ${port} is in use: stop what listens there or set PORT to another`,
    });
    await new Promise((closed) => other.close(closed));
  });

  it("fails on a database that is not there before anything else is started", async () => {
    const databaseUrl = "postgres://me:secret@127.0.0.1:1/x";
    await assert.rejects(startLane({ port: 0, databaseUrl, onPreview: () => assert.fail("a preview") }), {
      message: "DATABASE_URL, 127.0.0.1:1: nothing answers there (ECONNREFUSED): start the server or mend the address",
    });
  });
});
