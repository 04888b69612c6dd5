/** The reader's screen on the page: its text, and what the cardholder is to do. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { MagtekDisplay } from '../../../src/elements/display/display.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

async function counter(options = {}) {
  const reader = new MockReader(options);
  readers.push(reader);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${reader.transport()} lang="en"><magtek-display></magtek-display></magtek-reader>`,
  );
  const display = element.querySelector('magtek-display')!;
  await element.connect();
  await display.updateComplete;
  return { reader, element, display };
}

/** The reader asks its host to show a text, as those without a screen do. */
function showText(reader: MockReader, text: string): void {
  const hex = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const length = (text.length + 12).toString(16).padStart(4, '0');
  reader.send(`AA00810483001803820402FFFFFF8482${length}180300000000000000000000${hex}`);
}

const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

const shows = (display: MagtekDisplay, text: string): Promise<void> =>
  waitUntil(() => textOf(display).includes(text), `${text} in ${textOf(display)}`, { timeout: 4_000 });

describe('the display', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('says how to present a card and for how long, then to wait, then how it ended', async () => {
    const { reader, element, display } = await counter({ pace: 150 });
    expect(textOf(display)).to.contain('Ready');
    await expect(display).to.be.accessible();
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR', accept: 'insert tap', timeout: 30 });
    await shows(display, 'Your card: insert or tap');
    expect(textOf(display)).to.match(/(29|30) seconds/);
    expect(display.shadowRoot?.querySelectorAll('svg')).to.have.length(2);
    await expect(display).to.be.accessible();
    reader.reader.tap('visa');
    await shows(display, 'Please wait');
    expect(textOf(display)).not.to.contain('seconds');
    await sale.result;
    await shows(display, 'Card read');
    await expect(display).to.be.accessible();
  });

  it('shows the text of a reader without a display, and what it means', async () => {
    const { reader, element, display } = await counter({ display: false, pace: 100 });
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR' });
    await shows(display, 'TAP, INSERT or SWIPE CARD');
    reader.reader.insert('visa');
    await shows(display, 'Remove your card');
    expect(textOf(display)).to.contain('CARD READ OK - REMOVE CARD');
    await sale.result;
  });

  it('says APPROVED once, where the reader says so too', async () => {
    const { reader, element, display } = await counter({ pace: 50 });
    element.authorize = () => Promise.resolve({ approved: true });
    const shown = new Set<string>();
    element.addEventListener('magtek-display', ({ detail }) => shown.add(detail.text));
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR', accept: 'insert tap' });
    await waitUntil(() => reader.reader.face.phase === 'waiting-for-card');
    reader.reader.tap('visa');
    expect((await sale.result).outcome).to.equal('approved');
    await shows(display, 'Approved');
    showText(reader, 'APPROVED');
    await waitUntil(() => shown.has('APPROVED'));
    await display.updateComplete;
    expect(textOf(display).match(/approved/giu)).to.have.length(1);
  });

  it('shows texts that the page sends to the reader, and says when there is more than one card', async () => {
    const { reader, element, display } = await counter();
    await element.client?.showMessage('SEE PHONE');
    await shows(display, 'Look at your phone');
    const sale = element.startTransaction({ amount: '1.00', currency: 'EUR' });
    await shows(display, 'Your card');
    reader.reader.collide();
    await shows(display, 'Present one card only');
    await sale.cancel();
    await shows(display, 'Cancelled');
  });

  it('shows nothing of the last sale beside the next one', async () => {
    const { element, display } = await counter();
    await element.client?.showMessage('APPROVED');
    await shows(display, 'APPROVED');
    const sale = element.startTransaction({ amount: '1.00', currency: 'EUR' });
    await shows(display, 'Your card');
    expect(textOf(display)).not.to.contain('APPROVED');
    await sale.cancel();
  });

  it('renders text as text, and no card number in it', async () => {
    const { reader, display } = await counter();
    const text = '<img src=x onerror=alert(1)> 4111 1111 1111 1111';
    showText(reader, text);
    await shows(display, '<img src=x');
    expect(display.shadowRoot?.querySelector('img')).to.equal(null);
    expect(textOf(display)).not.to.contain('1111 1111');
  });

  it('goes blank with the connection', async () => {
    const { element, display } = await counter();
    await element.client?.showMessage('APPROVED');
    await shows(display, 'APPROVED');
    element.disconnect();
    await shows(display, 'Ready');
    expect(textOf(display)).not.to.contain('APPROVED');
  });
});
