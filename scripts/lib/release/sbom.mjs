/**
 * The bill of materials of a release, in CycloneDX: what is installed with the package, by npm, and what is in its `dist/vendor/`.
 * It does not know what a release is.
 */

/** @typedef {{ dependencies?: Record<string, string>, [key: string]: unknown }} Entry */

/**
 * The packages that an installation brings, as places in a lock file: what is named, and what that rests on.
 * @param {Readonly<Record<string, string>>} dependencies
 * @param {Readonly<Record<string, Entry>>} packages of the lock file
 * @returns {string[]}
 */
export function installedPlaces(dependencies, packages) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {Readonly<Record<string, string>>} names @param {string} from */
  const add = (names, from) => {
    for (const name of Object.keys(names)) {
      // In the folder of whoever needs it, or in one further out.
      let folder = from;
      while (!(`${folder}node_modules/${name}` in packages) && folder !== '') {
        folder = folder.slice(0, folder.lastIndexOf('node_modules/'));
      }
      const place = `${folder}node_modules/${name}`;
      if (!(place in packages) || found.has(place)) continue;
      found.add(place);
      add(packages[place]?.dependencies ?? {}, `${place}/`);
    }
  };
  add(dependencies, '');
  return [...found].sort();
}

/**
 * A manifest and its lock file without what is there for development. npm leaves out what others need too where it is told to omit
 * that.
 * @param {Entry} manifest
 * @param {{ packages: Record<string, Entry> }} lock
 */
export function asInstalled(manifest, lock) {
  const places = installedPlaces(manifest.dependencies ?? {}, lock.packages);
  const packages = Object.fromEntries(places.map((place) => [place, lock.packages[place]]));
  const { name, version, dependencies } = manifest;
  return {
    manifest: withoutOthers(manifest),
    lock: { ...lock, packages: { '': { name, version, dependencies }, ...packages } },
  };
}

/** @param {Entry} manifest */
const withoutOthers = (manifest) =>
  Object.fromEntries(Object.entries(manifest).filter(([name]) => !/^(dev|peer)Dependencies/.test(name)));

/**
 * @param {{ components?: object[] }} installed what `npm sbom --sbom-format cyclonedx` printed, parsed
 * @param {readonly { name: string, version: string, license: string }[]} vendored
 */
export function withVendored(installed, vendored) {
  const components = vendored.map(({ name, version, license }) => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return {
      'bom-ref': `vendored:${name}@${version}`,
      type: 'library',
      name,
      version,
      scope: 'required',
      purl,
      licenses: [{ license: { id: license } }],
      // Its code is in the package and is not installed.
      properties: [{ name: 'cdx:npm:package:bundled', value: 'true' }],
    };
  });
  return { ...installed, components: [...(installed.components ?? []), ...components] };
}
