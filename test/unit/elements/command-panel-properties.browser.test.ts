/** Properties in the command panel: inputs that fit their types, old and new before writing, export, and comparison with files. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/command-panel/define.js';
import type { PropertyFile } from '../../../src/device/property-file.js';
import type { MagtekCommandPanel } from '../../../src/elements/command-panel/command-panel.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { parseHex } from '../../../src/mms/hex.js';
import type { MmsResponse } from '../../../src/mms/message.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const PATIENT = { timeout: 20_000 };
const USER_EVENTS = '1.2.7.1.2.1';
const FALLBACK = '1.2.1.1.1.1';
const TERMINAL = '1.1.1.1.1.1';
const NOTICE = '1.2.7.1.1.1';
const SSID = '1.2.2.1.1.1';

let reader: MockReader;
let element: MagtekReader;
let panel: MagtekCommandPanel;

const root = (): ShadowRoot => panel.shadowRoot!;
const text = (): string => root().textContent.replace(/\s+/g, ' ');
const shows = (wanted: string | RegExp): Promise<void> =>
  waitUntil(
    () => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text())),
    `shows ${String(wanted)}`,
    PATIENT,
  );
function button(name: string): HTMLButtonElement {
  const found = [...root().querySelectorAll('button')].find(
    (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent.trim()) === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
}
async function press(name: string): Promise<void> {
  button(name).click();
  await panel.updateComplete;
}
/** Opens the form of a property. */
async function edit(oid: string): Promise<HTMLFormElement> {
  await press(`Set ${oid}`);
  await waitUntil(() => root().querySelector('form.edit') !== null, 'the form', PATIENT);
  return root().querySelector<HTMLFormElement>('form.edit')!;
}
async function enter(input: HTMLInputElement | HTMLSelectElement, value: string): Promise<void> {
  input.value = value;
  input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  await panel.updateComplete;
}
async function submit(form: HTMLFormElement): Promise<void> {
  form.requestSubmit();
  await panel.updateComplete;
}
const alert = (): string => root().querySelector('form.edit [role=alert]')?.textContent ?? '';
const written = (): readonly string[] => reader.received.filter((hex) => hex.slice(12, 16) === 'D111');
const question = (): string =>
  root().querySelector('form.edit dl')?.textContent.replace(/\s+/g, ' ').trim() ?? 'no question';

/** Gives files to the field that compares. */
async function choose(...files: readonly (readonly [name: string, text: string])[]): Promise<void> {
  const data = new DataTransfer();
  for (const [name, content] of files) data.items.add(new File([content], name));
  const input = root().querySelector<HTMLInputElement>('[type=file]')!;
  input.files = data.files;
  input.dispatchEvent(new Event('change'));
  await panel.updateComplete;
}

/** Puts another reader behind the connection: its serial number, 2.2.1.1.1.1, is B671AF2. */
function exchange(): void {
  const { client } = element;
  const { request } = client!;
  client!.request = async (...args) => {
    const response = await request.apply(client, args);
    const serial = parseHex('B571AF20');
    const at = response.bytes.findIndex((_, index) =>
      serial.every((byte, next) => response.bytes[index + next] === byte),
    );
    if (at < 0) return response;
    const bytes = response.bytes.slice();
    bytes[at] = 0xb6;
    return decodeMessage(bytes) as MmsResponse;
  };
}

