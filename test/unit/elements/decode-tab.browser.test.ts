/** The decode tab of the command panel: pasted, dropped and chosen; shown as a tree, wrong at its place, and never in clear. */
import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../../src/elements/command-panel/define.js';
import type { MagtekCommandPanel } from '../../../src/elements/command-panel/command-panel.js';
import { MOST_LINES } from '../../../src/elements/shared/tree-view.js';
import { toHex } from '../../../src/mms/hex.js';
import { encodeTlv } from '../../../src/mms/tlv.js';
import { toPackets } from '../../../src/transports/hid-packets.js';
import { parseHex } from '../../../src/mms/hex.js';
import constructed from '../../support/vectors/constructed-messages.json' with { type: 'json' };
import { waitUntil } from '../../support/wait-until.js';

const CANCEL = 'AA0081040113100884021008';
const APPROVED = 'AA0081040155180384081803810100820103';
const PAN = '4111111111111111';

let panel: MagtekCommandPanel;
const root = (): ShadowRoot => panel.shadowRoot!;
const field = (): HTMLTextAreaElement => root().querySelector<HTMLTextAreaElement>('#decode')!;
const textOf = (): string => root().textContent.replace(/\s+/g, ' ');
const treeLines = (): string[] =>
  [...root().querySelectorAll('[role=treeitem]')].map((line) => line.getAttribute('aria-label') ?? '');
const problems = (): string[] =>
  [...root().querySelectorAll('#decode-problems li')].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

async function openTab(): Promise<void> {
  root().querySelector<HTMLElement>('#tab-decode')!.click();
  await waitUntil(() => root().querySelector('#decode') !== null, undefined, { timeout: 20_000 });
}

async function paste(text: string): Promise<void> {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', text);
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
  // Firefox takes no data from the constructor.
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  field().dispatchEvent(event);
  await panel.updateComplete;
}

async function press(name: string): Promise<void> {
  const button = [...root().querySelectorAll<HTMLElement>('section[part=decode] button')].find(
    ({ textContent }) => textContent.trim() === name,
  );
  button!.click();
  await panel.updateComplete;
}

async function drop(file: File): Promise<void> {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  field().dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  await waitUntil(() => textOf().includes('Found') || problems().length > 0, undefined, { timeout: 20_000 });
}

