/**
 * The bill of materials of a release, in CycloneDX: what is installed with the package, by npm, and what is in its `dist/vendor/`.
 * It does not know what a release is.
 */

import { installedPlaces } from '../../../tools/installed-places.mjs';

/** @typedef {import('../../../tools/installed-places.mjs').LockEntry} Entry */

/**
 * A manifest and its lock file without the packages for development. `npm sbom --omit dev` would also leave out packages that
 * both need: findings/npm-sbom-omits-shared.sh.
 * @param {Entry} manifest
 * @param {{ packages: Record<string, Entry> }} lock
 */
export function asInstalled(manifest, lock) {
  const places = installedPlaces(Object.keys(manifest.dependencies ?? {}), lock.packages);
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
