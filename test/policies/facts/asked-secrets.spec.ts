import assert from "node:assert/strict";
import { asksSecret, secretsAsked, withoutSecrets } from "../../../policies/facts/asked-secrets.ts";

const asking = (key: string, value: unknown) => ({ Statement: { Condition: { StringEquals: { [key]: value } } } });

describe("secrets that a document asks for", () => {
  it("are told by the key", () => {
    const keys = ["sts:ExternalId", "STS:externalid", "aws:PrincipalTag/password", "aws:RequestTag/apiKey"];
    const others = ["secretsmanager:SecretId", "aws:PrincipalTag/team", "token.actions.githubusercontent.com:sub"];
    assert.deepEqual([keys.filter(asksSecret), others.filter(asksSecret)], [keys, []]);
  });

  it("are all values under it, in a text as in an object", () => {
    const document = asking("sts:ExternalId", ["hunter2", "b?c"]);
    assert.deepEqual(secretsAsked(document), ["hunter2", "b?c"]);
    assert.deepEqual(secretsAsked(JSON.stringify(document)), ["hunter2", "b?c"]);
  });

  it("are no wildcards, references or truth values, and nothing in what is no JSON", () => {
    const values = ["*", "", "true", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf"];
    assert.deepEqual(secretsAsked(asking("sts:ExternalId", values)), []);
    assert.deepEqual([secretsAsked("{"), secretsAsked(undefined), secretsAsked(7)], [[], [], []]);
  });

  it("are left out of a text as whole words, the longest first", () => {
    const said = withoutSecrets('the value "ab-cd", ab and abc', ["ab", "ab-cd"]);
    assert.equal(said, 'the value "(not shown)", (not shown) and abc');
  });

  it("are left out of a text after a name that says so", () => {
    assert.equal(
      withoutSecrets("statement password=hunter2: passwd:x1, apiKey=k;team=a", []),
      "statement password=(not shown) passwd:(not shown), apiKey=(not shown);team=a",
    );
    const harmless = "secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-*";
    assert.equal(withoutSecrets(harmless, []), harmless);
  });
});
