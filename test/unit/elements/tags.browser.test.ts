/** The tags together, over a socket in the page: what people do with them, and what they are told. */
import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import type { MagtekCommandPanel } from '../../../src/elements/command-panel/command-panel.js';
import type { MagtekLog } from '../../../src/elements/log/log.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekStatus } from '../../../src/elements/status/status.js';
import { catalogue } from '../../../src/mms/catalogue.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

function mockReader(options = {}): MockReader {
  const reader = new MockReader(options);
  readers.push(reader);
  return reader;
}

interface Page {
  readonly element: MagtekReader;
  readonly status: MagtekStatus;
  readonly panel: MagtekCommandPanel;
  readonly log: MagtekLog;
}

async function page(reader: MockReader): Promise<Page> {
  const element = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${reader.transport()}>
      <div>
        <magtek-status></magtek-status>
        <magtek-command-panel></magtek-command-panel>
        <magtek-log></magtek-log>
      </div>
    </magtek-reader>
  `);
  return {
    element,
    status: element.querySelector('magtek-status')!,
    panel: element.querySelector('magtek-command-panel')!,
    log: element.querySelector('magtek-log')!,
  };
}

/** What an element shows. */
const textOf = (element: Element): string => element.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

/** The button with a name. */
function button(element: Element, name: string | RegExp): HTMLButtonElement {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find(({ textContent }) => {
    const text = textContent.trim();
    return typeof name === 'string' ? text === name : name.test(text);
  });
  if (!found) throw new Error(`no button ${String(name)} among ${buttons.map((b) => b.textContent.trim()).join(', ')}`);
  return found;
}

function type(panel: MagtekCommandPanel, text: string): HTMLTextAreaElement {
  const field = panel.shadowRoot?.querySelector('textarea') as HTMLTextAreaElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return field;
}

/** Presses the button of the free field. */
async function sendTyped(panel: MagtekCommandPanel): Promise<void> {
  await panel.updateComplete;
  (panel.shadowRoot?.querySelector('[part~=custom] [part~=send]') as HTMLButtonElement).click();
  await panel.updateComplete;
}

describe('the tags over a socket in the page', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('open and close by the button, and say so', async () => {
    const { element, status } = await page(mockReader());
    expect(textOf(status)).to.contain('Not connected');
    button(status, 'Connect').click();
    await waitUntil(() => element.state === 'ready');
    await status.updateComplete;
    expect(textOf(status)).to.contain('Connected');
    button(status, 'Disconnect').click();
    await status.updateComplete;
    expect(element.state).to.equal('closed');
    expect(textOf(status)).to.contain('Disconnected');
  });

  for (const { title, hex } of catalogue) {
    it(`“${title}” goes out from the panel under the client’s own reference and is answered`, async () => {
      const reader = mockReader();
      const { element, panel } = await page(reader);
      await element.connect();
      button(panel, title).click();
      await panel.updateComplete;
      expect(textOf(panel)).to.contain(hex);
      button(panel, `Send ${title}`).click();
      await panel.updateComplete;
      // What changes the reader for good is asked first, and not sent before.
      if (/1F01|D111/.test(hex.slice(12, 16))) {
        expect(reader.received).to.deep.equal([]);
        button(panel, 'Send it').click();
      }
      await waitUntil(() => /\(ref \d+\)/.test(textOf(panel)));
      // It begins anywhere; the answer that is shown has the same.
      const reference = Number(/\(ref (\d+)\)/.exec(textOf(panel))?.[1])
        .toString(16)
        .padStart(2, '0')
        .toUpperCase();
      expect(reader.received).to.deep.equal([hex.slice(0, 10) + reference + hex.slice(12)]);
    });
  }

  it('send exactly what is typed, and a pasted SENDCOMMAND line without its verb', async () => {
    const reader = mockReader();
    const { element, panel } = await page(reader);
    await element.connect();
    type(panel, 'aa00 8104 0177 1008 8402 1008');
    await sendTyped(panel);
    await waitUntil(() => /\(ref 119\)/.test(textOf(panel)));
    type(panel, 'SENDCOMMAND,AA0081040178100884021008\n');
    await sendTyped(panel);
    await waitUntil(() => /\(ref 120\)/.test(textOf(panel)));
    expect(reader.received).to.deep.equal(['AA0081040177100884021008', 'AA0081040178100884021008']);
  });

  const bad: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['odd digits', 'AA0081040113100884021', /character 21/],
    ['letters', 'AA00 81xx', /“x” is not a hexadecimal digit \(character 8\)/],
    ['letters behind the verb', 'SENDCOMMAND,AA00xx', /character 17/],
    ['nothing', '', /no hexadecimal digits/],
    ['a length that lies', 'AA0081040113100884031008', /byte/],
    ['an answer', 'AA00810482131008820400000000', /Only requests/],
    ['a megabyte', 'A'.repeat(1_048_576), /1048576 characters/],
  ];
  for (const [what, text, says] of bad) {
    it(`say beside the field what is wrong with ${what}, and send nothing`, async () => {
      const reader = mockReader();
      const { element, panel } = await page(reader);
      await element.connect();
      const field = type(panel, text);
      await sendTyped(panel);
      expect(field.getAttribute('aria-invalid')).to.equal('true');
      const described = (field.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => panel.shadowRoot?.getElementById(id)?.textContent ?? '');
      expect(described.join(' ')).to.match(says);
      expect(field.value, 'nothing is lost').to.equal(text);
      expect(reader.received).to.deep.equal([]);
      expect(element.state).to.equal('ready');
      // Taken back as soon as it is right.
      type(panel, 'AA0081040113100884021008');
      await panel.updateComplete;
      expect(field.getAttribute('aria-invalid')).to.equal('false');
    });
  }

  it('send nothing while the connection is not open', async () => {
    const reader = mockReader();
    const { panel } = await page(reader);
    await panel.updateComplete;
    button(panel, 'Send Start EMV').click();
    type(panel, 'AA0081040113100884021008');
    await sendTyped(panel);
    expect(textOf(panel)).to.contain('The connection is not open.');
    expect(reader.received).to.deep.equal([]);
  });

  it('log both directions with a decoded line and the bytes, and nothing of a card number', async () => {
    const reader = mockReader();
    const { element, log } = await page(reader);
    await element.connect();
    await element.send(catalogue[0]?.hex ?? '');
    reader.reader.insert('visa');
    await waitUntil(() => textOf(log).includes('Batch data'));
    const shown = textOf(log);
    // Without a currency there is no decimal point to place.
    expect(shown).to.contain('Start Transaction 000000000100, insert tap swipe, 60 s');
    expect(shown).to.contain('Start Transaction accepted, running');
    expect(shown).to.match(/\d\d:\d\d:\d\d/);
    expect(shown).to.contain('ARQC from contact card');
    expect(shown).to.contain(catalogue[0]?.hex);
    expect(shown).not.to.contain('4111111111111111');
  });

  it('show a refused command as refused', async () => {
    const { element, panel } = await page(mockReader());
    await element.connect();
    button(panel, 'Cancel EMV').click();
    await panel.updateComplete;
    button(panel, 'Send Cancel EMV').click();
    await waitUntil(() => textOf(panel).includes('rejected'));
    expect(textOf(panel)).to.contain('02 03 04');
  });

  it('end an unanswered command in a time-out with what to do', async () => {
    const reader = mockReader();
    const { element, panel } = await page(reader);
    element.requestTimeout = 0.05;
    await element.connect();
    reader.isMute = true;
    button(panel, 'Send Start EMV').click();
    await waitUntil(() => textOf(panel).includes('did not answer in time'));
    expect(textOf(panel)).to.contain('look at the reader before sending it again');
    const starts = reader.received.filter((hex) => hex.slice(12, 16) === '1001');
    expect(starts).to.have.length(1);
  });

  it('survive frames that are no messages', async () => {
    const reader = mockReader();
    const { element, log } = await page(reader);
    await element.connect();
    const errors: string[] = [];
    element.addEventListener('magtek-error', (event) => errors.push(event.detail.error.code));
    for (const frame of ['hello', 'AA0', '', 'AA008104', '4111111111111111']) reader.send(frame);
    await waitUntil(() => errors.length === 5);
    const response = await element.send(catalogue[1]?.hex ?? '');
    expect(response.id).to.equal(0x1008);
    await waitUntil(() => textOf(log).includes('Cancel Transaction'));
    expect(textOf(log)).not.to.contain('4111111111111111');
  });

  it('give ten concurrent commands their own answers', async () => {
    const { element } = await page(mockReader());
    await element.connect();
    const asked = Array.from({ length: 10 }, (_, i) => `AA00810401${String(i + 20)}100884021008`);
    const answers = await Promise.all(asked.map((hex) => element.send(hex)));
    expect(answers.map(({ reference }) => reference)).to.deep.equal(
      asked.map((hex) => parseInt(hex.slice(10, 12), 16)),
    );
  });
});

describe('a tag and its reader', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('belong together by id where the tag stands outside, also when the reader comes later', async () => {
    const reader = mockReader();
    const place = await fixture<HTMLElement>(html`<div><magtek-status for="counter-1"></magtek-status></div>`);
    const status = place.querySelector('magtek-status') as MagtekStatus;
    await status.updateComplete;
    expect(textOf(status)).to.contain('No reader');
    const element = document.createElement('magtek-reader');
    element.id = 'counter-1';
    element.transport = reader.transport();
    place.append(element);
    await element.connect();
    await waitUntil(() => textOf(status).includes('Connected'));
    element.id = 'another';
    await waitUntil(() => textOf(status).includes('No reader'));
    status.for = 'another';
    await waitUntil(() => textOf(status).includes('Connected'));
  });

  it('belong together by nearness: two readers on a page do not hear each other', async () => {
    const [one, two] = [mockReader({ serialNumber: 'B000001' }), mockReader({ serialNumber: 'B000002' })];
    const [first, second] = [await page(one), await page(two)];
    await Promise.all([first.element.connect(), second.element.connect()]);
    const heardBySecond: Event[] = [];
    for (const name of ['magtek-response', 'magtek-message', 'magtek-notification']) {
      second.element.addEventListener(name, (event) => heardBySecond.push(event));
    }
    button(first.panel, 'Send Start EMV').click();
    await waitUntil(() => textOf(first.log).includes('accepted, running'));
    one.reader.tap('visa');
    await waitUntil(() => textOf(first.log).includes('Batch data'));
    await aTimeout(20);
    expect(heardBySecond).to.deep.equal([]);
    expect(textOf(second.log)).not.to.contain('Start Transaction');
    expect(two.received).to.deep.equal([]);
  });

  it('part when the tag is moved to where no reader is, and find the next reader', async () => {
    const [one, two] = [mockReader(), mockReader()];
    const [first, second] = [await page(one), await page(two)];
    await first.element.connect();
    await waitUntil(() => textOf(first.status).includes('Connected'));
    const nowhere = await fixture<HTMLElement>(html`<div></div>`);
    nowhere.append(first.status);
    await waitUntil(() => textOf(first.status).includes('No reader'));
    second.element.append(first.status);
    await waitUntil(() => textOf(first.status).includes('Not connected'));
    await second.element.connect();
    await waitUntil(() => textOf(first.status).includes('Connected'));
    first.element.append(first.status);
    expect(first.element.state).to.equal('ready');
    await waitUntil(() => textOf(first.status).includes('Connected'));
  });

  it('work with properties that were set before the tag was defined', async () => {
    const reader = mockReader();
    const element = document.createElement('magtek-later');
    Object.assign(element, { transport: reader.transport(), autoConnect: true });
    document.body.append(element);
    const { MagtekReader: Base } = await import('../../../src/classes.js');
    customElements.define('magtek-later', class extends Base {});
    await waitUntil(() => element.getAttribute('state') === 'ready');
    element.remove();
    await waitUntil(() => element.getAttribute('state') === 'closed');
  });

  it('tell of an address that cannot be used, with what to do, and open nothing', async () => {
    const codes: string[] = [];
    for (const url of [
      'http://reader.example',
      'ws://reader.example',
      'wss://user:secret@reader.example',
      'nonsense',
    ]) {
      const element = await fixture<MagtekReader>(
        html`<magtek-reader url=${url}><magtek-status></magtek-status></magtek-reader>`,
      );
      const error = await element.connect().catch((cause: unknown) => cause as ReaderError);
      codes.push((error as ReaderError).code);
      const status = element.querySelector('magtek-status') as MagtekStatus;
      await status.updateComplete;
      expect(textOf(status)).to.contain((error as ReaderError).help);
    }
    expect(codes).to.deep.equal(['bad-url', 'insecure-url', 'bad-url', 'bad-url']);
  });
});
