// The rules of the layers, made from scripts/lib/layers.mjs, and that nothing imports in a circle. Type-only imports count too.
import { entries, layers, packagesOf, reach, reserved } from './scripts/lib/layers.mjs';

const below = (/** @type {string} */ path) => `^src/(${path})`;
const slug = (/** @type {string} */ path) => path.replace(/\W+/g, '-').replace(/^-|-$/g, '');
const folders = (/** @type {Iterable<string>} */ names) => [...names].map((name) => `^src/${name}/`);
/** Modules that import nothing and say what the package is. */
const everywhere = '^src/version\\.ts$';

const arrows = layers.flatMap(({ name, exceptions = [] }) => {
  const allowed = [...folders(reach([name])), everywhere];
  return [
    {
      name: `${name}-rests-on-its-layers`,
      severity: 'error',
      comment: `src/${name} may import ${[...reach([name])].join(', ')}: see scripts/lib/layers.mjs`,
      from: { path: `^src/${name}/` },
      to: { path: '^src/', pathNot: [...allowed, ...exceptions.map(({ to }) => below(to))] },
    },
    // What an exception allows, it allows to its own modules only; the more exact exception decides.
    ...exceptions.map(({ to }) => ({
      name: `${name}-to-${slug(to)}`,
      severity: 'error',
      from: {
        path: `^src/${name}/`,
        pathNot: exceptions.filter((other) => to.startsWith(other.to)).map((other) => below(other.from)),
      },
      to: {
        path: below(to),
        pathNot: exceptions
          .filter((other) => other.to !== to && other.to.startsWith(to))
          .map((other) => below(other.to)),
      },
    })),
    ...exceptions
      .filter(({ dynamic }) => dynamic)
      .map(({ from, to }) => ({
        name: `${name}-loads-on-demand-${slug(to)}`,
        severity: 'error',
        from: { path: below(from) },
        to: { path: below(to), dynamic: false },
      })),
  ];
});

const npm = (/** @type {readonly string[]} */ names) =>
  names.filter((name) => name !== 'node:').map((name) => `(^|/)node_modules/(@types/)?${name.replace('.', '\\.')}/`);

const packages = layers.flatMap(({ name, packages: allowed = [] }) => {
  const special = packagesOf.filter(({ from }) => from.startsWith(`${name}/`));
  return [
    { from: `^src/${name}/`, pathNot: special.map(({ from }) => below(from)), allowed, name },
    ...special.map(({ from, packages: more }) => ({
      from: below(from),
      pathNot: [],
      allowed: [...allowed, ...more],
      name: slug(from),
    })),
  ].flatMap(({ from, pathNot, allowed: own, name: rule }) => [
    {
      name: `${rule}-packages`,
      severity: 'error',
      comment: `may import ${own.join(', ') || 'no package'}`,
      from: { path: from, pathNot },
      to: { path: 'node_modules', pathNot: npm(own) },
    },
    ...(own.includes('node:')
      ? []
      : [
          {
            name: `${rule}-runs-without-node`,
            severity: 'error',
            from: { path: from, pathNot },
            to: { dependencyTypes: ['core'] },
          },
        ]),
  ]);
});

export default {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'every-import-resolves', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    ...arrows,
    ...entries.map(({ from, joins }) => ({
      name: `entry-${slug(from)}`,
      severity: 'error',
      from: { path: `^src/${from}$` },
      to: { path: '^src/', pathNot: [...folders(reach(joins)), '^src/[\\w-]+\\.ts$'] },
    })),
    {
      name: 'layers-do-not-import-entries',
      severity: 'error',
      from: { path: '^src/.+/', pathNot: '^src/cli/' },
      to: { path: '^src/[\\w-]+\\.ts$', pathNot: everywhere },
    },
    ...reserved.flatMap(({ at, for: users, loadedBy }) => [
      {
        name: `reserved-${slug(at)}`,
        severity: 'error',
        from: { path: '^src/', pathNot: below(loadedBy === undefined ? users : `${users}|${loadedBy}`) },
        to: { path: below(at) },
      },
      ...(loadedBy === undefined
        ? []
        : [
            {
              name: `loaded-on-demand-${slug(at)}`,
              severity: 'error',
              from: { path: below(loadedBy), pathNot: below(users) },
              // A type loads nothing.
              to: { path: below(at), dynamic: false, dependencyTypesNot: ['type-only', 'type-import'] },
            },
          ]),
    ]),
    ...packages,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
