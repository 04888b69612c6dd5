/** The packages that an installation brings, from a lock file of npm. It does not know what they are for. */

/** @typedef {{ dependencies?: Record<string, string>, [key: string]: unknown }} LockEntry */

/**
 * Places in a lock file of packages that are named, and of what those rest on.
 * @param {readonly string[]} names
 * @param {Readonly<Record<string, LockEntry>>} packages of the lock file
 * @param {(name: string) => boolean} [isWanted] what is left out with all that it rests on
 * @returns {string[]}
 */
export function installedPlaces(names, packages, isWanted = () => true) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {readonly string[]} needed @param {string} from */
  const add = (needed, from) => {
    for (const name of needed.filter(isWanted)) {
      // In the folder of whoever needs it, or in one further out.
      let folder = from;
      while (!(`${folder}node_modules/${name}` in packages) && folder !== '') {
        folder = folder.slice(0, folder.lastIndexOf('node_modules/'));
      }
      const place = `${folder}node_modules/${name}`;
      if (!(place in packages) || found.has(place)) continue;
      found.add(place);
      add(Object.keys(packages[place]?.dependencies ?? {}), `${place}/`);
    }
  };
  add(names, '');
  return [...found].sort();
}
