import assert from "node:assert/strict";
import { region } from "../../components/region.ts";

describe("the region of a stack", () => {
  for (const name of ["eu-west-1", "ap-southeast-7", "mx-central-1", "us-gov-west-1"]) {
    it(`may be ${name}`, () => {
      assert.equal(region("aws:region", name), name);
    });
  }

  const whole = "a region that has all of a stack";
  for (const [name, wanted] of [
    ["moon", /^a region such as eu-west-1 or us-east-2$/],
    ["", /^a region such as eu-west-1 or us-east-2$/],
    ["eu-wset-1", /^one of eu-central-1, eu-central-2, .*eu-west-1, eu-west-2, eu-west-3$/],
    ["us-gov-west-3", /^one of us-east-1, us-east-2, us-west-1, us-west-2, us-gov-east-1, us-gov-west-1$/],
    ["cn-north-1", new RegExp(`^${whole}: China has no Cognito user pools`)],
    ["eusc-de-east-1", new RegExp(`^${whole}: addresses there do not end in amazonaws.com`)],
    ["us-iso-east-1", new RegExp(`^${whole}: addresses there do not end in amazonaws.com`)],
  ] as const) {
    it(`fails on "${name}", with what to write`, () => {
      const form = new RegExp(`^aws:region must be (.*), got "${name}": correct it in the stack file$`);
      assert.throws(
        () => region("aws:region", name),
        ({ message }: Error) => wanted.test(form.exec(message)?.[1] ?? ""),
      );
    });
  }
});
