import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { answers, connect } from "../../../../app/platform/database/connection.ts";
import { eventually } from "../../../eventually.ts";
import { kept, withEnvironment } from "../../clinic.ts";

describe("a connection to the database of the cloud", () => {
  let directory: string;
  let env: Record<string, string>;
  let restore = () => {};
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "slipway-ca-"));
    const caFile = join(directory, "ca.pem");
    await writeFile(caFile, "authorities");
    const credentials = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "only-in-tests" };
    restore = withEnvironment(credentials);
    const host = { DATABASE_HOST: "clinic.example.org", DATABASE_PORT: "5433", DATABASE_NAME: "clinic" };
    env = { ...host, DATABASE_USER: "slipway-dev-patients", DATABASE_CA_FILE: caFile, AWS_REGION: "eu-west-1" };
  });
  after(async () => {
    restore();
    await rm(directory, { recursive: true });
  });

  it("verifies the server by the public authorities and RDS's own", () => {
    const { options } = kept(connect(env, { connections: 1 }));
    assert.deepEqual(
      [options.host, options.port, options.user],
      [["clinic.example.org"], [5433], "slipway-dev-patients"],
    );
    assert.deepEqual(options.ssl, { ca: [...rootCertificates, "authorities"], rejectUnauthorized: true });
  });

  it("logs in with a token signed for the user, the host and fifteen minutes", async () => {
    const { options } = kept(connect(env, { connections: 1 }));
    const token = new URL(`https://${await (options.pass as unknown as () => Promise<string>)()}`);
    const asked = ["Action", "DBUser", "X-Amz-Expires"].map((name) => token.searchParams.get(name));
    assert.deepEqual([token.host, asked], ["clinic.example.org:5433", ["connect", "slipway-dev-patients", "900"]]);
  });

  it("fails on each missing variable by its name", () => {
    for (const name of ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_USER"]) {
      assert.throws(() => connect({ ...env, [name]: "" }, { connections: 1 }), {
        message: new RegExp(`variable ${name} is not set`),
      });
    }
  });

  it("is not waited for longer than told", async () => {
    const open = new Set<Socket>();
    const silent = createServer((socket) => void open.add(socket.resume())).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const sql = kept(connect({ DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/none` }, { connections: 1 }));
    assert.equal(await answers(sql, 50), false);
    await eventually(() => open.size === 1);
    // The connection's own patience has not run out.
    assert.deepEqual(
      [...open].map(({ readableEnded }) => readableEnded),
      [false],
    );
    for (const socket of open) socket.destroy();
    silent.close();
  });
});
