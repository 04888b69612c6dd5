/**
 * Gives the private members of classes short names in the files for pages without a bundler. What is `private` in TypeScript is used
 * in its class alone, so nobody outside can tell; the compiler says where.
 */
import path from 'node:path';
import ts from 'typescript';
import { root } from './run-tool.mjs';

/** @typedef {ts.ClassDeclaration | ts.ClassExpression} Class */

/** Members with decorators are reactive: Lit knows them by their names. */
const isShortened = (/** @type {ts.Declaration} */ node) =>
  ts.isClassLike(node.parent) &&
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0 &&
  !(ts.canHaveDecorators(node) && ts.getDecorators(node)?.length) &&
  !ts.isConstructorDeclaration(node);

class Privates {
  /** @param {ts.Program} program */
  constructor(program) {
    this.program = program;
    this.checker = program.getTypeChecker();
    /** The short names of each class, by those in the source. @type {Map<Class, Map<string, string>>} */
    this.names = new Map();
  }

  /** The code of a file with short names; undefined where it is another one than the program has. @param {string} code @param {string} id */
  shorten(code, id) {
    const file = this.program.getSourceFile(id);
    if (file?.text !== code) return undefined;
    /** @type {{ at: number, end: number, text: string }[]} */
    const edits = [];
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (ts.isIdentifier(node)) {
        const name = this.shortOf(this.memberAt(node));
        const isShorthand = ts.isBindingElement(node.parent) && !node.parent.propertyName;
        if (name !== undefined)
          edits.push({ at: node.getStart(file), end: node.end, text: isShorthand ? `${name}: ${node.text}` : name });
      }
      // Types are taken out in any case.
      if (!ts.isTypeNode(node)) ts.forEachChild(node, visit);
    };
    visit(file);
    let shortened = '';
    let end = 0;
    for (const edit of edits) {
      shortened += code.slice(end, edit.at) + edit.text;
      end = edit.end;
    }
    return shortened + code.slice(end);
  }

  /** The member that an identifier names. @param {ts.Identifier} node @returns {ts.Symbol | undefined} */
  memberAt(node) {
    const { parent } = node;
    if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node)
      return ts.isObjectBindingPattern(parent.parent)
        ? this.checker.getTypeAtLocation(parent.parent).getProperty(node.text)
        : undefined;
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      (ts.isClassElement(parent) && parent.name === node);
    return isMember ? this.checker.getSymbolAtLocation(node) : undefined;
  }

  /** @param {ts.Symbol | undefined} member @returns {string | undefined} */
  shortOf(member) {
    const declaration = member?.declarations?.find(isShortened);
    return declaration && this.namesOf(/** @type {Class} */ (declaration.parent)).get(member?.name ?? '');
  }

  /** No name is one of a base class. @param {Class} node @returns {Map<string, string>} */
  namesOf(node) {
    let names = this.names.get(node);
    if (!names) {
      names = new Map();
      this.names.set(node, names);
      const first = this.countAbove(node);
      for (const member of node.members) {
        const name = member.name?.getText() ?? '';
        if (isShortened(member) && !names.has(name)) names.set(name, `$${(first + names.size).toString(36)}`);
      }
    }
    return names;
  }

  /** How many members have short names in the classes that a class extends. @param {Class} node @returns {number} */
  countAbove(node) {
    const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const declared = base && this.checker.getTypeAtLocation(base).symbol?.declarations?.find(ts.isClassLike);
    return declared ? this.namesOf(declared).size + this.countAbove(declared) : 0;
  }
}

/** @type {Privates | undefined} */
let known;

function privates() {
  if (!known) {
    const { config } = ts.readConfigFile(path.join(root, 'tsconfig.build.json'), ts.sys.readFile);
    const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    known = new Privates(ts.createProgram(fileNames, { ...options, noEmit: true }));
  }
  return known;
}

/** @type {import('vite').Plugin} */
export const shortPrivates = {
  name: 'short-privates',
  enforce: 'pre',
  transform(code, id) {
    const file = id.replace(/\?.*$/, '');
    if (!file.startsWith(path.join(root, 'src')) || !file.endsWith('.ts')) return undefined;
    const shortened = privates().shorten(code, file);
    return shortened === undefined ? undefined : { code: shortened, map: null };
  },
};
