import assert from "node:assert/strict";
import { originsOf } from "../../../../app/platform/environment.ts";
import { createService } from "../../../../app/platform/http/service.ts";
import type { Route } from "../../../../app/platform/http/route.ts";
import { silentLog } from "../../clinic.ts";

const count = () => {};

/** The headers a page of `origin` gets for `path` from a service that admits `origins`. */
async function headersFor(origin: string, origins: string[], path = "/nowhere"): Promise<Headers> {
  const service = createService({ routes: [] as Route[], sql: undefined as never, log: silentLog, count, origins });
  const bindings = { requestId: "r-1", identify: () => Promise.reject(new Error("nobody asks")) };
  return (await service.request(path, { headers: { origin } }, bindings)).headers;
}

describe("CORS of a service", () => {
  const origins = ["https://app.example.com", "http://localhost:3000"];

  it("lets a page of a listed origin read the answer, errors too, and the headers it needs", async () => {
    const headers = await headersFor("http://localhost:3000", origins);
    assert.equal(headers.get("access-control-allow-origin"), "http://localhost:3000");
    assert.equal(headers.get("access-control-expose-headers"), "ETag,Location,X-Request-Id");
    assert.match(headers.get("vary") ?? "", /origin/i);
  });

  it("says nothing to a page of another origin", async () => {
    assert.equal((await headersFor("https://evil.example", origins)).get("access-control-allow-origin"), null);
  });

  it("is off without origins", async () => {
    assert.equal((await headersFor("http://localhost:3000", [])).get("access-control-allow-origin"), null);
  });

  it("never allows credentials", async () => {
    assert.equal((await headersFor("http://localhost:3000", origins)).get("access-control-allow-credentials"), null);
  });
});

describe("allowed origins of the environment", () => {
  it("are separated by commas", () =>
    assert.deepEqual(originsOf({ ALLOWED_ORIGINS: "https://a.example,https://b.example" }), [
      "https://a.example",
      "https://b.example",
    ]));
  it("are none without the variable", () => assert.deepEqual(originsOf({}), []));
});
