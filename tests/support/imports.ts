import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Returns the files that a module imports at run time, as it names them; imports of types do not count. */
export function importsOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('.')) return [];
    return isTypeOnly(statement) ? [] : [moduleSpecifier.text];
  });
}

/** Returns a module's syntax tree. */
export function parse(file: string, text = readFileSync(file, 'utf8')): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/**
 * Returns all paths that a module names and may read at run time, relative to itself (`./…`) or, where it says so, to
 * the project's root (`/…`).
 */
function placesOf(source: ts.SourceFile): string[] {
  const found = importsOf(source);
  const literal = (node: ts.Node | undefined): void => {
    const texts = node && ts.isArrayLiteralExpression(node) ? node.elements.map(textOf) : [textOf(node)];
    // What a pattern matches is below the part before its first star.
    found.push(...texts.filter((text) => text?.startsWith('.')).map((text) => text!.replace(/[^/]*\*.*$/s, '')));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) literal(node.arguments[0]);
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'import.meta.glob') literal(node.arguments[0]);
    if (ts.isNewExpression(node) && node.arguments?.[1]?.getText(source) === 'import.meta.url')
      literal(node.arguments[0]);
    // Folders of Astro's loaders and of a build's working directory are relative to the project's root.
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'base')
      found.push(`/${textOf(node.initializer) ?? ''}`);
    if (ts.isTemplateExpression(node) && node.templateSpans[0]?.expression.getText(source) === 'process.cwd()')
      found.push(node.templateSpans[0].literal.text);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

/** Returns the programs in a file: itself, or those in a component's frontmatter and scripts. */
function programsOf(file: string): ts.SourceFile[] {
  const text = readFileSync(file, 'utf8');
  if (/\.(ts|mjs|js)$/.test(file)) return [parse(file, text)];
  if (!file.endsWith('.astro')) return [];
  const head = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
  return [head, ...[...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script)].map(
    (program) => parse(`${file}.ts`, program),
  );
}

/** Returns the paths that a file of any kind names. */
function namedBy(file: string): string[] {
  if (file.endsWith('.css'))
    return [...readFileSync(file, 'utf8').matchAll(/@import '(\.[^']*)'/g)].map(([, path = '']) => path);
  return programsOf(file).flatMap(placesOf);
}

/**
 * Returns everything that is reachable from these files and folders, as paths from the root. Throws when a named file
 * does not exist.
 */
export function reachedFrom(
  root: string,
  starts: string[],
  isLeftOut: (path: string) => boolean = () => false,
): string[] {
  const reached = new Set<string>();
  const visit = (file: string, namer: string): void => {
    const path = relative(root, file);
    if (reached.has(path) || isLeftOut(path)) return;
    if (!existsSync(file)) throw new Error(`${namer} names ${path}, which is not there`);
    if (statSync(file).isDirectory()) return void readdirSync(file).forEach((name) => visit(join(file, name), path));
    reached.add(path);
    for (const name of namedBy(file))
      visit(name.startsWith('/') ? join(root, name) : resolve(dirname(file), name.replace(/\?.*$/, '')), path);
  };
  for (const start of starts) visit(join(root, start), 'the test');
  return [...reached];
}
