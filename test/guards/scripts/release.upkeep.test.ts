/**
 * Releases of a copy of this project: a dry run does everything and changes nothing, what stands against a release stops it, and
 * a release publishes what it checked, here to a registry that this test plays. The tests of the copy are replaced: they are what
 * is running already.
 */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { copyProject, makeFolder, root, type Outcome } from './run-script.js';

interface Content {
  contentProblems(files: readonly string[], manifest: object): string[];
}

interface Texts {
  versionProblem(version: string, current: string, wasReleased: boolean): string | undefined;
  withRelease(readme: string, version: string, hashes: Readonly<Record<string, string>>): string;
}

const load = (file: string): Promise<unknown> => import(path.join(root, 'scripts/lib/release', file));
const { contentProblems } = (await load('content.mjs')) as Content;
const { versionProblem, withRelease } = (await load('texts.mjs')) as Texts;

/** What a build of the copy makes of the CDN files: their hashes are all that a release looks at. */
const HASH = 'sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC';

class Copy {
  readonly folder = copyProject();

  constructor(tests: string) {
    // A release builds and tests; here both only do what is looked at.
    const files = readdirSync(path.join(root, 'cdn'));
    const integrity = JSON.stringify(Object.fromEntries(files.map((file) => [file, HASH])));
    const build = `const fs = require('node:fs');
      fs.cpSync(${JSON.stringify(path.join(root, 'dist'))}, 'dist', { recursive: true });
      fs.cpSync(${JSON.stringify(path.join(root, 'cdn'))}, 'cdn', { recursive: true });
      fs.cpSync(${JSON.stringify(path.join(root, 'editors'))}, 'editors', { recursive: true });
      fs.cpSync(${JSON.stringify(path.join(root, 'types/elements.d.ts'))}, 'types/elements.d.ts');
      fs.writeFileSync('cdn/integrity.json', ${JSON.stringify(integrity)});`;
    writeFileSync(path.join(this.folder, 'scripts/build.cjs'), build);
    const manifest = JSON.parse(this.read('package.json')) as { scripts: Record<string, string> };
    Object.assign(manifest.scripts, { build: 'node scripts/build.cjs', test: tests });
    writeFileSync(path.join(this.folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
    this.git('init', '--quiet', '--initial-branch=main');
    for (const [key, value] of Object.entries({ 'user.name': 'Test', 'user.email': 'test@localhost' })) {
      this.git('config', key, value);
    }
    writeFileSync(path.join(this.folder, '.git/info/exclude'), 'node_modules\n');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'All');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8' }).trim();
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** What a release must not change where it fails, or only tries. */
  state(): string[] {
    return [this.git('rev-parse', 'HEAD'), this.git('status', '--porcelain'), this.git('tag')];
  }

  release(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    // A commit of the clone needs a name, which a clone does not take over.
    const who = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@localhost' };
    const by = { GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@localhost' };
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: { ...process.env, ...who, ...by, ...env }, maxBuffer: 2 ** 26 };
      const child = execFile(process.execPath, ['scripts/release.mjs', ...args], options, (_, stdout, stderr) => {
        resolve({ status: child.exitCode, stdout, stderr });
      });
    });
  }
}

/** A registry that takes what is published and has nothing. */
async function playRegistry(): Promise<{ env: NodeJS.ProcessEnv; published: string[] }> {
  const published: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      if (request.method === 'PUT') published.push(body);
      response.writeHead(request.method === 'PUT' ? 201 : 404, { 'content-type': 'application/json' }).end('{}');
    })();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address = `127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  const settings = path.join(makeFolder(), 'npmrc');
  writeFileSync(settings, `registry=http://${address}\n//${address}:_authToken=none\n`);
  return { env: { npm_config_userconfig: settings, npm_config_registry: `http://${address}` }, published };
}