/** Presses a button that saves a file, and gives its name and text. */
async function saved(name: string): Promise<readonly [name: string, text: string]> {
  const { click } = HTMLAnchorElement.prototype;
  let found: readonly [name: string, address: string] | undefined;
  HTMLAnchorElement.prototype.click = function () {
    found = [this.download, this.href];
  };
  try {
    await press(name);
    await waitUntil(() => found !== undefined, 'a file', PATIENT);
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
  return [found![0], await (await fetch(found![1])).text()];
}

describe('properties in the command panel', () => {
  beforeEach(async () => {
    localStorage.clear();
    reader = new MockReader();
    element = await fixture<MagtekReader>(html`
      <magtek-reader .transport=${reader.transport()}><magtek-command-panel></magtek-command-panel></magtek-reader>
    `);
    panel = element.querySelector('magtek-command-panel')!;
    await element.connect();
    await press('Properties');
    await waitUntil(() => root().querySelector('[type=file]') !== null, 'the tab', PATIENT);
  });
  afterEach(() => {
    element.disconnect();
    reader.stop();
  });

  it('sets flags by their names, and shows what the reader has and what it will have before anything is sent', async () => {
    const form = await edit(USER_EVENTS);
    const boxes = [...form.querySelectorAll<HTMLInputElement>('[role=group] input')];
    expect(boxes.map((box) => box.closest('label')!.textContent.trim())).to.include.members([
      'card swiped',
      'barcode read',
    ]);
    boxes[4]!.click();
    await panel.updateComplete;
    expect(text()).to.include('Takes effect when the reader has restarted.');
    await submit(form);
    expect(question()).to.equal('Now 00000000 none New 10000000 card swiped');
    expect(written()).to.have.length(0);
    await press('Write it');
    await shows('changed, before: 00000000 none');
    expect(written()).to.have.length(1);
    expect(written()[0]).to.match(/C10410000000$/);
  });

  it('offers the words of a choice', async () => {
    const form = await edit(FALLBACK);
    const select = form.querySelector('select')!;
    expect([...select.options].map(({ text: word }) => word)).to.deep.equal(['–', 'off', 'on']);
    expect(select.value).to.equal('on');
    await enter(select, 'off');
    await submit(form);
    expect(question()).to.equal('Now 01 on New 00 off');
    await press('Cancel');
    expect(root().querySelector('form.edit')).to.equal(null);
    expect(written()).to.have.length(0);
  });

  it('takes numbers within their limits only, and says them', async () => {
    const form = await edit(NOTICE);
    const input = form.querySelector<HTMLInputElement>('[type=number]')!;
    expect(form.textContent.replace(/\s+/g, ' ')).to.include('0 to 255 seconds; 0 = never; 255 = once');
    form.noValidate = true;
    await enter(input, '256');
    await submit(form);
    expect(alert()).to.equal('It must be a whole number from 0 to 255.');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    await enter(input, '30');
    await submit(form);
    expect(question()).to.equal('Now 00 never New 1E every 30 s');
  });

  it('takes text of the right length, names the character that cannot be sent, and changes to hexadecimal and back', async () => {
    const form = await edit(TERMINAL);
    const field = (): HTMLInputElement => form.querySelector<HTMLInputElement>('.field input')!;
    expect(field().value).to.equal('00000000');
    await submit(form);
    expect(alert()).to.equal('The reader has this value already.');
    await enter(field(), 'SHÖP0012');
    await submit(form);
    expect(alert()).to.equal('Character 3 is not ASCII. Use hexadecimal.');
    await enter(field(), 'SHOP');
    await submit(form);
    expect(alert()).to.equal('8 ASCII characters');
    await enter(field(), 'SHOP0012');
    const box = form.querySelector<HTMLInputElement>('.check input')!;
    box.click();
    await panel.updateComplete;
    expect(field().value).to.equal('53484F5030303132');
    box.click();
    await panel.updateComplete;
    expect(field().value).to.equal('SHOP0012');
    await submit(form);
    expect(question()).to.include('New 53484F5030303132');
  });

  it('never shows a network name, neither that of the reader nor the new one', async () => {
    const form = await edit(SSID);
    const input = form.querySelector<HTMLInputElement>('.field input')!;
    expect(input.value).to.equal('');
    await enter(input, 'our-shop');
    await submit(form);
    expect(question()).to.match(/^Now hidden New .*32/);
    expect(text()).not.to.match(/our-shop|6F75722D73686F70/);
  });

  it('says what a reader refuses, and leaves the form with what was typed', async () => {
    const form = await edit('1.2.2.1.1.A');
    await enter(form.querySelector<HTMLInputElement>('[type=number]')!, '9');
    await submit(form);
    await press('Write it');
    await waitUntil(() => alert() !== '', 'a refusal', PATIENT);
    expect(root().querySelector<HTMLInputElement>('form.edit [type=number]')!.value).to.equal('9');
  });

  it('has no form for what only the secured command can set, nor for facts', () => {
    const names = [...root().querySelectorAll('button')].map((each) => each.getAttribute('aria-label') ?? '');
    expect(names).to.include('Get 1.2.5.2.1.1').and.to.include('Set 1.2.3.2.1.1');
    expect(names).not.to.include('Set 1.2.5.2.1.1');
    expect(names.filter((name) => name.startsWith('Set 2.'))).to.deep.equal([]);
  });

  it('exports, compares with the file of another reader, takes over what differs, and is then the same', async () => {
    const [name, exported] = await saved('Export');
    expect(name).to.match(/^reader-properties-B571AF2-\d{4}-\d\d-\d\d\.json$/);
    const file = JSON.parse(exported) as PropertyFile;
    expect(file.serialNumber).to.equal('B571AF2');
    await choose(['same.json', exported]);
    await shows(/No differences \(\d+ properties compared\)/);
    const other: PropertyFile = {
      ...file,
      serialNumber: 'B603226',
      properties: { ...file.properties, [FALLBACK]: { hex: '00', kind: 'choice', value: 'off' } },
    };
    await choose(['other.json', JSON.stringify(other)]);
    await shows(/1 difference, \d+ the same/);
    const row = root().querySelector('[part=differences] tbody tr')!;
    expect(row.textContent.replace(/\s+/g, ' ').trim()).to.equal(
      `${FALLBACK} Device-driven fallback 01 on 00 off Use this`,
    );
    expect(root().querySelector('[part=differences] thead')!.textContent.replace(/\s+/g, ' ')).to.match(
      /B571AF2 this reader ?B603226 /,
    );
    await press(`Use this for ${FALLBACK}`);
    await submit(root().querySelector<HTMLFormElement>('form.edit')!);
    expect(question()).to.equal('Now 01 on New 00 off');
    await press('Write it');
    await shows('No differences');
    expect(written()).to.have.length(1);
    await expect(panel).to.be.accessible();
  });

  it('writes nothing to another reader than the one that was compared', async () => {
    const [, exported] = await saved('Export');
    const file = JSON.parse(exported) as PropertyFile;
    const { properties } = file;
    await choose([
      'other.json',
      JSON.stringify({
        ...file,
        properties: { ...properties, [FALLBACK]: { hex: '00', kind: 'choice', value: 'off' } },
      }),
    ]);
    await shows('1 difference');
    await press(`Use this for ${FALLBACK}`);
    await submit(root().querySelector<HTMLFormElement>('form.edit')!);
    exchange();
    await press('Write it');
    await waitUntil(() => alert() !== '', 'a refusal', PATIENT);
    expect(alert()).to.contain('B671AF2');
    expect(written()).to.have.length(0);
  });

  it('writes nothing to another reader than the one whose form it is', async () => {
    const form = await edit(FALLBACK);
    await enter(form.querySelector('select')!, 'off');
    await submit(form);
    exchange();
    await press('Write it');
    await waitUntil(() => alert() !== '', 'a refusal', PATIENT);
    expect(alert()).to.equal('Another reader is plugged in now. It was B571AF2, it is B671AF2.');
    expect(written()).to.have.length(0);
  });

  it('does not write back what it masks', async () => {
    // The digits of a card number, two in a byte.
    const value = parseHex('4111111111111111');
    expect((await element.client!.request(commands.setProperty({ oid: TERMINAL, value }))).status.ok).to.equal(true);
    const form = await edit(TERMINAL);
    await shows('4111112A2A2A1111');
    expect(form.querySelector<HTMLInputElement>('.field input')!.value).to.equal('');
  });

  it('compares two files with each other, without the reader', async () => {
    const [, exported] = await saved('Export');
    const file = JSON.parse(exported) as PropertyFile;
    const less = Object.fromEntries(Object.entries(file.properties).filter(([oid]) => oid !== FALLBACK));
    const sent = reader.received.length;
    await choose(['a.json', exported], ['b.json', JSON.stringify({ ...file, properties: less })]);
    await shows('does not have it');
    expect(reader.received).to.have.length(sent);
    expect(text()).not.to.include('Use this');
  });

  it('says what is wrong with a file, and compares nothing', async () => {
    await choose(['shop.txt', 'SSID=shop']);
    await shows('This file is not a JSON document.');
    await choose(['log.json', '{"format":"magtek-elements journal","version":1}']);
    await shows('This file does not contain exported properties.');
    expect(root().querySelector('[part=differences]')).to.equal(null);
    expect(reader.received).to.deep.equal([]);
  });
});

describe('properties in the command panel, when another reader comes back', () => {
  const LOST = 'The connection to the reader was lost.';
  let transport: CuttableTransport;
  let other: SimulatedReader;
  let changes: number;

  beforeEach(async () => {
    localStorage.clear();
    other = new SimulatedReader({ serialNumber: 'C0FFEE1' });
    transport = new CuttableTransport(new SimulatedReader({ serialNumber: 'B571AF2' }));
    element = await fixture<MagtekReader>(html`
      <magtek-reader .transport=${transport}><magtek-command-panel></magtek-command-panel></magtek-reader>
    `);
    panel = element.querySelector('magtek-command-panel')!;
    changes = 0;
    element.addEventListener('magtek-message', ({ detail: { message } }) => {
      if (message.kind === 'request' && message.id === 0xd111) changes++;
    });
    await element.connect();
    await press('Properties');
    await waitUntil(() => root().querySelector('[type=file]') !== null, 'the tab', PATIENT);
  });
  afterEach(() => element.disconnect());

  async function comeBackAsAnother(): Promise<void> {
    transport.reader = other;
    transport.cut();
    await waitUntil(() => element.state === 'ready', 'connected again', PATIENT);
    await panel.updateComplete;
  }
  const row = (oid: string): string => button(`Get ${oid}`).closest('li')!.textContent.replace(/\s+/g, ' ').trim();

  it('has no form any more, and says why', async () => {
    const form = await edit(FALLBACK);
    await enter(form.querySelector('select')!, 'off');
    await submit(form);
    expect(question()).to.contain('Now 01 on New 00 off');
    await comeBackAsAnother();
    expect(root().querySelectorAll('form.edit')).to.have.length(0);
    expect(text()).to.contain(LOST);
    expect(changes).to.equal(0);
    await edit(FALLBACK);
    expect(text()).not.to.contain(LOST);
  });

  it('shows no value of the reader before, not even as the one that has changed', async () => {
    await press(`Get ${TERMINAL}`);
    await shows('3030303030303030');
    await comeBackAsAnother();
    expect(text()).not.to.contain('3030303030303030');
    expect(text()).to.contain(LOST);
    await element.send(commands.setProperty({ oid: TERMINAL, value: parseHex('3132333435363738') }));
    await press(`Get ${TERMINAL}`);
    await shows('3132333435363738');
    expect(row(TERMINAL)).not.to.contain('before');
  });

  it('shows no value of the reader before beside a question that was cut', async () => {
    await press(`Get ${TERMINAL}`);
    await shows('3030303030303030');
    button(`Get ${TERMINAL}`).click();
    await comeBackAsAnother();
    await shows(LOST);
    expect(text()).not.to.contain('3030303030303030');
  });

  it('is not taken for the one that was compared', async () => {
    const [, exported] = await saved('Export');
    const file = JSON.parse(exported) as PropertyFile;
    const { properties } = file;
    const changed = { ...properties, [FALLBACK]: { hex: '00', kind: 'choice', value: 'off' } };
    await choose(['other.json', JSON.stringify({ ...file, properties: changed })]);
    await shows('1 difference');
    expect(text()).to.contain('this reader');
    await press(`Use this for ${FALLBACK}`);
    await comeBackAsAnother();
    expect(root().querySelectorAll('form.edit')).to.have.length(0);
    expect(text()).to.contain(LOST).and.not.to.contain('1 difference');
    expect(changes).to.equal(0);
  });
});
