/** The log in a page: rows without end in few nodes, by keyboard and by pointer. */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/log/define.js';
import type { Journal, JournalEntry } from '../../../src/journal/journal.js';
import { exportJournal } from '../../../src/journal/journal-file.js';
import { MOST_LINES } from '../../../src/elements/shared/tree-view.js';
import { decodeTlv, encodeTlv } from '../../../src/mms/tlv.js';
import type { MagtekLog } from '../../../src/elements/log/log.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toMessage } from '../../../src/mms/encode.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { rested } from '../../support/rested.js';
import { waitUntil } from '../../support/wait-until.js';

const request = commands.startTransaction({ amount: '4.60', currency: 'EUR' });
const answer = toMessage({ kind: 'response', id: 0x1001, status: { summary: 1, detail: '000000' }, payload: [] });

interface Page {
  readonly log: MagtekLog;
  readonly journal: Journal;
}

async function page(): Promise<Page> {
  const reader = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${new FakeTransport()}><magtek-log></magtek-log></magtek-reader>
  `);
  const log = reader.querySelector('magtek-log')!;
  await log.updateComplete;
  return { log, journal: reader.client!.journal };
}

const has = (log: MagtekLog, selector: string): boolean => log.shadowRoot!.querySelector(selector) !== null;
const find = (log: MagtekLog, selector: string): HTMLElement => log.shadowRoot!.querySelector<HTMLElement>(selector)!;
const rows = (log: MagtekLog): HTMLElement => find(log, '.rows');
const textOf = (log: MagtekLog): string => log.shadowRoot!.textContent.replace(/\s+/g, ' ');
const shown = (log: MagtekLog): HTMLElement[] => [...log.shadowRoot!.querySelectorAll<HTMLElement>('[data-position]')];
const active = (log: MagtekLog): string => find(log, '.row.active .text').textContent;
function button(log: MagtekLog, name: string | RegExp): HTMLButtonElement {
  const all = [...log.shadowRoot!.querySelectorAll('button')];
  const found = all.find(({ textContent }) =>
    typeof name === 'string' ? textContent.trim() === name : name.test(textContent),
  );
  if (!found) throw new Error(`no button ${String(name)}`);
  return found;
}

function note(journal: Journal, from: number, to: number): void {
  for (let i = from; i < to; i++) journal.add({ at: i, note: `note ${String(i)}.` });
}

function drop(log: MagtekLog, file: File): void {
  const data = new DataTransfer();
  data.items.add(file);
  find(log, '.body').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
}

/** Everything that was recorded is shown. */
async function settled(log: MagtekLog): Promise<void> {
  await nextFrame();
  await nextFrame();
  await log.updateComplete;
  await nextFrame();
}

async function search(log: MagtekLog, words: string): Promise<void> {
  const field = find(log, '[type=search]') as HTMLInputElement;
  field.value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await log.updateComplete;
  await waitUntil(() => !textOf(log).includes('Searching'));
  await settled(log);
}

describe('the log', () => {
  it('shows any number of entries in few nodes, and every one of them can be reached', async () => {
    const { log, journal } = await page();
    note(journal, 0, 10_000);
    await settled(log);
    expect(log.shadowRoot!.querySelectorAll('*').length).to.be.below(500);
    expect(textOf(log)).to.contain('note 9999.');
    expect(rows(log).getAttribute('aria-rowcount')).to.equal('10001');
    for (const middle of [0, 5000, 9990]) {
      rows(log).scrollTop = (middle / 10_000) * rows(log).scrollHeight;
      await settled(log);
      expect(textOf(log)).to.contain(`note ${String(middle)}.`);
    }
  });

  it('stops following when the person scrolls up, says how many are new, and goes to them', async () => {
    const { log, journal } = await page();
    note(journal, 0, 200);
    await settled(log);
    rows(log).scrollTop = 0;
    await settled(log);
    note(journal, 200, 240);
    await settled(log);
    expect(rows(log).scrollTop).to.equal(0);
    button(log, '40 new').click();
    await settled(log);
    expect(textOf(log)).to.contain('note 239.');
    note(journal, 240, 250);
    await settled(log);
    expect(textOf(log)).to.contain('note 249.');
  });

  it('goes on following when it becomes lower as it scrolls to its end', async () => {
    const { log, journal } = await page();
    note(journal, 0, 200);
    await settled(log);
    note(journal, 200, 201);
    while (!textOf(log).includes('note 200.')) await nextFrame();
    // A browser tells of the scrolling in the next frame, when a page may have laid out anew.
    log.style.blockSize = '16rem';
    rows(log).dispatchEvent(new Event('scroll'));
    await settled(log);
    note(journal, 201, 202);
    await settled(log);
    expect(textOf(log)).to.contain('note 201.');
    expect(has(log, '.newer')).to.equal(false);
    expect(rows(log).scrollHeight - rows(log).scrollTop - rows(log).clientHeight).to.be.below(2);
  });

  it('draws the last of a flood, and all of it for a person who does something meanwhile', async () => {
    const { log, journal } = await page();
    const FRAMES = 30;
    for (let frame = 0; frame < FRAMES; frame++) {
      note(journal, frame * 20, (frame + 1) * 20);
      await nextFrame();
    }
    log.requestUpdate();
    await log.updateComplete;
    // What came in this very frame waits for the next.
    expect(Number(rows(log).getAttribute('aria-rowcount'))).to.be.at.least((FRAMES - 1) * 20 + 1);
    note(journal, FRAMES * 20, FRAMES * 21);
    await settled(log);
    expect(textOf(log)).to.contain(`note ${String(FRAMES * 21 - 1)}.`);
  });

  it('is drawn for scrolling only where that shows other rows', async () => {
    const { log, journal } = await page();
    note(journal, 0, 500);
    await settled(log);
    await rested(log);
    rows(log).dispatchEvent(new Event('scroll'));
    expect(log.isUpdatePending).to.equal(false);
    rows(log).scrollTop = 0;
    rows(log).dispatchEvent(new Event('scroll'));
    expect(log.isUpdatePending).to.equal(true);
  });

  it('keeps what is read in its place when older entries go', async () => {
    const reader = document.createElement('magtek-reader');
    reader.transport = new FakeTransport();
    const log = document.createElement('magtek-log');
    reader.append(log);
    document.body.append(reader);
    const journal = reader.client!.journal;
    note(journal, 0, journal.size);
    await settled(log);
    const { scrollHeight } = rows(log);
    rows(log).scrollTop = scrollHeight / 2;
    await settled(log);
    const topRow = (): string => {
      const top = rows(log).getBoundingClientRect().top + 40;
      return (
        shown(log)
          .find((row) => row.getBoundingClientRect().bottom > top)
          ?.querySelector('.text')?.textContent ?? ''
      );
    };
    const before = topRow();
    note(journal, journal.size, journal.size + 500);
    await settled(log);
    await settled(log);
    expect(topRow()).to.equal(before);
    expect(rows(log).scrollHeight).to.equal(scrollHeight);
    reader.remove();
  });

  it('shows nothing new while it is paused, and loses nothing', async () => {
    const { log, journal } = await page();
    note(journal, 0, 5);
    await settled(log);
    button(log, 'Pause').click();
    await log.updateComplete;
    note(journal, 5, 9);
    await settled(log);
    expect(textOf(log)).not.to.contain('note 5.');
    expect(textOf(log)).to.contain('4 new');
    button(log, 'Pause').click();
    await settled(log);
    expect(textOf(log)).to.contain('note 8.');
  });

  it('says that no entry fits only once it has looked into messages', async () => {
    const { log, journal } = await page();
    journal.add({ at: 1, direction: 'to-reader', message: request });
    await settled(log);
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(textOf(log)));
    observer.observe(log.shadowRoot!, { subtree: true, childList: true, characterData: true });
    await search(log, 'Amount, authorized');
    observer.disconnect();
    expect(said).not.to.deep.equal([]);
    expect(said.filter((text) => text.includes('No matching entry'))).to.deep.equal([]);
  });

  it('filters by words, bytes, tags, direction, kind, command and errors, also what comes later', async () => {
    const { log, journal } = await page();
    journal.add({ at: 1, direction: 'to-reader', message: request });
    note(journal, 0, 3);
    await settled(log);
    for (const words of ['4.60', '9F0206', 'Amount, authorized']) {
      await search(log, words);
      // The names of tags are loaded with the first search.
      await waitUntil(() => shown(log).length === 1, words);
      expect(textOf(log)).to.contain('1 of 4 entries');
    }
    await search(log, 'nothing like it');
    expect(textOf(log)).to.contain('No matching entry.');
    await search(log, '');
    for (const [label, value, count] of [
      ['Direction', 'to-reader', 1],
      ['Kind', 'event', 3],
      ['Command', String(0x1001), 1],
    ] as const) {
      const select = find(log, `select[aria-label=${label}]`) as HTMLSelectElement;
      const before = select.value;
      select.value = value;
      expect(select.value, 'is offered').to.equal(value);
      select.dispatchEvent(new Event('change'));
      await settled(log);
      expect(shown(log), label).to.have.length(count);
      select.value = before;
      select.dispatchEvent(new Event('change'));
      await settled(log);
    }
    find(log, '[type=checkbox]').click();
    await settled(log);
    expect(shown(log)).to.have.length(0);
    journal.add({
      at: 9,
      direction: 'from-reader',
      message: toMessage({ kind: 'response', id: 0x1008, status: { summary: 0x81, detail: '020304' }, payload: [] }),
    });
    await settled(log);
    expect(shown(log)).to.have.length(1);
  });

  it('is used by keyboard alone: choose, open, walk the tree, go to the answer and back, close', async () => {
    const { log, journal } = await page();
    const sequence = journal.add({ at: 1, direction: 'to-reader', message: request });
    note(journal, 0, 300);
    journal.add({ at: 2, direction: 'from-reader', message: answer, answers: sequence, milliseconds: 1 });
    await settled(log);
    rows(log).focus();
    await sendKeys({ press: 'Home' });
    await settled(log);
    expect(active(log)).to.contain('Start Transaction 4.60 EUR');
    const id = rows(log).getAttribute('aria-activedescendant')!;
    expect(find(log, `#${id}`).getAttribute('aria-rowindex')).to.equal('2');
    await sendKeys({ press: 'g' });
    await settled(log);
    expect(active(log)).to.contain('accepted, running');
    await sendKeys({ press: 'g' });
    await settled(log);
    expect(active(log)).to.contain('4.60 EUR');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'PageDown' });
    await settled(log);
    expect(active(log)).to.match(/^note \d+/);
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => has(log, '[role=tree]'));
    find(log, '[role=tree]').focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await settled(log);
    const marks = [...log.shadowRoot!.querySelectorAll('.line code:first-of-type mark')].map(
      ({ textContent }) => textContent,
    );
    expect(marks.join(' ')).to.equal('81 04 01 00 10 01');
    const count = log.shadowRoot!.querySelectorAll('[role=treeitem]').length;
    await sendKeys({ press: 'ArrowLeft' });
    await settled(log);
    expect(log.shadowRoot!.querySelectorAll('[role=treeitem]').length).to.equal(count - 3);
    await sendKeys({ press: 'Escape' });
    await settled(log);
    expect(has(log, '[role=tree]')).to.equal(false);
    expect(log.shadowRoot!.activeElement).to.equal(rows(log));
    await sendKeys({ press: '/' });
    expect(log.shadowRoot!.activeElement).to.equal(find(log, '[type=search]'));
  });

  it('is used by pointer: a row opens, a part that is pointed at marks its bytes', async () => {
    const { log, journal } = await page();
    journal.add({ at: 1, direction: 'to-reader', message: request });
    await settled(log);
    shown(log)[0]!.click();
    await waitUntil(() => has(log, '[role=tree]'));
    const node = [...log.shadowRoot!.querySelectorAll('[role=treeitem]')].find(({ textContent }) =>
      /9F02/.test(textContent),
    )!;
    node.dispatchEvent(new PointerEvent('pointerenter'));
    await log.updateComplete;
    const marks = [...log.shadowRoot!.querySelectorAll('.line code:first-of-type mark')].map(
      ({ textContent }) => textContent,
    );
    expect(marks.join(' ')).to.equal('9F 02 06 00 00 00 00 04 60');
  });

  it('shows an entry in full where there is little room: on a small screen all of it can be reached', async () => {
    const { log, journal } = await page();
    log.style.inlineSize = '280px';
    for (let index = 0; index < 50; index++) journal.add({ at: 1, direction: 'to-reader', message: request });
    await settled(log);
    shown(log).at(-1)!.click();
    await waitUntil(() => has(log, '[role=tree]'));
    await waitUntil(() => log.scrollTop > 0, 'the details come into sight');
    await settled(log);
    const inSight = (part: Element): number => {
      const [around, box] = [log.getBoundingClientRect(), part.getBoundingClientRect()];
      return Math.min(box.bottom, around.bottom) - Math.max(box.top, around.top);
    };
    expect(inSight(find(log, '.details'))).to.be.above(150);
    expect(inSight(find(log, '.row.active')), 'the entry itself').to.be.above(20);
  });

  it('is the same after export, import and export, without any reader', async () => {
    const { log, journal } = await page();
    journal.add({ at: 1.25, direction: 'to-reader', message: request });
    note(journal, 0, 5);
    await settled(log);
    const text = await log.export();
    expect(text).to.equal(exportJournal(journal.entries));
    const alone = await fixture<MagtekLog>(html`<magtek-log></magtek-log>`);
    await alone.import(text, 'case 4711');
    await settled(alone);
    expect(textOf(alone)).to.contain('case 4711').and.to.contain('4.60 EUR').and.to.contain('6 entries');
    expect(await alone.export()).to.equal(text);
    button(alone, 'Back to the reader').click();
    await settled(alone);
    expect(shown(alone)).to.have.length(0);
  });

  it('says what is wrong with a file and goes on showing what it showed', async () => {
    const { log, journal } = await page();
    note(journal, 0, 2);
    await settled(log);
    drop(log, new File(['{"sequence":1}'], 'broken.jsonl'));
    await waitUntil(() => textOf(log).includes('broken.jsonl was not opened'));
    expect(textOf(log)).to.contain('Line 1').and.to.contain('note 1.');
  });

  it('opens a file in UTF-16, as shells of Windows write it', async () => {
    const { log, journal } = await page();
    note(journal, 0, 3);
    await settled(log);
    const text = await log.export();
    const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
    drop(log, new File([units], 'desk.jsonl'));
    await waitUntil(() => textOf(log).includes('desk.jsonl'));
    expect(textOf(log)).to.contain('3 entries').and.not.to.contain('was not opened');
  });

  it('shows no card number that the name of a file has', async () => {
    const { log } = await page();
    drop(log, new File(['{"sequence":1}'], 'card-4111111111111111.jsonl'));
    await waitUntil(() => textOf(log).includes('card-411111******1111.jsonl was not opened'));
    await log.import(await log.export(), 'desk 4111 1111 1111 1111');
    await waitUntil(() => textOf(log).includes('desk 4111 11** **** 1111'));
    expect(textOf(log).replace(/\D+/g, '')).not.to.contain('4111111111111111');
  });

  it('says that a file which cannot be read cannot be read', async () => {
    const { log } = await page();
    const file = new File(['{}'], 'moved.jsonl');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    drop(log, file);
    await waitUntil(() => textOf(log).includes('moved.jsonl was not opened. The file cannot be read'));
  });

  it('names no row that is scrolled away as the active one', async () => {
    const { log, journal } = await page();
    note(journal, 0, 1000);
    await settled(log);
    rows(log).focus();
    await sendKeys({ press: 'Home' });
    await settled(log);
    expect(has(log, `#${rows(log).getAttribute('aria-activedescendant')!}`)).to.equal(true);
    rows(log).scrollTop = rows(log).scrollHeight;
    await settled(log);
    expect(rows(log).hasAttribute('aria-activedescendant')).to.equal(false);
    await sendKeys({ press: 'ArrowDown' });
    await settled(log);
    expect(has(log, `#${rows(log).getAttribute('aria-activedescendant')!}`)).to.equal(true);
  });

  it('searches for a regular expression, and says at its place what is wrong with one', async () => {
    const { log, journal } = await page();
    note(journal, 0, 40);
    await settled(log);
    await search(log, '/note 1[0-3]\\./');
    await waitUntil(() => rows(log).getAttribute('aria-rowcount') === '5', undefined, { timeout: 20_000 });
    await search(log, '/note (1/');
    await waitUntil(() => find(log, '#search-problem').textContent !== '', undefined, { timeout: 20_000 });
    expect(find(log, '#search-problem').textContent).to.equal('Character 7 of the search: a group does not end.');
    expect(find(log, '[type=search]').getAttribute('aria-invalid')).to.equal('true');
    expect(shown(log)).to.have.length(0);
    await expect(log).to.be.accessible();
    await search(log, '');
    expect(find(log, '#search-problem').textContent).to.equal('');
    expect(shown(log).length).to.be.above(4);
  });

  it('opens a message of 0.6 MB with no more nodes than another', async () => {
    const { log, journal } = await page();
    const objects = encodeTlv(
      Array.from({ length: 60_000 }, () => ({ tag: 'C1', value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) })),
    );
    const message = toMessage({ kind: 'request', reference: 1, id: 0x1803, payload: decodeTlv(objects) });
    expect(message.bytes.length).to.be.above(600_000);
    journal.add({ at: 1, direction: 'to-reader', message });
    await settled(log);
    shown(log)[0]!.click();
    await waitUntil(() => has(log, '.details [role=treeitem]'), undefined, { timeout: 20_000 });
    expect(log.shadowRoot!.querySelectorAll('[role=treeitem]')).to.have.length(MOST_LINES);
    expect(log.shadowRoot!.querySelectorAll('*').length, 'nodes').to.be.below(5_000);
  });

  it('exports what is shown where a filter is set', async () => {
    const { log, journal } = await page();
    note(journal, 0, 20);
    await settled(log);
    await search(log, 'note 7.');
    expect((await log.export()).trim().split('\n')).to.have.length(2);
  });

  it('shows figures by command', async () => {
    const { log, journal } = await page();
    const answers = journal.add({ at: 1, direction: 'to-reader', message: request });
    journal.add({ at: 2, direction: 'from-reader', message: answer, answers, milliseconds: 12.5 });
    await settled(log);
    button(log, 'Statistics').click();
    await waitUntil(() => has(log, 'table'));
    expect(find(log, 'tbody tr').textContent.replace(/\s+/g, ' ').trim()).to.equal(
      'Start Transaction 1 1 0 12.5 ms 12.5 ms',
    );
    expect(find(log, '.p95').getAttribute('width')).to.equal('100');
  });

  it('is not a live region for its messages, and has a sensible tree', async () => {
    const { log, journal } = await page();
    journal.add({ at: 1, direction: 'to-reader', message: request });
    await settled(log);
    shown(log)[0]!.click();
    await waitUntil(() => has(log, '[role=tree]'));
    expect(rows(log).closest('[aria-live]')).to.equal(null);
    await expect(log).to.be.accessible();
  });

  it('keeps as many entries as the page asks for, and gives each to the page’s own logging', async () => {
    const sunk: number[] = [];
    const reader = await fixture<MagtekReader>(html`
      <magtek-reader
        journal-size="20000"
        .sink=${(added: readonly JournalEntry[]) => sunk.push(added.length)}
        .transport=${new FakeTransport()}
        ><magtek-log></magtek-log
      ></magtek-reader>
    `);
    const log = reader.querySelector('magtek-log')!;
    note(reader.client!.journal, 0, 20_000);
    await settled(log);
    expect(textOf(log)).to.contain('20,000 entries');
    expect(sunk.reduce((sum, count) => sum + count, 0)).to.equal(20_000);
    rows(log).scrollTop = 0;
    await settled(log);
    expect(textOf(log)).to.contain('note 0.');
  });

  it('empties the journal, and shows what comes then', async () => {
    const { log, journal } = await page();
    note(journal, 0, 5);
    await settled(log);
    button(log, 'Clear').click();
    await settled(log);
    expect(shown(log)).to.have.length(0);
    note(journal, 5, 6);
    await settled(log);
    expect(textOf(log)).to.contain('note 5.');
    expect(journal.entries).to.have.length(1);
  });
});