describe('of a copy', () => {
  let copy: Copy;
  let version: string;
  beforeEach(() => {
    copy = new Copy('node -e "console.log(process.cwd() + \' is tested\')"');
    const { version: current } = JSON.parse(copy.read('package.json')) as { version: string };
    version = current.replace(/\d+$/, (patch) => String(Number(patch) + 1));
    // A whole copy takes its time where much else runs.
  }, 900_000);

  test('a dry run builds, tests, packs, and leaves nothing behind', async () => {
    const before = copy.state();
    const { status, stdout, stderr } = await copy.release([version, '--dry-run']);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain(`${version} could be released. This was a dry run`);
    expect(stdout).toMatch(/\d+ files, [\d,]+ bytes; nothing is missing/);
    for (const file of ['CHANGELOG.md', 'README.md', 'package.json', 'package-lock.json', 'src/version.ts']) {
      expect(stdout).toContain(` ${file} `);
    }
    const [, tested = ''] = /^(.*) is tested$/m.exec(stdout) ?? [];
    expect(tested).not.toBe(copy.folder);
    expect(existsSync(tested), 'the clone is removed').toBe(false);
    expect(copy.state()).toEqual(before);
  }, 900_000);

  test('a release publishes one version, with its hash in the README, and its commit and tag come here', async () => {
    const { env, published } = await playRegistry();
    const { status, stdout, stderr } = await copy.release([version], env);
    expect(status, stdout + stderr).toBe(0);

    expect(published).toHaveLength(1);
    const { versions, _attachments: attached } = JSON.parse(published[0] ?? '{}') as {
      versions: Record<string, unknown>;
      _attachments: Record<string, { data: string }>;
    };
    expect(Object.keys(versions)).toEqual([version]);
    const file = gunzipSync(Buffer.from(Object.values(attached)[0]?.data ?? '', 'base64')).toString('latin1');
    expect(file).toContain(HASH);
    const sbom = /\{\s+"\$schema": "[^"]*cyclonedx.*?\n\}\n/s.exec(file)?.[0] ?? '{}';
    const { bomFormat, components } = JSON.parse(sbom) as { bomFormat?: string; components?: { name: string }[] };
    expect(bomFormat).toBe('CycloneDX');
    const listed = components?.map(({ name }) => name);
    expect(listed).toEqual(expect.arrayContaining(['lit', '@lit/context', 'mqtt', 'mqtt-packet', 'des.js']));
    expect(listed).not.toContain('typescript');

    expect(copy.git('describe', '--exact-match')).toBe(`v${version}`);
    expect(copy.git('status', '--porcelain')).toBe('');
    expect(copy.read('README.md')).toContain(`magtek-elements@${version}/cdn/magtek-elements.js`);
    expect(copy.read('README.md')).toContain(`integrity="${HASH}"`);
    expect(copy.read('src/version.ts')).toContain(`VERSION = '${version}'`);
    expect(copy.read('CHANGELOG.md')).toMatch(
      new RegExp(`## \\[Unreleased\\]\\n\\n## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d\\n`),
    );
    const { packages } = JSON.parse(copy.read('package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    expect(packages['']?.version).toBe(version);

    const again = await copy.release([version, '--dry-run']);
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('that there is already') });
  }, 900_000);

  test('what is not committed, or has nothing to tell, is not released', async () => {
    writeFileSync(path.join(copy.folder, 'LICENSE'), 'Another one\n');
    const dirty = await copy.release([version, '--dry-run']);
    expect(dirty).toMatchObject({ status: 1, stderr: expect.stringContaining('Commit or put away') });
    copy.git('checkout', '--quiet', 'LICENSE');

    const [head = ''] = /^[^]*?## \[Unreleased\]\n/.exec(copy.read('CHANGELOG.md')) ?? [];
    writeFileSync(path.join(copy.folder, 'CHANGELOG.md'), head);
    copy.git('commit', '--quiet', '--all', '--message', 'Nothing');
    const empty = await copy.release([version, '--dry-run']);
    expect(empty).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing to release') });
  });

  test('a file that may not be published stops it', async () => {
    writeFileSync(path.join(copy.folder, 'types/secret.pem'), 'no');
    copy.git('add', '--all');
    copy.git('commit', '--quiet', '--message', 'Secret');
    const before = copy.state();
    const outcome = await copy.release([version]);
    expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining('types/secret.pem may not be there') });
    expect(copy.state()).toEqual(before);
  }, 900_000);
});

test('tests that fail stop it', async () => {
  const copy = new Copy('exit 3');
  const before = copy.state();
  const outcome = await copy.release(['99.0.0', '--dry-run']);
  expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining('“npm test” failed.') });
  expect(copy.state()).toEqual(before);
}, 900_000);

test('a version is a later one, or the first one', () => {
  expect(versionProblem('0.2.0', '0.1.9', true)).toBe(undefined);
  expect(versionProblem('0.1.10', '0.1.9', true)).toBe(undefined);
  expect(versionProblem('0.1.0', '0.1.0', false)).toBe(undefined);
  expect(versionProblem('0.1.0', '0.1.0', true)).toContain('already');
  expect(versionProblem('0.1.8', '0.1.9', true)).toContain('older');
  for (const version of ['', '1.0', 'v1.0.0', '1.0.0-beta'])
    expect(versionProblem(version, '0.1.0', true)).toContain('three numbers');
});

test('hashes that are there give way to the next', () => {
  const readme =
    '<script\n  type="module"\n  src="https://cdn/magtek-elements@0.1.0/cdn/magtek-elements.js"\n  integrity="x"\n  crossorigin\n></script>' +
    '{ "https://cdn/magtek-elements@0.1.0/cdn/magtek-core.js": "sha384-…" }';
  const hashes = { 'magtek-elements.js': HASH, 'magtek-core.js': HASH.toLowerCase() };
  const next = withRelease(readme, '0.2.0', hashes);
  expect(next).toContain(`magtek-elements@0.2.0/cdn/magtek-elements.js" integrity="${HASH}" crossorigin></script>`);
  expect(next).toContain(`magtek-elements@0.2.0/cdn/magtek-core.js": "${HASH.toLowerCase()}"`);
  expect(next).not.toContain('integrity="x"');
  expect(() => withRelease('nothing', '0.2.0', hashes)).toThrow('nothing like');
  expect(() => withRelease(readme, '0.2.0', {})).toThrow('no hash of magtek-elements.js');
});

test('what is missing in a package is named, and what may not be there', () => {
  const manifest = { exports: { '.': { default: './dist/index.js' } }, bin: { one: 'dist/cli/bin.js' } };
  const problems = contentProblems(['package.json', '.env', 'test/x.ts', 'dist/index.js'], manifest);
  expect(problems).toEqual(
    expect.arrayContaining([
      '.env may not be there',
      'test/x.ts may not be there',
      'dist/cli/bin.js is missing',
      'LICENSE is missing',
    ]),
  );
  expect(problems).not.toContain('dist/index.js is missing');
});
