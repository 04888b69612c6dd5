/**
 * The texts that a release writes into the files of this project: version, date, and the hash of the CDN file.
 * It does not know where the files are.
 */

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

/** @param {string} version @returns {number[]} */
const numbers = (version) => (VERSION.exec(version) ?? []).slice(1).map(Number);

/**
 * Why a version cannot be the next one; undefined where it can.
 * @param {string} version @param {string} current @param {boolean} wasReleased whether there was a release before
 */
export function versionProblem(version, current, wasReleased) {
  if (!VERSION.test(version)) return 'Name the version as three numbers: npm run release -- 0.2.0 --dry-run';
  const [next, now] = [numbers(version), numbers(current)];
  const differs = next.findIndex((number, at) => number !== now[at]);
  if (differs < 0) return wasReleased ? `${version} is the version that there is already.` : undefined;
  return (next[differs] ?? 0) > (now[differs] ?? 0) ? undefined : `${version} is older than ${current}.`;
}

/**
 * What a changelog says of releases.
 * @param {string} changelog
 * @returns {{ last: string | undefined, waiting: string }} the last version, and the text that waits for the next one
 */
export function released(changelog) {
  return {
    last: /^## \[(\d[^\]]*)\]/m.exec(changelog)?.[1],
    waiting: /^## \[Unreleased\]\n(.*?)(?=^## |$(?![^]))/ms.exec(changelog)?.[1]?.trim() ?? '',
  };
}

/**
 * Changes of files for a version, by file.
 * @param {string} version @param {string} date ISO 8601
 * @returns {[string, (text: string) => string][]}
 */
export function withVersion(version, date) {
  return [
    ['package.json', (text) => replaced(text, /("version": )"[^"]+"/, `$1"${version}"`)],
    [
      'package-lock.json',
      (text) => {
        const lock = JSON.parse(text);
        lock.version = version;
        lock.packages[''].version = version;
        return `${JSON.stringify(lock, undefined, 2)}\n`;
      },
    ],
    ['src/version.ts', (text) => replaced(text, /(VERSION = )'[^']+'/, `$1'${version}'`)],
    [
      'CHANGELOG.md',
      (text) => replaced(text, /^## \[Unreleased\]\n/m, `## [Unreleased]\n\n## [${version}] - ${date}\n`),
    ],
  ];
}

/**
 * A README whose pages take the CDN files of a version and no others.
 * @param {string} readme @param {string} version
 * @param {Readonly<Record<string, string>>} hashes by file
 */
export function withRelease(readme, version, hashes) {
  const versioned = replaced(readme, /(\/magtek-elements)@[^/"]+(\/cdn\/)/g, `$1@${version}$2`);
  const withScripts = replaced(
    versioned,
    /(<script\s+type="module"\s+src="[^"]*\/cdn\/([\w.-]+)")[^>]*>/g,
    (_, before, file) => `${before} integrity="${hashOf(hashes, file)}" crossorigin>`,
  );
  return withScripts.replace(
    /(\/cdn\/([\w.-]+)": )"[^"]*"/g,
    (_, before, file) => `${before}"${hashOf(hashes, file)}"`,
  );
}

/** @param {Readonly<Record<string, string>>} hashes @param {string} file */
function hashOf(hashes, file) {
  const hash = hashes[file];
  if (hash === undefined) throw new Error(`there is no hash of ${file}`);
  return hash;
}

/** @param {string} text @param {RegExp} pattern @param {string | ((...parts: string[]) => string)} replacement */
function replaced(text, pattern, replacement) {
  if (text.search(pattern) < 0) throw new Error(`there is nothing like ${pattern} to write into`);
  return typeof replacement === 'string' ? text.replace(pattern, replacement) : text.replace(pattern, replacement);
}
