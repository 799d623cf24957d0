import { dirname, relative } from "node:path";
import ts from "typescript";

/** The source code of a folder, read without its packages: names are resolved among its own files and those of the AWS SDK. */
export interface Code {
  readonly checker: ts.TypeChecker;
  /** The file of the folder at a path relative to it. */
  readonly file: (path: string) => ts.SourceFile | undefined;
  /** The file of the folder that a specifier in `from` means; undefined for a package. */
  readonly imported: (specifier: string, from: ts.SourceFile) => ts.SourceFile | undefined;
  /** Path relative to the folder; undefined for a file outside. */
  readonly pathOf: (file: ts.SourceFile) => string | undefined;
  /** `<path>:<line>` of a piece of code. */
  readonly placeOf: (node: ts.Node) => string;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  ...{ allowImportingTsExtensions: true, allowJs: true, strict: true, noEmit: true, skipLibCheck: true },
  // Neither Node's types nor the language's: which command is sent is seen without, in a twentieth of the time.
  ...{ noLib: true, types: [] },
};

const resolved = /^(?:\.{1,2}\/|@aws-sdk\/)/;

/**
 * Reads the code that `entries`, paths relative to `folder`, lead to; `packages` are the folders that hold its packages. Throws when
 * an entry is not there.
 */
export function readCode(folder: string, entries: readonly string[], packages: readonly string[]): Code {
  const host = ts.createCompilerHost(options);
  const resolve = (specifier: string, from: string) => {
    // the SDK's declarations leave the extensions of their files out
    const mode = from.includes("/node_modules/") ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext;
    return ts.resolveModuleName(specifier, from, options, host, undefined, undefined, mode);
  };
  const places = packages.map((one) => `${dirname(one)}/any.ts`);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      if (!resolved.test(text)) return { resolvedModule: undefined };
      const found = [from, ...places].map((place) => resolve(text, place));
      return found.find(({ resolvedModule }) => resolvedModule) ?? { resolvedModule: undefined };
    });
  const program = ts.createProgram(
    entries.map((path) => `${folder}/${path}`),
    options,
    host,
  );
  const file = (path: string) => program.getSourceFile(`${folder}/${path}`);
  for (const path of entries)
    if (!file(path)) throw new Error(`${folder}/${path} cannot be read: name a file that is there`);
  const pathOf = ({ fileName }: ts.SourceFile) => {
    const path = relative(folder, fileName);
    return path.startsWith("..") || path.includes("node_modules/") ? undefined : path;
  };
  return {
    checker: program.getTypeChecker(),
    file,
    pathOf,
    imported: (specifier, from) => {
      const found = specifier.startsWith(".") ? resolve(specifier, from.fileName).resolvedModule : undefined;
      return found && program.getSourceFile(found.resolvedFileName);
    },
    placeOf: (node) => {
      const source = node.getSourceFile();
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      return `${relative(dirname(folder), source.fileName)}:${line + 1}`;
    },
  };
}
