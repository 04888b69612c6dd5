/**
 * Every code sample of the documentation works as it stands: README.md, CONTRIBUTING.md and docs/. What a fence says decides
 * how its sample is checked, and a fence that says nothing known fails.
 *
 * - `js`, `ts`: checked by TypeScript against the published types, then run: in Node where it imports something of Node, else
 *   in Chromium, in a page with a reader. Words after the language name what the sample uses of `context.mjs` without making it:
 *   `js client`. A comment `// → text` tells what is printed; a sample that prints must promise something.
 * - `html`: loaded in Chromium, where its readers connect and its sales are made. Attributes and slots must be in the manifest.
 * - `css`: parsed by Chromium; parts, states and custom properties must be in the manifest.
 * - `sh`: names commands, options and files that exist; `decode` is run.
 * - `json`: parsed. - `text`: nothing to check.
 * - anything with the word `checked-by=<test file>`: that file is there and names the page.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { root } from '../scripts/run-script.js';
import { listPages, missingLine, placeOf, samplesOf, type Sample } from './fences.js';
import { namesOf, tags } from './manifest.js';
import { modulesOf, SampleProject, type SampleModule } from './project.js';
import { checkCommandLine } from './shell.js';
import { SampleShop, type OpenedPage } from './shop.js';

/** Milliseconds for what happens in a page or a process. */
const PATIENCE = 20_000;

const samples = listPages().flatMap(samplesOf);
const checkedBy = ({ words }: Sample): string | undefined =>
  words.find((word) => word.startsWith('checked-by='))?.slice('checked-by='.length);
const own = samples.filter((sample) => checkedBy(sample) === undefined);
const inLanguage = (...languages: string[]): [string, Sample][] =>
  own.filter(({ language }) => languages.includes(language)).map((sample) => [placeOf(sample), sample]);
const modules = modulesOf(own);
const modulesFor = (isForNode: boolean): [string, SampleModule][] =>
  modules
    .filter((module) => module.isForNode === isForNode && /^[jt]s$/.test(module.sample.language))
    .map((module) => [placeOf(module.sample), module]);

let project: SampleProject;
let shop: SampleShop;

beforeAll(async () => {
  project = new SampleProject(modules);
  shop = await SampleShop.open();
  shop.serveFolder(await project.buildForPages(shop.replaceAddresses));
}, 120_000);

afterAll(async () => {
  await shop.close();
  project.remove();
});

test('no sample is left out', () => {
  const known = ['js', 'ts', 'html', 'css', 'sh', 'json', 'text'];
  expect(own.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([]);
  expect(samples.length).toBeGreaterThan(20);
});

test.each(
  samples.filter((sample) => checkedBy(sample) !== undefined).map((sample) => [placeOf(sample), sample] as const),
)('%s is checked by the test that it names', (_, sample) => {
  const file = path.join(root, checkedBy(sample) ?? '');
  expect(existsSync(file), file).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(sample.page);
});

test('what samples say has the types that are published', () => {
  expect(project.checkTypes()).toEqual([]);
}, 120_000);

test('a sample that prints says what', () => {
  const silent = modules.filter(({ sample }) => sample.text.includes('console.log(') && sample.prints.length === 0);
  expect(silent.map(({ sample }) => placeOf(sample))).toEqual([]);
});

const READER_PAGE = `<magtek-reader url="wss://reader.example">
  <magtek-status></magtek-status>
  <magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>
</magtek-reader>`;

/** Opens a page around a body; with every element, unless it brings them itself. */
async function open(body: string): Promise<OpenedPage> {
  const isWhole = /<html|<!doctype/i.test(body);
  const hasElements = /<script[^>]+src="https:/.test(body) || isWhole;
  const elements = hasElements ? '' : '<script type="module" src="/all.js"></script>';
  const text = isWhole
    ? body
    : `<!doctype html><html lang="en"><head><title>Sample</title>${elements}</head><body>${body}</body></html>`;
  // What the sample before has left on the reader's screen, and its card in the slot, is gone first.
  shop.served.reader.remove();
  await expect.poll(() => shop.served.reader.face.state, { timeout: PATIENCE }).toBe('idle');
  const opened = await shop.openPage(shop.replaceAddresses(text));
  onTestFinished(() => opened.page.browserContext().close());
  return opened;
}

/** Waits for what a sample has promised to print. */
async function expectPrinted({ printed, problems }: OpenedPage, prints: readonly string[]): Promise<void> {
  await expect
    .poll(() => missingLine(prints, printed), { timeout: PATIENCE, message: printed.join('\n') })
    .toBe(undefined);
  expect(problems).toEqual([]);
}

describe('in a page', () => {
  test.each(modulesFor(false))('%s runs', async (_, { name, sample }) => {
    const opened = await open(READER_PAGE);
    const { page } = opened;
    await page.waitForFunction(() => customElements.get('magtek-reader') !== undefined);
    // As text: the runner of the tests would rewrite an import in a function.
    await page.evaluate(`import('/${name}.js').then(() => undefined)`);
    // Where the sample waits for something to happen, a sale does.
    if (missingLine(sample.prints, opened.printed) !== undefined) {
      await page.evaluate(async () => {
        await document.querySelector('magtek-reader')?.connect();
        await document.querySelector('magtek-transaction')?.start();
      });
    }
    await expectPrinted(opened, sample.prints);
  });
});

describe('in Node', () => {
  test.each(modulesFor(true))('%s runs', async (_, module) => {
    const { text, prints } = module.sample;
    const { page } = await open(READER_PAGE);
    const env = { ...process.env, APP_URL: page.url(), CHROME_PATH: page.browser().process()?.spawnfile };
    const { stdout } = await promisify(execFile)(process.execPath, [project.fileForNode(module)], {
      cwd: project.folder,
      env,
      timeout: PATIENCE,
    });
    expect(missingLine(prints, stdout.split('\n')), stdout).toBe(undefined);
    const tests = text.match(/^test\(/gm)?.length ?? 0;
    if (tests > 0) expect(stdout).toMatch(new RegExp(`pass ${String(tests)}\\n[^]*fail 0\\n`));
    else expect(prints, 'a program that shows nothing').not.toEqual([]);
  });
});

describe('markup', () => {
  test.each(inLanguage('html'))('%s names what there is', async (_, { text }) => {
    const { page } = await open('<p>Empty</p>');
    const used = await page.evaluate((html) => {
      const { body, head } = new DOMParser().parseFromString(html, 'text/html');
      return [...head.querySelectorAll('*'), ...body.querySelectorAll('*')].map((element) => ({
        tag: element.localName,
        attributes: element.getAttributeNames(),
        slot: element.getAttribute('slot'),
        around: element.parentElement?.localName ?? '',
      }));
    }, text);
    const global = /^(id|class|slot|lang|dir|hidden|role|title|tabindex|aria-.*|data-.*)$/;
    for (const { tag, attributes, slot, around } of used) {
      const known = tags.find(({ tagName }) => tagName === tag);
      if (tag.startsWith('magtek-')) expect(known?.tagName).toBe(tag);
      if (known) {
        const allowed = namesOf(known.attributes);
        expect(
          attributes.filter((name) => !global.test(name) && !allowed.includes(name)),
          tag,
        ).toEqual([]);
      }
      const owner = tags.find(({ tagName }) => tagName === around);
      if (owner && slot !== null) expect(namesOf(owner.slots), around).toContain(slot);
    }
  });

  test.each(inLanguage('html'))('%s works', async (_, { text, prints, words }) => {
    // The page around a sample may bring a reader: `html reader`.
    const body = words.includes('reader')
      ? `<magtek-reader url="wss://reader.example" auto-connect>${text}</magtek-reader>`
      : text;
    shop.posted.clear();
    const opened = await open(body);
    const { page } = opened;
    if (/<magtek-/.test(body)) {
      await page.waitForFunction(() => document.querySelector('magtek-reader, :not(:defined)')?.matches(':defined'));
      await connectAll(page);
      await sellAll(page, body);
    }
    await expectPrinted(opened, prints);
  });
});

type Page = OpenedPage['page'];

/** Every reader of the page connects: by itself where it should, or when it is told to. Those on USB are not there. */
const connectAll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const reader of document.querySelectorAll<MagtekReader>('magtek-reader:not([transport])')) {
      if (!reader.autoConnect) await reader.connect();
      else if (reader.state !== 'ready') {
        await new Promise((resolve) => {
          reader.addEventListener('magtek-state-change', ({ detail }) => {
            if (detail.state === 'ready') resolve(undefined);
          });
        });
      }
      // A reader in the page has its cardholder there.
      const inside = await reader.simulatedReader;
      inside?.subscribe(({ phase }) => {
        if (phase === 'waiting-for-card') setTimeout(() => inside.tap('visa'), 1);
      });
    }
  });

