/** `<magtek-status>` beside a reader that fails, recovers and reports its condition; and Pay while a restart is announced. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex } from '../../../src/mms/hex.js';
import { TransportError } from '../../../src/transports/transport.js';
import { codeOf } from '../../support/code-of.js';
import { FakeTransport } from '../../support/fake-transport.js';
import { rested } from '../../support/rested.js';
import { waitUntil } from '../../support/wait-until.js';

const textOf = (element: Element): string =>
  element.shadowRoot?.textContent.replace(/\s+/g, ' ').replaceAll('\u00a0', ' ') ?? '';

async function make(lang = 'en') {
  const transport = Object.assign(new FakeTransport(), {
    destination: { url: 'wss://reader.example:8443/?key=secret', isLoopback: false },
  });
  const element = await fixture<MagtekReader>(html`
    <magtek-reader lang=${lang} .transport=${transport}>
      <magtek-status></magtek-status>
      <magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>
    </magtek-reader>
  `);
  const status = element.querySelector('magtek-status')!;
  const pay = element.querySelector('magtek-transaction')!;
  const report = async (detail: string): Promise<void> => {
    transport.deliver(toMessage({ kind: 'notification', id: 0x1001, detail: parseHex(detail), payload: [] }).bytes);
    await status.updateComplete;
    await pay.updateComplete;
  };
  return { transport, element, status, pay, report };
}

afterEach(() => {
  for (const element of document.querySelectorAll('magtek-reader')) element.disconnect();
});

describe('the status of a reader that cannot be reached', () => {
  it('has the address of the documentation, and the one at which a certificate can be accepted', async () => {
    const { transport, element, status } = await make();
    transport.opening = () => Promise.reject(new TransportError('certificate-suspected', ''));
    expect(await codeOf(element.connect())).to.equal('certificate-suspected');
    await status.updateComplete;
    const links = [...status.shadowRoot!.querySelectorAll('a')];
    expect(links.map(({ href }) => href)).to.deep.equal(['https://reader.example:8443/', element.error!.url]);
    for (const link of links) {
      expect(link.target).to.equal('_blank');
      expect(link.relList.contains('noreferrer')).to.equal(true);
    }
    expect(textOf(status)).not.to.contain('secret');
    await rested(status);
    await expect(status).to.be.accessible();
  });

  it('says that it was not reached yet, not that it was lost', async () => {
    const { transport, element, status } = await make();
    transport.opening = () => Promise.reject(new TransportError('unreachable', 'failed'));
    await codeOf(element.connect({ persist: true }));
    await status.updateComplete;
    expect(textOf(status)).to.contain('Not reached yet, trying again');
    transport.opening = () => Promise.resolve();
    await element.connect();
    transport.opening = () => Promise.reject(new TransportError('unreachable', 'failed'));
    transport.lose();
    await status.updateComplete;
    expect(textOf(status)).to.contain('Connection lost, trying again');
  });
});

describe('the condition of a reader', () => {
  it('is an event of the page and a line of the status', async () => {
    const { element, status, report } = await make();
    await element.connect();
    const seen: [string, number | undefined][] = [];
    document.addEventListener('magtek-health', ({ detail }) => seen.push([detail.kind, detail.level]), { once: true });
    await report('00020014');
    expect(seen).to.deep.equal([['battery', 20]]);
    expect(textOf(status)).to.contain('The reader’s battery is low: 20% left.');
    await report('0400013C');
    expect(textOf(status)).to.contain('too cold or too warm: 60°C');
    await rested(status);
    await expect(status).to.be.accessible();
  });

  it('is said in the language of the page', async () => {
    const { element, status, report } = await make('de');
    await element.connect();
    await report('00020014');
    await waitUntil(() => textOf(status).includes('Der Akku des Lesegeräts ist schwach: noch 20 %.'));
  });

  it('lets Pay wait while a restart is announced, and says why', async () => {
    const { element, pay, report } = await make();
    await element.connect();
    await pay.updateComplete;
    const button = (): HTMLButtonElement => pay.shadowRoot!.querySelector('button')!;
    expect(button().getAttribute('aria-disabled')).to.equal('false');
    await report('00010000');
    expect(button().getAttribute('aria-disabled')).to.equal('true');
    expect(textOf(pay)).to.contain('The reader restarts in a moment.');
    button().click();
    expect(element.transaction).to.equal(undefined);
    await report('00000000');
    expect(button().getAttribute('aria-disabled')).to.equal('false');
  });
});
