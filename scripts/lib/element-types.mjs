/**
 * A plugin of the manifest analyzer that writes the types that all frameworks share: of each tag its class, the attributes
 * and properties that a page may set, and the events. `types/react.d.ts` and its neighbours build on them.
 */
import { writeFileSync } from 'node:fs';

/** @param {string} name */
const property = (name) => (/^[a-z]\w*$/i.test(name) ? name : `'${name}'`);

/** @param {[string, string][]} rows @param {string} indent */
const object = (rows, indent) =>
  rows.length === 0
    ? 'object'
    : `{\n${rows.map(([name, type]) => `${indent}  readonly ${property(name)}: ${type};\n`).join('')}${indent}}`;

/**
 * @param {any} manifest
 * @returns {string} a declaration file, to be put into a folder beside dist
 */
export function elementTypes(manifest) {
  const declarations = manifest.modules.flatMap((/** @type {any} */ module) =>
    (module.declarations ?? []).map((/** @type {any} */ declaration) => ({ ...declaration, path: module.path })),
  );
  /** @type {Map<string, string>} */
  const imports = new Map();
  /** @param {string} name @returns {string} */
  const imported = (name) => {
    const found = declarations.find((/** @type {any} */ declaration) => declaration.name === name);
    if (found) imports.set(name, `../${found.path}`);
    return name;
  };

  const tags = declarations
    .filter((/** @type {any} */ { tagName }) => tagName)
    .map((/** @type {any} */ { name, tagName, members = [], attributes = [], events = [] }) => {
      const fields = members.filter((/** @type {any} */ member) => member.kind === 'field' && !member.static);
      const settable = fields.filter((/** @type {any} */ field) => !field.readonly);
      const isSettable = (/** @type {any} */ { fieldName }) =>
        settable.some((/** @type {any} */ f) => f.name === fieldName);
      const own = imported(name);
      const rows = [
        ['element', own],
        [
          'attributes',
          object(
            attributes
              .filter(isSettable)
              .map((/** @type {any} */ attribute) => [attribute.name, `${own}['${attribute.fieldName}']`]),
            '    ',
          ),
        ],
        [
          'properties',
          object(
            settable.map((/** @type {any} */ field) => [field.name, `${own}['${field.name}']`]),
            '    ',
          ),
        ],
        [
          'events',
          object(
            events.map((/** @type {any} */ event) => [event.name, imported(event.type?.text ?? 'Event')]),
            '    ',
          ),
        ],
      ];
      return `  readonly '${tagName}': ${object(/** @type {[string, string][]} */ (rows), '  ')};\n`;
    })
    .join('');

  const lines = [...imports].sort().map(([name, file]) => `import type { ${name} } from '${file}';\n`);
  return `// Made by “npm run build” from custom-elements.json.
${lines.join('')}
/** Of each tag: its class, what a page may set, and the events. */
export interface MagtekElements {
${tags}}
`;
}

/** @param {{ file: string }} options where the types go */
export function elementTypesPlugin({ file }) {
  return {
    name: 'element-types',
    /** @param {{ customElementsManifest: any }} context */
    packageLinkPhase({ customElementsManifest }) {
      writeFileSync(file, elementTypes(customElementsManifest));
    },
  };
}
