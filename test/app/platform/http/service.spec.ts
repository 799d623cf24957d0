import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { maxBodyBytes, type Scope } from "../../../../app/contract.ts";
import { connect } from "../../../../app/platform/database/connection.ts";
import { createService } from "../../../../app/platform/http/service.ts";
import { routesOf } from "../../../../app/services/registry.ts";
import { type Answered, type Clinic, clinic, kept, silentLog, someBooking, somePatient } from "../../clinic.ts";

const id = randomUUID();

describe("a service", () => {
  let at: Clinic;
  before(async () => void (at = await clinic()));

  const isProblem = ({ status, headers, body }: Answered, expected: number, code: string) => {
    assert.equal(headers.get("content-type"), "application/problem+json");
    assert.deepEqual([status, body.status, body.code, body.type], [expected, expected, code, "about:blank"]);
    assert.ok(body.title && body.detail && body.requestId);
    assert.equal(headers.get("x-request-id"), body.requestId);
  };

  const needs: [string, string, Scope, object?][] = [
    ["POST", "/patients", "patients.write", somePatient],
    ["GET", "/patients", "patients.read"],
    ["GET", `/patients/${id}`, "patients.read"],
    ["PATCH", `/patients/${id}`, "patients.write", { givenName: "Bea" }],
    ["POST", "/appointments", "appointments.write", someBooking()],
    ["GET", "/appointments", "appointments.read"],
    ["GET", `/appointments/${id}`, "appointments.read"],
    ["PATCH", `/appointments/${id}`, "appointments.write", { reason: "x" }],
    ["POST", `/appointments/${id}/cancel`, "appointments.write"],
  ];
  for (const [method, path, scope, body] of needs) {
    it(`lets nobody ${method} ${path.replace(id, "{id}")} without ${scope}`, async () => {
      const others = needs.map(([, , other]) => other).filter((other) => other !== scope);
      isProblem(await at.ask(method, path, { body, caller: null }), 401, "unauthorized");
      const refused = await at.ask(method, path, { body, scopes: others });
      isProblem(refused, 403, "insufficient-scope");
      const challenge = `Bearer error="insufficient_scope", scope="clinic/${scope}"`;
      assert.equal(refused.headers.get("www-authenticate"), challenge);
      const { status } = await at.ask(method, path, { body, scopes: [scope] });
      assert.ok([200, 201, 404].includes(status));
    });
  }

  it("answers a path it does not have with 404 and a method it does not have with 405", async () => {
    isProblem(await at.ask("GET", "/nothing"), 404, "no-such-path");
    const refused = await at.ask("DELETE", `/patients/${id}`);
    isProblem(refused, 405, "method-not-allowed");
    assert.equal(refused.headers.get("allow"), "GET, HEAD, PATCH");
  });

  it("fails on a body that is too large, not JSON, or of another type", async () => {
    const post = (text: string, type = "application/json") =>
      at.ask("POST", "/patients", { text, headers: { "content-type": type } });
    isProblem(await post(`"${"x".repeat(maxBodyBytes)}"`), 413, "body-too-large");
    isProblem(await post("{"), 400, "malformed-json");
    isProblem(await post(""), 400, "malformed-json");
    isProblem(await post("[]"), 400, "invalid-request");
    isProblem(await post("a=b", "application/x-www-form-urlencoded"), 415, "not-json");
    const padded = JSON.stringify(somePatient).padEnd(maxBodyBytes);
    assert.equal((await post(padded, "application/json; charset=utf-8")).status, 201);
  });

  it("answers its health without a token, and with 503 when the database is gone", async () => {
    const { status, body } = await at.ask("GET", "/health/patients", { caller: null });
    assert.deepEqual([status, body], [200, { service: "patients", status: "ok" }]);
    const sql = kept(connect({ DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" }, { connections: 1 }));
    const service = createService({ routes: routesOf.patients, sql, log: silentLog, count: () => {} });
    const identify = async () => ({ id: "person-1", scopes: new Set(["clinic/patients.read"]) });
    const answers = ["/health/patients", "/patients"].map((path) =>
      service.request(path, {}, { requestId: "r", identify }),
    );
    assert.deepEqual(
      (await Promise.all(answers)).map((answer) => answer.status),
      [503, 503],
    );
  });

  it("hides what went wrong inside, and logs it without the values", async () => {
    // The violation of a constraint quotes the whole row.
    await at.superuser`alter table patients.patients add constraint odd check (given_name <> 'Ada') not valid`;
    const answer = await at.ask("POST", "/patients", { body: somePatient });
    await at.superuser`alter table patients.patients drop constraint odd`;
    isProblem(answer, 500, "internal-error");
    assert.ok(!/Ada|constraint|odd/.test(answer.text));
    const lines = at.lines.filter(({ level, request_id }) => level === "error" && request_id === answer.body.requestId);
    const line = lines.find(({ error }) => error)!;
    // A rollout counts these lines, at whatever level the service logs.
    assert.equal(lines.find(({ message }) => message === "request")?.status, 500);
    assert.deepEqual([(line.error as { code: string }).code, JSON.stringify(line).includes("Ada")], ["23514", false]);
  });

  it("logs each request with its id and outcome, and no health check that went well", async () => {
    const { body } = await at.ask("GET", "/nothing");
    const line = at.lines.find(({ request_id }) => request_id === body.requestId)!;
    assert.deepEqual([line.message, line.method, line.status, line.level], ["request", "GET", 404, "info"]);
    await at.ask("GET", "/health/appointments");
    assert.equal(at.lines.at(-1)!.level, "debug");
  });

  it("writes nothing a person typed into its log", async () => {
    const secret = "Zyxwv";
    await at.ask("POST", "/patients", { body: { ...somePatient, familyName: secret } });
    await at.ask("POST", "/patients", { body: { ...somePatient, familyName: secret, phone: secret } });
    assert.ok(!JSON.stringify(at.lines).includes(secret));
  });
});
