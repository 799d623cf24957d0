import assert from "node:assert/strict";
import { growth } from "../../growth.ts";
import fc from "fast-check";
import { isPlainSecret, leaksSecret, namesSecret } from "../../../policies/facts/secrets.ts";
import { shown } from "../../../policies/facts/shown.ts";

describe("secrets", () => {
  for (const name of [
    "PASSWORD",
    "db_password",
    "apiKey",
    "API_KEY",
    "githubToken",
    "PGPASSWD",
    "CLIENT_SECRET",
    "private-key",
  ]) {
    it(`are announced by the name ${name}`, () => assert.ok(namesSecret(name)));
  }

  for (const name of [
    "SECRET_ARN",
    "TOKEN_ISSUER",
    "TOKEN_CLIENT_IDS",
    "PASSWORD_MIN_LENGTH",
    "KEY",
    "MONKEY",
    "PRIMARY_KEY",
    "tokenValidity",
  ]) {
    it(`are not announced by the name ${name}`, () => assert.ok(!namesSecret(name)));
  }

  for (const value of [
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "arn:aws:iam::123456789012:role/slipway-dev-PatientsFunctionRole1A2B",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:0123456789abcdef",
    "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
    "slipway-dev-database.c9akciq32rrg.eu-west-1.rds.amazonaws.com",
  ]) {
    it(`do not look like ${value}`, () => assert.ok(!leaksSecret(value)));
  }

  it("are told from digests by the digest's name", () => {
    const value = "qUiQTy8PR5uPgZdpSzAYSw0u0cHNKh7A+4XSmaGSpEc=";
    assert.deepEqual([isPlainSecret("CODE_SHA", value), isPlainSecret("SALT", value)], [false, true]);
  });

  it("are looked for in linear time, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000 }), (value) => typeof isPlainSecret("NAME", value) === "boolean"),
    );
    assert.ok(growth((size) => void leaksSecret("aA1".repeat(size)), 25_000) < 24);
  });
});

describe("a found value", () => {
  it("is shown when it is a plain word, a number or a truth value", () => {
    assert.deepEqual(
      [shown("TLS_1_0"), shown(7), shown(true), shown(undefined)],
      ['"TLS_1_0"', "7", "true", "not set"],
    );
  });

  it("stays hidden when it may be more than that", () => {
    for (const value of ["AKIAIOSFODNN7EXAMPLE", "two words", "x".repeat(200), { a: 1 }])
      assert.match(shown(value), /not shown|another kind/);
  });
});
