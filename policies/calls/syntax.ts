import ts from "typescript";

/** The module that a statement imports or re-exports for more than its types; undefined for other statements. */
export function importOf(statement: ts.Statement): string | undefined {
  if (ts.isImportDeclaration(statement)) {
    return statement.importClause?.isTypeOnly ? undefined : textOf(statement.moduleSpecifier);
  }
  if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return undefined;
  return statement.moduleSpecifier && textOf(statement.moduleSpecifier);
}

export const textOf = (node: ts.Node): string | undefined => (ts.isStringLiteralLike(node) ? node.text : undefined);

/** The statement of a module that a piece of code lies in. */
export function topStatement(node: ts.Node): ts.Statement | undefined {
  let at = node;
  while (at.parent && !ts.isSourceFile(at.parent)) at = at.parent;
  return at.parent ? (at as ts.Statement) : undefined;
}

/** Every name in a piece of code that stands for a value; types do not run. `at: "load"` leaves out what waits in functions. */
export function valueNames(node: ts.Node, at: "load" | "any" = "any"): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (one: ts.Node): void => {
    if (at === "load" && ts.isFunctionLike(one)) return;
    if (ts.isIdentifier(one)) found.push(one);
    else if (ts.isExpressionWithTypeArguments(one)) {
      if (ts.isHeritageClause(one.parent) && one.parent.token === ts.SyntaxKind.ExtendsKeyword) visit(one.expression);
    } else if (!ts.isTypeNode(one) && !isTypeOnly(one)) ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

const isTypeOnly = (node: ts.Node) =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) ||
  (ts.isExportDeclaration(node) && node.isTypeOnly);

/** An `import()` in code that runs: what it names, and what is taken of it. */
export interface DynamicImport {
  /** Undefined when only the running program can name the module. */
  readonly specifier: string | undefined;
  /** Exported names; `*` where it is not plain which. */
  readonly names: readonly string[];
  readonly node: ts.Node;
}

export function dynamicImports(statement: ts.Node): DynamicImport[] {
  const found: DynamicImport[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      found.push({ specifier: argument && textOf(argument), names: takenOf(node), node });
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

/** `const { A, b: c } = await import("x")` and `(await import("x")).A` say what they take. */
function takenOf(call: ts.CallExpression): string[] {
  let at: ts.Node = call.parent;
  if (!ts.isAwaitExpression(at)) return ["*"];
  at = at.parent;
  if (ts.isParenthesizedExpression(at)) at = at.parent;
  if (ts.isPropertyAccessExpression(at)) return [at.name.text];
  if (!ts.isVariableDeclaration(at) || !ts.isObjectBindingPattern(at.name)) return ["*"];
  return at.name.elements.map(({ propertyName, name, dotDotDotToken }) => {
    const taken = propertyName ?? name;
    return !dotDotDotToken && ts.isIdentifier(taken) ? taken.text : "*";
  });
}
