import assert from "node:assert/strict";
import { type Clinic, clinic, someBooking, somePatient } from "../../clinic.ts";

describe("idempotent creation", () => {
  let at: Clinic;
  before(async () => void (at = await clinic()));

  const register = (key: string, { body = somePatient as object, caller = "person-1" } = {}) =>
    at.ask("POST", "/patients", { body, caller, headers: { "Idempotency-Key": key } });
  const registered = async () => Number((await at.superuser`select count(*) from patients.patients`)[0]!.count);

  it("answers a repetition with the first answer, byte for byte, and says so", async () => {
    const before = await registered();
    const { familyName, ...others } = somePatient;
    const [first, second] = [await register("a"), await register("a", { body: { familyName, ...others } })];
    assert.deepEqual([second.status, second.text], [201, first.text]);
    assert.deepEqual(
      ["etag", "location"].map((name) => second.headers.get(name)),
      ['"1"', `/patients/${first.body.id}`],
    );
    assert.deepEqual(
      [first, second].map(({ headers }) => headers.get("idempotency-replayed")),
      [null, "true"],
    );
    assert.equal((await registered()) - before, 1);
  });

  it("creates once when the same request comes ten times at once", async () => {
    const before = await registered();
    const answers = await Promise.all(Array.from({ length: 10 }, () => register("b")));
    assert.deepEqual([...new Set(answers.map(({ status, text }) => `${status} ${text}`))].length, 1);
    assert.equal((await registered()) - before, 1);
  });

  it("refuses another body under a used key", async () => {
    await register("c");
    const { status, body } = await register("c", { body: { ...somePatient, givenName: "Bea" } });
    assert.deepEqual([status, body.code], [422, "idempotency-key-reused"]);
  });

  it("keeps the keys of two callers apart", async () => {
    const [mine, theirs] = [await register("d"), await register("d", { caller: "person-2" })];
    const again = [await register("d"), await register("d", { caller: "person-2" })];
    assert.notEqual(mine.body.id, theirs.body.id);
    assert.deepEqual(
      again.map(({ body }) => body.id),
      [mine.body.id, theirs.body.id],
    );
  });

  it("leaves the key of a refused request free", async () => {
    const blocker = (await at.ask("POST", "/appointments", { body: someBooking() })).body;
    const retry = () => {
      const body = someBooking({ clinicianId: blocker.clinicianId, patientId: blocker.patientId });
      return at.ask("POST", "/appointments", { body, headers: { "Idempotency-Key": "e" } });
    };
    const refused = await retry();
    await at.ask("POST", `/appointments/${blocker.id}/cancel`);
    assert.deepEqual([refused.status, (await retry()).status], [409, 201]);
  });

  it("forgets a key after a day", async () => {
    const first = await register("f");
    await at.superuser`update patients.idempotency_keys set created_at = now() - interval '25 hours' where key = 'f'`;
    assert.notEqual((await register("f")).body.id, first.body.id);
  });

  it("fails on a key out of form", async () => {
    const answers = await Promise.all(["", "a b", "x".repeat(129)].map((key) => register(key)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [400, 400, 400],
    );
  });
});
