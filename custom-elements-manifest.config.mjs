// The manifest of the elements, custom-elements.json: what editors, frameworks and documentation know about them, and what
// is made of it: data for editors and types for frameworks.
import { readFileSync } from 'node:fs';
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { elementTypesPlugin } from './scripts/lib/element-types.mjs';

/** Classes that come with the platform; the analyzer looks for them in the module that extends them. */
const platformClasses = ['CustomEvent', 'Event', 'HTMLElement'];

/** What the classes of events share, which is not exported: they are shown with what they inherit from it. */
const eventBases = ['DetailEvent', 'AnsweredEvent'];

/** Members that are no part of the public interface; the analyzer does not know this newest of the browser's callbacks. */
const isHidden = ({ name, privacy = 'public' }) =>
  privacy !== 'public' || /^[_#]/.test(name) || name === 'connectedMoveCallback';

/** Where a source module ends up in the package. */
const published = (path) => path.replace(/^\/?src\/(.*)\.[jt]s$/, 'dist/$1.js');

/** Rewrites every path of a source module, wherever in the manifest it stands, to the published module. */
function rewritePaths(value) {
  if (value === null || typeof value !== 'object') return;
  for (const [key, content] of Object.entries(value)) {
    if ((key === 'path' || key === 'module') && typeof content === 'string') value[key] = published(content);
    else rewritePaths(content);
  }
}

/** Keeps of a class what its users see. */
function keepPublic(declaration) {
  const hidden = new Set(declaration.members?.filter(isHidden).map(({ name }) => name));
  declaration.members &&= declaration.members.filter(({ name }) => !hidden.has(name));
  declaration.attributes &&= declaration.attributes.filter(({ fieldName }) => !hidden.has(fieldName));
  // What is dispatched is listed without its name, or under that of a constant; the JSDoc gives the real names.
  declaration.events &&= declaration.events.filter(({ name }) => name?.startsWith('magtek-'));
  if (eventBases.includes(declaration.superclass?.name)) declaration.superclass.name = 'CustomEvent';
  if (platformClasses.includes(declaration.superclass?.name)) {
    declaration.superclass = { name: declaration.superclass.name, package: 'global:' };
  }
}

/** Whether a module has an element, registers one or has an event; the others serve these. */
const isPublic = ({ declarations = [], exports = [] }) =>
  declarations.some(
    ({ customElement, name, superclass }) =>
      customElement || (eventBases.includes(superclass?.name) && !eventBases.includes(name)),
  ) || exports.some(({ kind }) => kind === 'custom-element-definition');

/** The tokens that every element with the shared look reads, documented and given their defaults where that look is. */
function sharedTokens() {
  const styles = readFileSync(new URL('src/elements/shared/base-styles.ts', import.meta.url), 'utf8');
  return [...styles.matchAll(/@cssprop (--[\w-]+) - (.*)/g)].map(([, name, description]) => {
    const [, value] = new RegExp(`var\\(${name}, ((?:[^()]|\\([^()]*\\))*)\\)`).exec(styles) ?? [];
    return { description, name, default: value };
  });
}

/** Gives them to a class whose styles begin with the shared ones, before its own. */
const addSharedTokens = {
  name: 'shared-tokens',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isClassDeclaration(node)) return;
    const styles = node.members.find(({ name }) => name?.getText() === 'styles');
    const declaration = moduleDoc.declarations?.find(({ name }) => name === node.name?.getText());
    if (!declaration || !styles?.initializer?.getText().includes('baseStyles')) return;
    declaration.cssProperties = [...sharedTokens(), ...(declaration.cssProperties ?? [])];
  },
};

/** Gives the reader element the events of its client: every class of their module is one, and its comment says when it happens. */
const readerEvents = {
  name: 'reader-events',
  packageLinkPhase({ customElementsManifest: { modules } }) {
    const declarationsOf = (path) => modules.find((module) => module.path === path)?.declarations ?? [];
    const reader = declarationsOf('src/elements/reader/reader.ts').find(({ tagName }) => tagName === 'magtek-reader');
    const events = declarationsOf('src/events/reader-events.ts').map(({ name, description, members }) => {
      const type = members.find((member) => member.name === 'type');
      return { type: { text: name }, description, name: type.default.slice(1, -1) };
    });
    reader.events = [...events, ...reader.events];
  },
};

const publicInterface = {
  name: 'public-interface',
  packageLinkPhase({ customElementsManifest: manifest }) {
    manifest.modules = manifest.modules.filter(isPublic).sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { declarations = [] } of manifest.modules) declarations.forEach(keepPublic);
    rewritePaths(manifest.modules);
  },
};

export default {
  globs: ['src/elements/**/*.ts', 'src/events/*.ts'],
  exclude: ['src/**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  // In this order: the others read what the first one leaves.
  plugins: [
    addSharedTokens,
    readerEvents,
    publicInterface,
    customElementVsCodePlugin({ outdir: 'editors' }),
    customElementJetBrainsPlugin({ outdir: 'editors', packageJson: false }),
    elementTypesPlugin({ file: 'types/elements.d.ts' }),
  ],
};
