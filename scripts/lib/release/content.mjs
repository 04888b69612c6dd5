/**
 * The files that the package may and must contain.
 * It does not know how it is packed.
 */

/** The files that may be there. */
const allowed = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|custom-elements\.json|sbom\.cdx\.json)$/,
  /^docs\/(errors\.html|architecture\.svg|(elements\/)?[\w-]+\.md|pictures\/[\w-]+\.webp)$/,
  /^dist\/[\w/.-]+\.(js|d\.ts)$/,
  /^dist\/vendor\/LICENSES\.txt$/,
  /^cdn\/magtek-[\w-]+(\.all)?\.js$/,
  /^cdn\/magtek-elements\.css$/,
  /^cdn\/integrity\.json$/,
  /^types\/[\w-]+\.d\.ts$/,
  /^editors\/[\w.-]+\.json$/,
  /^schemas\/[\w.-]+\.json$/,
];

/** The files that must be there besides those that the entries name. */
const needed = [
  'package.json',
  'README.md',
  'LICENSE',
  'custom-elements.json',
  'cdn/integrity.json',
  'docs/errors.html',
  'docs/payment.md',
  'docs/elements/transaction.md',
  'SECURITY.md',
  'types/elements.d.ts',
  'dist/vendor/LICENSES.txt',
  'sbom.cdx.json',
];

/** @param {unknown} entry @returns {string[]} the files that an entry of `exports` names */
const filesOf = (entry) =>
  typeof entry === 'string' ? [entry] : Object.values(/** @type {object} */ (entry ?? {})).flatMap(filesOf);

/**
 * What is wrong with the files of a package; empty where all is well.
 * @param {readonly string[]} files as `npm pack` lists them
 * @param {{ exports: object, bin: Record<string, string> }} manifest its package.json
 * @returns {string[]}
 */
export function contentProblems(files, manifest) {
  const there = new Set(files);
  const named = [...filesOf(manifest.exports), ...Object.values(manifest.bin)].map((file) => file.replace(/^\.\//, ''));
  return [
    ...files.filter((file) => !allowed.some((pattern) => pattern.test(file))).map((file) => `${file} may not be there`),
    ...[...new Set([...needed, ...named])].filter((file) => !there.has(file)).map((file) => `${file} is missing`),
  ];
}
