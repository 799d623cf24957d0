import ts from "typescript";
import type { Code } from "./program.ts";
import { dynamicImports, importOf, topStatement, valueNames } from "./syntax.ts";
import { targetsOf } from "./targets.ts";

/** Something of a package that code which runs makes use of. */
export interface Use {
  /** The specifier: `@aws-sdk/client-s3`. */
  readonly from: string;
  /** The exported name; `*` for all of it, taken in a way that does not say what of it. */
  readonly name: string;
  readonly node: ts.Node;
}

/** What runs from one entry point. */
export interface Reached {
  readonly uses: readonly Use[];
  /** Imports of modules that only the running program can name. */
  readonly nameless: readonly ts.Node[];
}

/** What of the code is loaded and not used. */
export interface Limits {
  /** Steps from one file to another that are not taken. */
  readonly skip: (from: ts.SourceFile, to: ts.SourceFile) => boolean;
  /** Files of which only what they do at once is run: nobody calls the functions they make. */
  readonly idle: (file: ts.SourceFile) => boolean;
}

/**
 * Follows the code from an entry point: all of the entry, what it mentions and what that mentions in turn, and what modules do when
 * they are loaded.
 */
export function reach(code: Code, entry: ts.SourceFile, { skip, idle }: Limits): Reached {
  const uses: Use[] = [];
  const nameless: ts.Node[] = [];
  const loaded = new Set<ts.SourceFile>();
  const reached = new Map<ts.Statement, When>();
  const todo: ts.Statement[] = [];

  const use = (from: string, name: string, node: ts.Node) => void uses.push({ from, name, node });
  const run = (statement: ts.Statement, when: When) => {
    const before = reached.get(statement);
    if (before === "any" || before === when) return;
    reached.set(statement, when);
    todo.push(statement);
  };
  /** A module runs its own statements, and first those of the modules it imports. */
  const load = (file: ts.SourceFile) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const statement of file.statements) {
      const specifier = importOf(statement);
      const other = specifier === undefined ? undefined : code.imported(specifier, file);
      if (other) load(other);
      // loaded for what it does by itself
      else if (specifier && !specifier.startsWith(".") && isBare(statement)) use(specifier, "*", statement);
      if (runsAtOnce(statement)) run(statement, idle(file) ? "load" : "any");
    }
  };
  const whole = (file: ts.SourceFile) => {
    load(file);
    for (const statement of file.statements) run(statement, "any");
  };
  const mention = (name: ts.Identifier, from: ts.SourceFile, when: When) => {
    for (const target of targetsOf(name, code.checker)) {
      if ("from" in target) use(target.from, target.name, name);
      else {
        const file = target.node.getSourceFile();
        if (code.pathOf(file) === undefined || (file !== from && skip(from, file))) continue;
        load(file);
        const statement = topStatement(target.node);
        // a value that is only handed on while modules load is not called
        if (statement) run(statement, idle(file) && ts.isVariableStatement(statement) ? when : "any");
        else if (!ts.isPropertyAccessExpression(name.parent)) whole(file);
      }
    }
  };
  const follow = (statement: ts.Statement, when: When) => {
    const file = statement.getSourceFile();
    if (importOf(statement) !== undefined) return;
    for (const name of valueNames(statement, when)) mention(name, file, when);
    for (const { specifier, names, node } of dynamicImports(statement)) {
      const other = specifier === undefined ? undefined : code.imported(specifier, file);
      if (specifier === undefined) nameless.push(node);
      // which names are taken of a file is not followed: all of it may run
      else if (other && !skip(file, other)) whole(other);
      else if (!other && !specifier.startsWith(".")) for (const name of names) use(specifier, name, node);
    }
  };

  whole(entry);
  for (const statement of todo) follow(statement, reached.get(statement) ?? "any");
  return { uses, nameless };
}

/** When code runs that is followed: while its module is loaded, or at any time. */
type When = "load" | "any";

/** Whether an import takes no name. */
const isBare = (statement: ts.Statement) => ts.isImportDeclaration(statement) && !statement.importClause;

/** Whether a statement does something when its module is loaded, rather than declare what may be used later. */
function runsAtOnce(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some(({ initializer }) => initializer && acts(initializer));
  }
  if (ts.isExportAssignment(statement)) return acts(statement.expression);
  return !declares(statement);
}

const declares = (statement: ts.Statement) =>
  ts.isFunctionDeclaration(statement) ||
  ts.isClassDeclaration(statement) ||
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isImportDeclaration(statement) ||
  ts.isExportDeclaration(statement) ||
  ts.isModuleDeclaration(statement);

/** Whether an expression calls something by itself; the bodies of functions in it wait to be called. */
function acts(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node)) return true;
  return ts.isTaggedTemplateExpression(node) || (ts.forEachChild(node, (child) => acts(child) || undefined) ?? false);
}
