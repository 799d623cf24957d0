import assert from "node:assert/strict";
import { VerifiedTokens } from "../../../../app/platform/identity/verified-tokens.ts";

const caller = { id: "person-1", scopes: new Set(["clinic/patients.read"]) };

describe("VerifiedTokens", () => {
  it("remembers a token for five minutes", () => {
    let now = 1_000_000;
    const verified = new VerifiedTokens(() => now);
    verified.set("token", caller, 10_000);
    assert.equal(verified.get("token"), caller);
    now += 5 * 60_000 - 1;
    assert.equal(verified.get("token"), caller);
    now += 1;
    assert.equal(verified.get("token"), undefined);
  });

  it("never believes a token that has expired, nor another one", () => {
    let now = 1_000_000;
    const verified = new VerifiedTokens(() => now);
    verified.set("token", caller, 1001);
    assert.equal(verified.get("tokem"), undefined);
    now = 1_001_000;
    assert.equal(verified.get("token"), undefined);
  });

  it("believes no token that only ends like one it knows", () => {
    const verified = new VerifiedTokens(() => 0);
    const signature = "s".repeat(40);
    verified.set(`Bearer mine.${signature}`, caller, 1000);
    assert.equal(verified.get(`Bearer other.${signature}`), undefined);
    assert.equal(verified.get(signature), undefined);
    assert.equal(verified.get(`Bearer mine.${signature}`), caller);
  });

  it("keeps no token without an expiry, and a thousand at most", () => {
    const verified = new VerifiedTokens(() => 0);
    verified.set("endless", caller, undefined);
    assert.equal(verified.get("endless"), undefined);
    for (let i = 0; i <= 1000; i++) verified.set(String(i), caller, 1000);
    assert.deepEqual([verified.get("0"), verified.get("1"), verified.get("1000")], [undefined, caller, caller]);
  });
});