/** Every sale of the page is made, by its button. */
async function sellAll(page: Page, body: string): Promise<void> {
  const outcomes = await page.evaluate(async () => {
    const ended: string[] = [];
    for (const sale of document.querySelectorAll('magtek-transaction')) {
      const over = new Promise<string>((resolve) => {
        document.addEventListener('magtek-transaction-complete', ({ detail }) => resolve(detail.outcome), {
          once: true,
        });
      });
      await sale.updateComplete;
      sale.shadowRoot?.querySelector<HTMLButtonElement>('[part=pay]')?.click();
      ended.push(await over);
    }
    return ended;
  });
  const isDecided = /authorize-url|magtek-authorize/.test(body);
  for (const outcome of outcomes) expect(outcome).toBe(isDecided ? 'approved' : 'deferred');
  const action = /auto-submit/.test(body) ? /<form[^>]* action="([^"]+)"/.exec(body)?.[1] : undefined;
  if (action !== undefined) {
    await expect.poll(() => shop.posted.get(action)?.[0], { timeout: PATIENCE }).toMatch(/arqc%22%3A%22[0-9A-F]{40}/);
  }
}

test.each(inLanguage('css'))('%s is understood, and names what there is', async (_, { text }) => {
  const { page } = await open('<p>Empty</p>');
  const understood = await page.evaluate(async (css) => {
    const sheet = await new CSSStyleSheet().replace(css);
    return [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
  }, text);
  const count = (css: string): number => css.match(/\{/g)?.length ?? 0;
  expect(count(understood), understood).toBe(count(text));
  const used = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
  const known = (list: 'cssParts' | 'cssProperties' | 'cssStates'): string[] =>
    tags.flatMap((tag) => namesOf(tag[list]));
  expect(used(/::part\(([\w-]+)\)/g).filter((name) => !known('cssParts').includes(name))).toEqual([]);
  expect(used(/(--magtek-[\w-]+)/g).filter((name) => !known('cssProperties').includes(name))).toEqual([]);
  expect(used(/:state\(([\w-]+)\)/g).filter((name) => !known('cssStates').includes(name))).toEqual([]);
});

test.each(inLanguage('sh'))('%s names what there is', async (_, { text }) => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines) expect(await checkCommandLine(line), line).toEqual([]);
});

test.each(inLanguage('json'))('%s is JSON', (_, { text }) => {
  expect(JSON.parse(text)).toBeTypeOf('object');
});
