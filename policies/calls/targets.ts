import ts from "typescript";
import { textOf } from "./syntax.ts";

/** What a name stands for: code of the folder, or something exported by a package. */
export type Target = { readonly node: ts.Node } | { readonly from: string; readonly name: string };

/** What a name in a piece of code stands for; none for what is built in, or of a package that is not read. */
export function targetsOf(name: ts.Identifier, checker: ts.TypeChecker): readonly Target[] {
  const { parent } = name;
  let symbol =
    ts.isShorthandPropertyAssignment(parent) && parent.name === name
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(name);
  while (symbol && symbol.flags & ts.SymbolFlags.Alias) {
    const exported = (symbol.declarations ?? []).flatMap((one) => exportedBy(one, name) ?? []);
    if (exported.length > 0) return exported;
    symbol = checker.getImmediateAliasedSymbol(symbol);
  }
  return (symbol?.declarations ?? []).flatMap((node): Target[] => {
    const method = methodOfClient(node);
    return method ? [method] : node.getSourceFile().isDeclarationFile ? [] : [{ node }];
  });
}

/** What an import takes from a package; undefined for an import from a file. */
function exportedBy(declaration: ts.Node, name: ts.Identifier): Target | undefined {
  const specifier = specifierOf(declaration);
  if (specifier === undefined || specifier.startsWith(".")) return undefined;
  if (ts.isImportSpecifier(declaration) || ts.isExportSpecifier(declaration)) {
    return { from: specifier, name: (declaration.propertyName ?? declaration.name).text };
  }
  if (ts.isImportClause(declaration)) return { from: specifier, name: "default" };
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === name)
    return { from: specifier, name: parent.name.text };
  const key = ts.isElementAccessExpression(parent) && parent.expression === name && textOf(parent.argumentExpression);
  return { from: specifier, name: typeof key === "string" ? key : "*" };
}

function specifierOf(declaration: ts.Node): string | undefined {
  let at = declaration;
  while (at.parent && !ts.isImportDeclaration(at) && !ts.isExportDeclaration(at)) at = at.parent;
  const from = ts.isImportDeclaration(at) || ts.isExportDeclaration(at) ? at.moduleSpecifier : undefined;
  return from && textOf(from);
}

/** A method of a client that has one for each operation: `S3.putObject` of `@aws-sdk/client-s3`. */
function methodOfClient(node: ts.Node): Target | undefined {
  if (!ts.isMethodSignature(node) || !ts.isIdentifier(node.name)) return undefined;
  const [, from, client] =
    /(@aws-sdk\/client-[a-z0-9-]+)\/dist-types\/(\w+)\.d\.ts$/.exec(node.getSourceFile().fileName) ?? [];
  return from && client ? { from, name: `${client}.${node.name.text}` } : undefined;
}
