/**
 * What a module imports and which globals it names, read from its syntax with the TypeScript compiler.
 * It does not know which of that is allowed.
 */
import ts from 'typescript';

/** A module; paths are relative to `src` and use slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** One module named by another, by any syntax that does so; type-only ones are `static`. */
export interface ImportFact {
  /** As written; undefined where it is not a literal and cannot be known. */
  readonly specifier: string | undefined;
  readonly kind: 'static' | 'dynamic';
  /** The names taken, as the other module calls them; empty for all of it. */
  readonly names: readonly string[];
  readonly line: number;
}

/** A global named in a module: by itself, or as a property of the global object. */
export interface GlobalFact {
  readonly name: string;
  /** Whether that expression is evaluated when the module is imported. */
  readonly onImport: boolean;
  /** The member taken from it, as `define` in `customElements.define(…)`. */
  readonly member: string | undefined;
  readonly line: number;
}

export interface SourceFacts {
  readonly path: string;
  readonly imports: readonly ImportFact[];
  readonly globals: readonly GlobalFact[];
}

/** Names of the global object itself. */
const globalObjects = new Set(['globalThis', 'window', 'self', 'global']);

/** Reads the facts of modules. What a name means is resolved inside each module, so that a parameter is never taken for a global. */
export function readFacts(sources: readonly SourceText[]): SourceFacts[] {
  const files = new Map(
    sources.map(({ path, text }) => [`/${path}`, ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ES2022, true)]),
  );
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options: {
      noLib: true,
      noResolve: true,
      experimentalDecorators: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      // Also a module without imports and exports has names of its own.
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
    host: {
      getSourceFile: (path) => files.get(path),
      fileExists: (path) => files.has(path),
      readFile: (path) => files.get(path)?.text,
      getDefaultLibFileName: () => '',
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      writeFile: () => undefined,
    },
  });
  const checker = program.getTypeChecker();
  return [...files].map(([path, file]) => ({
    path: path.slice(1),
    imports: readImports(file),
    globals: readGlobals(file, checker),
  }));
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

const lineOf = (node: ts.Node): number => node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;

const literal = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;

function readImports(file: ts.SourceFile): ImportFact[] {
  const found: ImportFact[] = file.referencedFiles.map(({ fileName }) => ({
    specifier: fileName,
    kind: 'static',
    names: [],
    line: 1,
  }));
  const add = (
    node: ts.Node,
    specifier: string | undefined,
    kind: ImportFact['kind'] = 'static',
    names: string[] = [],
  ): void => {
    found.push({ specifier, kind, names, line: lineOf(node) });
  };
  for (const node of nodesOf(file)) {
    if (ts.isImportDeclaration(node)) add(node, literal(node.moduleSpecifier), 'static', namesOf(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node, literal(node.moduleSpecifier));
    else if (ts.isExternalModuleReference(node)) add(node, literal(node.expression));
    else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined);
    } else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) add(node, node.name.text);
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, literal(node.arguments[0]), 'dynamic');
      if (ts.isIdentifier(node.expression) && node.expression.text === 'require') add(node, literal(node.arguments[0]));
    }
  }
  return found;
}

function namesOf({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings)
    ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
    : [];
}

function readGlobals(file: ts.SourceFile, checker: ts.TypeChecker): GlobalFact[] {
  const found: GlobalFact[] = [];
  const add = (node: ts.Node, name: string): void => {
    found.push({ name, onImport: isEvaluatedOnImport(node), member: memberOf(node), line: lineOf(node) });
  };
  const isGlobalObject = (node: ts.Node | undefined): boolean => {
    const inner = node && bare(node);
    return inner !== undefined && ts.isIdentifier(inner) && globalObjects.has(inner.text) && isFree(inner, checker);
  };
  for (const node of nodesOf(file)) {
    if (ts.isIdentifier(node)) {
      if (isFree(node, checker)) add(node, node.text);
    } else if (ts.isPropertyAccessExpression(node)) {
      if (isGlobalObject(node.expression)) add(node, node.name.text);
    } else if (ts.isElementAccessExpression(node)) {
      const name = literal(node.argumentExpression);
      if (name !== undefined && isGlobalObject(node.expression)) add(node, name);
    } else if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
      if (!isGlobalObject(node.initializer)) continue;
      for (const { name, propertyName } of node.name.elements) add(node, (propertyName ?? name).getText());
    }
  }
  return found;
}

/** An expression without the parentheses and type assertions around it. */
function bare(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
    ? bare(node.expression)
    : node;
}

/** The outermost of the parentheses and type assertions around an expression. */
function wrapped(node: ts.Node): ts.Node {
  return bare(node.parent) === bare(node) ? wrapped(node.parent) : node;
}

/** Whether an identifier means something that its module does not declare; names of properties mean nothing by themselves. */
function isFree(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isQualifiedName(parent) && parent.right === node) return false;
  if ((ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) && parent.propertyName === node) return false;
  if (ts.isExportSpecifier(parent)) {
    const isLocal = !parent.parent.parent.moduleSpecifier && (parent.propertyName ?? parent.name) === node;
    return isLocal && !isDeclared(checker.getExportSpecifierLocalTargetSymbol(parent));
  }
  if (ts.isShorthandPropertyAssignment(parent)) return !isDeclared(checker.getShorthandAssignmentValueSymbol(parent));
  return !isDeclared(checker.getSymbolAtLocation(node));
}

const isDeclared = (symbol: ts.Symbol | undefined): boolean => (symbol?.declarations?.length ?? 0) > 0;

function memberOf(node: ts.Node): string | undefined {
  const outer = wrapped(node);
  const access = outer.parent;
  if (ts.isPropertyAccessExpression(access) && access.expression === outer) return access.name.text;
  if (ts.isElementAccessExpression(access) && access.expression === outer) return literal(access.argumentExpression);
  return undefined;
}

/** Whether a node is evaluated with its module: outside functions, or in one that is called where it stands. */
function isEvaluatedOnImport(node: ts.Node): boolean {
  if (ts.isSourceFile(node)) return true;
  if (isTypeOnly(node)) return false;
  const { parent } = node;
  // Decorators and computed names belong to the class around the member, not to the member.
  const isOutside = ts.isDecorator(node) || ts.isComputedPropertyName(node);
  if (!isOutside) {
    if (ts.isFunctionLike(parent) && !isCalledInPlace(parent)) return false;
    const isStatic =
      ts.canHaveModifiers(parent) && parent.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    if (ts.isPropertyDeclaration(parent) && !isStatic) return false;
  }
  return isEvaluatedOnImport(parent);
}

/** Whether a node is erased before anything runs. What a class extends is a type to the parser, and evaluated all the same. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isHeritageClause(node)) return node.token === ts.SyntaxKind.ImplementsKeyword;
  return (
    (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isModuleDeclaration(node)
  );
}

function isCalledInPlace(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  const outer = wrapped(node);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
}
