import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { type Clinic, clinic, somePatient } from "../clinic.ts";

describe("patients", () => {
  let at: Clinic;
  before(async () => void (at = await clinic()));

  it("keeps names as people write them", async () => {
    // Apostrophe, combining mark, the joiner of no width that Persian needs, and characters beyond the first plane.
    for (const familyName of ["O’Neil-Łukasz", "Zoe\u0308", "علی\u200cنژاد", "𠮷野", "🏥"]) {
      const { status, body } = await at.ask("POST", "/patients", { body: { ...somePatient, familyName } });
      assert.deepEqual([status, body.familyName], [201, familyName]);
    }
  });

  it("registers a patient and reads it back", async () => {
    const contact = { email: "ada@example.org", phone: "+4930123456" };
    const made = await at.ask("POST", "/patients", { body: { ...somePatient, ...contact } });
    const { id, createdAt, updatedAt, ...rest } = made.body;
    assert.deepEqual([made.status, rest], [201, { ...somePatient, ...contact, version: 1 }]);
    assert.equal(createdAt, updatedAt);
    assert.deepEqual([made.headers.get("location"), made.headers.get("etag")], [`/patients/${id}`, '"1"']);
    assert.deepEqual((await at.ask("GET", `/patients/${id}`)).body, made.body);
    assert.ok(at.counted.includes("PatientsRegistered"));
  });

  it("changes only the fields that are named", async () => {
    const { body: before } = await at.ask("POST", "/patients", { body: somePatient });
    const { status, body, headers } = await at.ask("PATCH", `/patients/${before.id}`, {
      body: { phone: "+4930123456" },
    });
    const { updatedAt, ...rest } = body;
    assert.deepEqual([status, headers.get("etag"), updatedAt >= before.updatedAt], [200, '"2"', true]);
    assert.deepEqual({ ...rest, updatedAt }, { ...before, phone: "+4930123456", version: 2, updatedAt });
  });

  it("lets only one of two changes of the same version through", async () => {
    const { body: before } = await at.ask("POST", "/patients", { body: somePatient });
    const change = (givenName: string) =>
      at.ask("PATCH", `/patients/${before.id}`, { body: { givenName }, headers: { "If-Match": '"1"' } });
    const answers = await Promise.all(["Bea", "Cleo"].map(change));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412]);
    assert.equal(answers.find(({ status }) => status === 412)!.body.code, "changed-meanwhile");
  });

  it("answers 404 for a patient that does not exist", async () => {
    const path = `/patients/${randomUUID()}`;
    const answers = [await at.ask("GET", path), await at.ask("PATCH", path, { body: { givenName: "Bea" } })];
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.code]),
      Array(2).fill([404, "not-found"]),
    );
  });

  const wrong: [string, object, string][] = [
    ["no name", { ...somePatient, givenName: undefined }, "/givenName"],
    ["a blank name", { ...somePatient, givenName: "  " }, "/givenName"],
    ["half a character", { ...somePatient, givenName: "a\ud83d" }, "/givenName"],
    ["bytes that were no UTF-8", { ...somePatient, givenName: "a\ufffd" }, "/givenName"],
    ["a control character", { ...somePatient, familyName: "a\u0000b" }, "/familyName"],
    ["a control character of eight bits", { ...somePatient, familyName: "a\u009bb" }, "/familyName"],
    ["a line end of Unicode", { ...somePatient, familyName: "a\u2028b" }, "/familyName"],
    ["a turn of direction", { ...somePatient, familyName: "\u202eecilA" }, "/familyName"],
    ["a name of no width", { ...somePatient, familyName: "\u200b" }, "/familyName"],
    ["a day that does not exist", { ...somePatient, birthDate: "2023-02-29" }, "/birthDate"],
    ["a birth in the future", { ...somePatient, birthDate: "2999-01-01" }, "/birthDate"],
    ["an address that is none", { ...somePatient, email: "ada" }, "/email"],
    ["a telephone number that is none", { ...somePatient, phone: "030" }, "/phone"],
    ["a field it does not know", { ...somePatient, "is/admin": true }, "/is~1admin"],
  ];
  for (const [what, body, pointer] of wrong) {
    it(`fails on ${what}`, async () => {
      const answer = await at.ask("POST", "/patients", { body });
      const places = answer.body.errors.map((flaw: { in: string; at: string }) => [flaw.in, flaw.at]);
      assert.deepEqual([answer.status, places], [400, [["body", pointer]]]);
    });
  }

  it("fails on a change of nothing", async () => {
    const { body } = await at.ask("POST", "/patients", { body: somePatient });
    assert.equal((await at.ask("PATCH", `/patients/${body.id}`, { body: {} })).status, 400);
  });

  it("fails on a cursor, a limit or an id of another making", async () => {
    const asked = ["?limit=0", "?limit=101", "?limit=x", "?cursor=x", `?cursor=${"A".repeat(600)}`, "/17"];
    const answers = await Promise.all(asked.map((query) => at.ask("GET", `/patients${query}`)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      asked.map(() => 400),
    );
  });
});

describe("the list of patients", () => {
  let at: Clinic;
  let all: string[];

  before(async () => {
    at = await clinic();
    // One statement, so that many share a moment and only the id tells them apart.
    await at.superuser`
      insert into patients.patients (id, given_name, family_name, birth_date, created_at)
      select gen_random_uuid(), 'P', 'Example', '2000-01-01', timestamptz '2030-01-01' + (n / 7) * interval '1 ms'
      from generate_series(1, 60) n`;
    const rows = await at.superuser<{ id: string }[]>`select id from patients.patients order by created_at, id`;
    all = rows.map(({ id }) => id);
  });

  it("gives each patient once, in order, whatever the sizes of the pages", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }), async (limits) => {
        const seen: string[] = [];
        let cursor = "";
        for (let page = 0; page === 0 || cursor; page++) {
          const { body } = await at.ask("GET", `/patients?limit=${limits[page % limits.length]}${cursor}`);
          seen.push(...body.items.map(({ id }: { id: string }) => id));
          cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : "";
        }
        assert.deepEqual(seen, all);
      }),
      { numRuns: 25 },
    );
  });

  it("has 20 on a page unless told, and no cursor on the last", async () => {
    const { body } = await at.ask("GET", "/patients");
    assert.deepEqual([body.items.length, typeof body.nextCursor], [20, "string"]);
    assert.deepEqual(Object.keys((await at.ask("GET", "/patients?limit=60")).body), ["items"]);
  });
});
