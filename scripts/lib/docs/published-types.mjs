/**
 * Facts that the published types have and the manifest lacks: the fields of each event’s `detail`, and what may be written
 * where a property takes one of a few words. It looks at `dist/`, and does not know how that is shown.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../../../tools/run-tool.mjs';

/**
 * @typedef {{ name: string, optional: boolean, type: string, comment: string }} Field
 * @typedef {{ event: string, className: string, comment: string, fields: Field[] }} EventDetails
 * @typedef {{ events: EventDetails[], words: Map<string, string> }} PublishedTypes `events` in the order of their names;
 * `words` has the types of properties that take one of a few words, by `Class.property`
 */

/** @returns {PublishedTypes} */
export function readPublishedTypes() {
  const dist = path.join(root, 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(events|elements)[\\/].*\.d\.ts$/.test(file))
    .map((file) => path.join(dist, file));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const classes = files.flatMap((file) =>
    (program.getSourceFile(file)?.statements.filter(ts.isClassDeclaration) ?? []).flatMap(({ name }) => {
      const symbol = name && checker.getSymbolAtLocation(name);
      return symbol ? [symbol] : [];
    }),
  );
  return {
    events: classes.flatMap((symbol) => eventOf(checker, symbol)).sort((a, b) => (a.event < b.event ? -1 : 1)),
    words: new Map(classes.flatMap((symbol) => wordsOf(checker, symbol))),
  };
}

/** @param {ts.TypeChecker} checker @param {ts.Symbol} symbol @returns {EventDetails[]} empty for what is not an event */
function eventOf(checker, symbol) {
  const kind = checker.getTypeOfSymbol(symbol).getProperty('type');
  const event = kind && checker.getTypeOfSymbol(kind);
  const detail = checker.getDeclaredTypeOfSymbol(symbol).getProperty('detail');
  if (!event?.isStringLiteral() || !detail) return [];
  const fields = checker.getTypeOfSymbol(detail).getProperties();
  return [
    {
      event: event.value,
      className: symbol.name,
      comment: commentOf(checker, symbol),
      fields: fields.map((field) => ({
        name: field.name,
        optional: (field.flags & ts.SymbolFlags.Optional) !== 0,
        type: textOf(checker, valueOf(checker, field)),
        comment: commentOf(checker, field),
      })),
    },
  ];
}

/** @param {ts.TypeChecker} checker @param {ts.Symbol} symbol @returns {[string, string][]} */
function wordsOf(checker, symbol) {
  return checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    .flatMap((property) => {
      const type = valueOf(checker, property);
      const isWord = type.isUnion() && type.types.every((each) => each.isStringLiteral());
      return isWord ? [[`${symbol.name}.${property.name}`, textOf(checker, type)]] : [];
    });
}

/** The type of a member where it is there. @param {ts.TypeChecker} checker @param {ts.Symbol} symbol */
function valueOf(checker, symbol) {
  const type = checker.getTypeOfSymbol(symbol);
  return (symbol.flags & ts.SymbolFlags.Optional) === 0 ? type : checker.getNonNullableType(type);
}

/** A type as one would write it; the words that a name stands for instead of the name. @param {ts.TypeChecker} checker @param {ts.Type} type */
function textOf(checker, type) {
  const flags =
    ts.TypeFormatFlags.NoTruncation |
    ts.TypeFormatFlags.InTypeAlias |
    ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  return checker.typeToString(type, undefined, flags).replaceAll('Uint8Array<ArrayBufferLike>', 'Uint8Array');
}

/** @param {ts.TypeChecker} checker @param {ts.Symbol} symbol */
const commentOf = (checker, symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));
