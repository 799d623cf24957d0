import { rule } from "../../../../policies/rules/lambda/function-disallow-plain-secrets.ts";
import { laws, resource } from "../../laws.ts";

const fn = (variables: object) => [resource("aws:lambda/function:Function", { environment: { variables } })];

laws(rule, {
  violates: {
    "a password by its name": {
      of: fn({ DATABASE_PASSWORD: "hunter2" }),
      says: "environment variable DATABASE_PASSWORD looks like a secret",
    },
    "an access key by its looks": { of: fn({ SETTING: "AKIAIOSFODNN7EXAMPLE" }), says: "SETTING looks like a secret" },
    "a password inside a URL": {
      of: fn({ DATABASE_URL: "postgres://clinic:hunter2@db:5432/clinic" }),
      says: "DATABASE_URL looks",
    },
    "a private key": { of: fn({ PEM: "-----BEGIN PRIVATE KEY-----\nMIIEv" }), says: "PEM looks" },
    "a random text": { of: fn({ SALT: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz9pLqT2eV" }), says: "SALT looks" },
  },
  passes: {
    "the ARN of a secret": {
      of: fn({ DATABASE_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-4f1c" }),
    },
    "a log-in by IAM": {
      of: fn({ DATABASE_HOST: "db.internal", DATABASE_USER: "slipway-dev-patients", DATABASE_PORT: "5432" }),
    },
    "who issues tokens": {
      of: fn({ TOKEN_ISSUER: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI", TOKEN_TTL: "3600" }),
    },
    "an empty password": { of: fn({ PASSWORD: "" }) },
    "a URL without a password": { of: fn({ DATABASE_URL: "postgres://clinic@127.0.0.1:5432/clinic" }) },
    "a digest": { of: fn({ MIGRATIONS_SHA: "qUiQTy8PR5uPgZdpSzAYSw0u0cHNKh7A+4XSmaGSpEc=" }) },
    "a document of names": { of: fn({ DATABASE_ROLES: '{"patients":"slipway-dev-patients"}' }) },
  },
});
