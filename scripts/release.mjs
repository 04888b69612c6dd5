/**
 * `npm run release -- 0.2.0`: a release, from a clean tree to the registry. `npm run release -- 0.2.0 --dry-run` does everything
 * but publish it, and leaves nothing behind.
 *
 * All of it happens in a clone in a temporary folder: version and date are written, the package is built, the hashes of its CDN
 * files go into the README, all tests run, and what would be published is compared with what may be. Only then it is published, and
 * the commit with its tag comes into this repository. So a release that fails changes nothing here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { contentProblems } from './lib/release/content.mjs';
import { asInstalled, withVendored } from './lib/release/sbom.mjs';
import { released, versionProblem, withRelease, withVersion } from './lib/release/texts.mjs';
import { root } from '../tools/run-tool.mjs';
import { vendoredPackages } from '../tools/vendor.mjs';

/** A reason not to release; the message is for people. */
class Refusal extends Error {}

/**
 * Runs a command to its end and gives what it printed.
 * @param {string} folder @param {string} command @param {readonly string[]} args @param {{ isShown?: boolean }} [options]
 */
function run(folder, command, args, { isShown = false } = {}) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) throw new Refusal(`“${command} ${args.join(' ')}” failed.`);
  return stdout ?? '';
}

/** @param {string} text */
const say = (text) => console.log(`\n── ${text} ──`);

/** What stands against a release, before anything is done for it. @param {string} version */
function checkBefore(version) {
  const { version: current } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  const { last, waiting } = released(changelog);
  const problem = versionProblem(version, current, last !== undefined);
  if (problem !== undefined) throw new Refusal(problem);
  if (waiting === '') throw new Refusal('CHANGELOG.md has nothing under “Unreleased”: there is nothing to release.');
  if (run(root, 'git', ['status', '--porcelain']) !== '')
    throw new Refusal('Commit or put away what is changed first.');
  if (run(root, 'git', ['tag', '--list', `v${version}`]) !== '')
    throw new Refusal(`There is a tag v${version} already.`);
}

/** A clone of this repository with its packages. */
function makeClone() {
  const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-release-'));
  run(root, 'git', ['clone', '--quiet', '--no-hardlinks', root, folder]);
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Rewrites a file of the clone. @param {string} folder @param {string} file @param {(text: string) => string} change */
async function rewrite(folder, file, change) {
  const place = path.join(folder, file);
  const text = change(readFileSync(place, 'utf8'));
  // npm writes its lock file itself.
  const isOurs = file !== 'package-lock.json';
  const options = isOurs ? await resolveConfig(path.join(root, file)) : null;
  writeFileSync(place, isOurs ? await format(text, { ...options, filepath: place }) : text);
}

/** @param {string} folder @param {string} version */
async function prepare(folder, version) {
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  for (const [file, change] of withVersion(version, date)) await rewrite(folder, file, change);
  say('build');
  run(folder, 'npm', ['run', 'build'], { isShown: true });
  const hashes = JSON.parse(readFileSync(path.join(folder, 'cdn/integrity.json'), 'utf8'));
  await rewrite(folder, 'README.md', (text) => withRelease(text, version, hashes));
  run(folder, 'git', ['commit', '--quiet', '--all', '--message', `Release ${version}`]);
  run(folder, 'git', ['tag', '--annotate', `v${version}`, '--message', `Release ${version}`]);
}

/** Writes what is installed and what is in it, for those who audit a page. @param {string} folder */
function writeSbom(folder) {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  const { manifest, lock } = asInstalled(read('package.json'), read('package-lock.json'));
  const place = mkdtempSync(path.join(tmpdir(), 'magtek-elements-sbom-'));
  writeFileSync(path.join(place, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(place, 'package-lock.json'), JSON.stringify(lock));
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only'];
  const installed = JSON.parse(run(place, 'npm', args));
  rmSync(place, { recursive: true });
  const sbom = withVendored(installed, vendoredPackages());
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
  console.log(`sbom.cdx.json lists ${sbom.components.length} packages.`);
}

/** Makes the file that is published and looks at what is in it. @param {string} folder @returns {string} its place */
function pack(folder) {
  const [{ filename, files, size }] = JSON.parse(run(folder, 'npm', ['pack', '--json', '--ignore-scripts']));
  const names = files.map((/** @type {{ path: string }} */ file) => file.path);
  const problems = contentProblems(names, JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
  if (problems.length > 0) throw new Refusal(`The package is not what it should be:\n  ${problems.join('\n  ')}`);
  console.log(
    `${names.length} files, ${size.toLocaleString('en')} bytes; nothing is missing, and nothing is there that may not.`,
  );
  return path.join(folder, filename);
}

/** @param {string} version @param {boolean} isDryRun */
async function release(version, isDryRun) {
  checkBefore(version);
  const folder = makeClone();
  try {
    await prepare(folder, version);
    say('tests');
    run(folder, 'npm', ['test'], { isShown: true });
    if (run(folder, 'git', ['status', '--porcelain', '--untracked-files=no']) !== '') {
      throw new Refusal('The tests changed files of the release.');
    }
    say('package');
    writeSbom(folder);
    const file = pack(folder);
    say('changes');
    console.log(run(folder, 'git', ['show', '--stat', '--format=%s', 'HEAD']).trim());
    if (isDryRun) {
      console.log(`\n${version} could be released. This was a dry run: nothing is published, nothing is changed here.`);
      return;
    }
    say('publish');
    // Who built it from which commit, signed: npm takes that from the workflows of GitHub and GitLab only.
    const canProve =
      process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined || process.env.SIGSTORE_ID_TOKEN !== undefined;
    if (!canProve) console.log('Without provenance: it is published from a computer and not from a workflow.');
    const provenance = canProve ? ['--provenance'] : [];
    run(folder, 'npm', ['publish', file, '--ignore-scripts', ...provenance], { isShown: true });
    run(root, 'git', ['fetch', '--quiet', folder, 'HEAD', `refs/tags/v${version}:refs/tags/v${version}`]);
    run(root, 'git', ['merge', '--quiet', '--ff-only', 'FETCH_HEAD']);
    console.log(`\n${version} is released. Push it: git push --follow-tags`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true });
  await release(positionals[0] ?? '', values['dry-run'] === true);
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