describe('the decode tab', () => {
  beforeEach(async () => {
    panel = await fixture(html`<magtek-command-panel></magtek-command-panel>`);
    await openTab();
  });

  it('says what was pasted and shows its parts by name', async () => {
    await paste(CANCEL.match(/../g)!.join(':'));
    expect(textOf()).to.contain('Found: MMS message, in hexadecimal.');
    expect(treeLines().join('\n')).to.contain('Number 1008 Cancel Transaction');
    expect(field().value).to.equal(CANCEL);
    await paste('');
    await press('Clear');
    await paste('qgCBBAETEAiEAhAI');
    expect(textOf()).to.contain('Found: MMS message, in base64.');
    expect(treeLines().join('\n')).to.contain('Cancel Transaction');
  });

  for (const [what, text, found] of [
    ['objects', '9F02060000000004605F2A020978', 'list of TLV objects, in hexadecimal'],
    ['a USB packet', `000C${CANCEL}`.padEnd(128, '0'), 'MMS message, in hexadecimal, in 1 USB packet.'],
    ['a hardware id', 'USB\\VID_0801&PID_2020&REV_0100', 'hardware id of a USB device, as text'],
    ['a firmware id', '1000007383-AG1-PRD', 'firmware id, as text'],
  ] as const) {
    it(`knows ${what}`, async () => {
      await paste(text);
      expect(textOf()).to.contain(`Found: ${found}`);
      expect(treeLines().length).to.be.above(1);
      await expect(panel).to.be.accessible();
    });
  }

  it('lets several messages be chosen from', async () => {
    await paste(`${CANCEL}\n${APPROVED}`);
    expect(textOf()).to.contain('Found: 2 things.');
    const select = root().querySelector<HTMLSelectElement>('section[part=decode] select')!;
    expect([...select.options].map(({ textContent }) => textContent)).to.deep.equal([
      '1: Cancel Transaction (ref 19)',
      '2: Display Message “APPROVED” (ref 85)',
    ]);
    select.value = '1';
    select.dispatchEvent(new Event('change'));
    await panel.updateComplete;
    expect(treeLines().join('\n')).to.contain('03 APPROVED');
    await expect(panel).to.be.accessible();
  });

  it('takes a dropped file, as text or as bytes, and a chosen one', async () => {
    await drop(new File([`# log\n${CANCEL}\n`], 'log.txt'));
    expect(treeLines().join('\n')).to.contain('Cancel Transaction');
    await press('Clear');
    expect(treeLines()).to.have.length(0);
    await drop(new File([parseHex(CANCEL).slice()], 'message.bin'));
    expect(textOf()).to.contain('Found: MMS message, as bytes.');
    await press('Clear');
    const chooser = root().querySelector<HTMLInputElement>('section[part=decode] [type=file]')!;
    const files = new DataTransfer();
    files.items.add(new File([APPROVED], 'approved.txt'));
    chooser.files = files.files;
    chooser.dispatchEvent(new Event('change'));
    await waitUntil(() => treeLines().join('\n').includes('APPROVED'), undefined, { timeout: 20_000 });
  });

  it('says at which line and character the text is wrong, and marks it', async () => {
    await paste('AA00\n81xx');
    expect(problems()).to.deep.equal(['Line 2, character 3: “x” is not a hexadecimal digit (character 3).']);
    expect(field().getAttribute('aria-invalid')).to.equal('true');
    await waitUntil(() => root().activeElement === field());
    expect(field().value.slice(field().selectionStart, field().selectionEnd)).to.equal('x');
    await paste('');
    await press('Clear');
    await paste(CANCEL.slice(0, -2));
    expect(problems()[0]).to.contain('Line 1, character 17:').and.to.contain('byte 9');
    await press('Clear');
    await press('Decode');
    expect(problems()).to.deep.equal(['Line 1, character 1: There is nothing to decode.']);
    await expect(panel).to.be.accessible();
  });

  it('forgets what is wrong as soon as something is typed', async () => {
    await paste('AA008');
    expect(problems()).to.have.length(1);
    field().focus();
    await sendKeys({ press: 'End' });
    await sendKeys({ type: '1' });
    await panel.updateComplete;
    expect(problems()).to.have.length(0);
  });

  it('shows card data nowhere: not in the tree, the lines, the field or the errors', async () => {
    const arqc = constructed.messages.find(({ name }) => name === 'contact-arqc')!.hex;
    const track = toHex(Uint8Array.from(`;${PAN}=2512`.padEnd(39, '0'), (character) => character.charCodeAt(0)));
    const clear = arqc.replace(/(DFDF4D27)[0-9A-F]{78}/, `$1${track}`);
    const packed = toHex(encodeTlv([{ tag: '5A', value: parseHex(PAN) }]));
    const packets = toPackets(parseHex(clear), 64).map(toHex).join('\n');
    for (const text of [clear, packets, packed, PAN, clear.slice(0, -2), `5A 08 ${PAN} zz`, `${CANCEL}\nPAN ${PAN}`]) {
      await press('Clear');
      await paste(text);
      const shown = [textOf(), root().innerHTML, field().value, ...treeLines()].join('\n');
      expect(shown, text.slice(0, 40)).not.to.contain(PAN);
      expect(shown, text.slice(0, 40)).not.to.contain(toHex(Uint8Array.from(PAN, (digit) => digit.charCodeAt(0))));
    }
  });

  it('masks in the field what it has decoded, however that was written, where another line is wrong', async () => {
    const secret = '9876543210';
    const hex = `AA0081040102EF068414EF06810101820100830A${toHex(Uint8Array.from(secret, (digit) => digit.charCodeAt(0)))}`;
    const pairs = hex.match(/../g)!;
    for (const written of [
      hex,
      ...[':', '-', ', ', '  ', '\t'].map((between) => pairs.join(between)),
      `0x${pairs.join(' 0x')}`,
    ]) {
      await press('Clear');
      for (const others of [`${CANCEL}\n${CANCEL}x`, `${CANCEL}x`]) {
        await paste(`${written}\n${others}`);
        expect(problems(), written).to.have.length(1);
        const digits = field().value.replace(/0x|[^0-9A-F]/g, '');
        expect(digits, written).not.to.contain('39383736').and.not.to.contain('33323130');
        expect(field().value.split('\n'), written).to.have.length(1 + others.split('\n').length);
        await press('Clear');
      }
    }
  });

  it('says the place in its line also where the text is too long to be shown', async () => {
    await paste(`${`${CANCEL}\n`.repeat(1_000)}AA!!`);
    expect(field().value).to.equal('');
    expect(problems()[0]).to.contain('Line 1,001, character 3:');
  });

  it('names the first 500 of many wrong lines, and how many more there are', async () => {
    await paste(`${CANCEL}\n${CANCEL}\n${'wrong line\n'.repeat(90_000)}`);
    expect(textOf()).to.contain('Found: 2 things.').and.to.contain('too long to be shown');
    expect(problems()).to.have.length(501);
    expect(problems()[0]).to.contain('Line 3, character 1:');
    expect(problems().at(-1)).to.equal('89,500 more');
  });

  it('decodes again what it shows in the field', async () => {
    await paste(constructed.messages.map(({ hex }) => hex).join('\n'));
    const before = treeLines();
    await press('Decode');
    expect(problems()).to.deep.equal([]);
    expect(treeLines()).to.deep.equal(before);
  });

  it('renders no more lines of a message of 0.6 MB than of any other, and does not put it into the field', async () => {
    const objects = encodeTlv(
      Array.from({ length: 60_000 }, (_, index) => ({
        tag: 'C1',
        value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, index & 0xff),
      })),
    );
    const payload = new Uint8Array(2 + objects.length);
    payload.set([0x18, 0x03]);
    payload.set(objects, 2);
    await paste(`AA00810401551803${toHex(encodeTlv([{ tag: '84', value: payload }]))}`);
    expect(treeLines()).to.have.length(MOST_LINES);
    expect(root().querySelectorAll('*').length).to.be.below(MOST_LINES * 6 + 200);
    expect(field().value).to.equal('');
    expect(textOf()).to.contain('too long to be shown');
  });

  it('is used by keyboard alone, also from right to left', async () => {
    panel.dir = 'rtl';
    root().querySelector<HTMLElement>('#tab-decode')!.focus();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    field().focus();
    await sendKeys({ type: CANCEL });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await panel.updateComplete;
    expect(textOf()).to.contain('Found: MMS message');
    root().querySelector<HTMLElement>('[role=tree]')!.focus();
    await sendKeys({ press: 'ArrowDown' });
    await panel.updateComplete;
    expect(root().querySelector('[aria-selected=true].node')!.getAttribute('aria-label')).to.contain('Version');
    await expect(panel).to.be.accessible();
  });

  it('fits a screen of 320 pixels', async () => {
    await setViewport({ width: 320, height: 640 });
    try {
      await paste(`${CANCEL}\n${APPROVED}`);
      await aTimeout(0);
      expect(document.documentElement.scrollWidth).to.be.at.most(320);
      for (const part of root().querySelectorAll('section[part=decode] > *')) {
        expect(part.getBoundingClientRect().right, part.outerHTML.slice(0, 60)).to.be.at.most(320);
      }
    } finally {
      await setViewport({ width: 800, height: 600 });
    }
  });
});
