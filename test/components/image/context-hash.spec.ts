import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contextHash } from "../../../components/image/context-hash.ts";

describe("contextHash", () => {
  let folder: string;
  const write = (path: string, content: string) => writeFileSync(join(folder, path), content);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "context-"));
    mkdirSync(join(folder, "src"));
    write(".dockerignore", "**/node_modules\n");
    write("Dockerfile", "FROM scratch\n");
    write("src/main.ts", "export {};\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is a SHA-256 that stays the same", () => {
    assert.match(contextHash(folder), /^[0-9a-f]{64}$/);
    assert.equal(contextHash(folder), contextHash(folder));
  });

  it("does not depend on installed packages", () => {
    const before = contextHash(folder);
    mkdirSync(join(folder, "src/node_modules"));
    write("src/node_modules/index.js", "");
    assert.equal(contextHash(folder), before);
  });

  for (const [what, change] of [
    ["a content", () => write("src/main.ts", "export default 1;\n")],
    ["a new file", () => write("src/other.ts", "")],
    ["a removed file", () => rmSync(join(folder, "src/main.ts"))],
    ["a mode", () => chmodSync(join(folder, "Dockerfile"), 0o755)],
    ["a link", () => symlinkSync("src/main.ts", join(folder, "main.ts"))],
    ["a hidden file", () => write("src/.env", "A=1")],
  ] as const) {
    it(`changes with ${what}`, () => {
      const before = contextHash(folder);
      change();
      assert.notEqual(contextHash(folder), before);
    });
  }

  it("tells two files from one that holds both", () => {
    const file = (name: string, content: string) => {
      write(name, content);
      chmodSync(join(folder, name), 0o644);
    };
    file("src/y", "1");
    file("src/z", "2");
    const before = contextHash(folder);
    rmSync(join(folder, "src/z"));
    file("src/y", "1src/z\x00644\x00\x002");
    assert.notEqual(contextHash(folder), before);
  });

  for (const ignored of ["dist\n**/node_modules", "*\n!src", "**/node_modules/", "**/node_modules\r\nx"]) {
    it(`accepts ${JSON.stringify(ignored)} in .dockerignore`, () => {
      write(".dockerignore", ignored);
      assert.match(contextHash(folder), /^[0-9a-f]{64}$/);
    });
  }

  for (const ignored of ["dist\n", "node_modules\n"]) {
    it(`fails on a context that could hold installed packages, with ${JSON.stringify(ignored)} in .dockerignore`, () => {
      write(".dockerignore", ignored);
      assert.throws(() => contextHash(folder), { message: /\.dockerignore must exclude node_modules: begin it with/ });
    });
  }
});
