import assert from "node:assert/strict";
import fc from "fast-check";
import { cutPage, readCursor, writeCursor } from "../../../../app/platform/http/cursor.ts";

const at = fc.date({ min: new Date(0), max: new Date("2286-01-01"), noInvalidDate: true });
const position = fc.record({ at, id: fc.uuid() }, { noNullPrototype: true });

describe("a cursor", () => {
  it("is read back as it was written", () => {
    fc.assert(fc.property(position, (there) => assert.deepEqual(readCursor(writeCursor(there)), there)));
  });

  it("fails on any text that was not written as one", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.string().map((text) => Buffer.from(text).toString("base64url")),
    );
    fc.assert(
      fc.property(texts, (text) => assert.throws(() => readCursor(text), { status: 400, code: "invalid-request" })),
    );
  });

  it("fails on one with something added", () => {
    fc.assert(
      fc.property(position, fc.stringMatching(/^[A-Za-z0-9=.]{1,4}$/), (there, more) => {
        assert.throws(() => readCursor(writeCursor(there) + more), { status: 400 });
      }),
    );
  });
});

describe("a page", () => {
  const cut = (count: number, limit: number) =>
    cutPage([...Array(count).keys()], limit, (row) => ({ at: new Date(row), id: `id-${row}` }), String);

  it("has a cursor at its last row when more rows follow", () => {
    assert.deepEqual(cut(3, 2), { items: ["0", "1"], nextCursor: writeCursor({ at: new Date(1), id: "id-1" }) });
  });

  it("has none when it is the last", () => {
    assert.deepEqual([cut(2, 2), cut(0, 2)], [{ items: ["0", "1"] }, { items: [] }]);
  });
});
