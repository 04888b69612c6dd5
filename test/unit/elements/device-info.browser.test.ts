/** The facts of a reader, in a page: asked once for a connection, by button, and told why when it fails. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/device-info/define.js';
import { commands } from '../../../src/mms/commands/index.js';
import { toHex } from '../../../src/mms/hex.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import type { MagtekDeviceInfo } from '../../../src/elements/device-info/device-info.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

interface Page {
  readonly mock: MockReader;
  readonly reader: MagtekReader;
  readonly info: MagtekDeviceInfo;
}

async function page(isManual = false): Promise<Page> {
  const mock = new MockReader();
  readers.push(mock);
  const reader = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${mock.transport()}>
      <magtek-device-info ?manual=${isManual}></magtek-device-info>
    </magtek-reader>
  `);
  return { mock, reader, info: reader.querySelector('magtek-device-info')! };
}

const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

const inside = (info: MagtekDeviceInfo, part: string): HTMLButtonElement =>
  info.shadowRoot!.querySelector<HTMLButtonElement>(`[part=${part}]`)!;

/** Each term with its description. */
const listOf = (info: MagtekDeviceInfo): ReadonlyMap<string, string> =>
  new Map(
    [...info.shadowRoot!.querySelectorAll('dt')].map((term) => [
      term.textContent,
      term.nextElementSibling?.textContent.trim() ?? '',
    ]),
  );

const isIdle = async (info: MagtekDeviceInfo): Promise<void> => {
  await waitUntil(() => info.info !== undefined && !inside(info, 'refresh').disabled);
};

/** Requests for the serial number that the reader got. */
const timesAsked = ({ received }: MockReader): number => received.filter((hex) => hex.includes('D101')).length;

describe('the element about the reader', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('shows and copies no card number that the reader has for a text', async () => {
    const { reader, info } = await page();
    await reader.connect();
    await isIdle(info);
    const value = new TextEncoder().encode('till 4111111111111111');
    await reader.send(commands.setProperty({ oid: '1.2.2.1.1.8', value }));
    await info.refresh();
    await info.updateComplete;
    expect(textOf(info)).to.contain('till 411111');
    expect(textOf(info)).not.to.contain('4111111111111111');
    let copied = '';
    const { clipboard } = navigator;
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = (text) => ((copied = text), Promise.resolve());
    try {
      inside(info, 'copy').click();
      await waitUntil(() => copied !== '');
    } finally {
      clipboard.writeText = write;
    }
    expect(copied).to.contain('till 411111');
    expect(copied).not.to.contain('4111111111111111');
    expect(copied).not.to.contain(toHex(new TextEncoder().encode('4111111111111111')));
  });

  it('asks when the connection stands and lists everything that the reader answers', async () => {
    const { reader, info } = await page();
    expect(textOf(info)).to.contain('has not been asked');
    expect(inside(info, 'refresh').disabled).to.equal(true);
    await expect(info).to.be.accessible();
    await reader.connect();
    await isIdle(info);
    const known = info.info!;
    const list = listOf(info);
    expect(known.serialNumber).to.match(/^[0-9A-F]{7}$/);
    expect(list.get('Serial number')).to.equal(known.serialNumber);
    expect(list.get('Capabilities, layout not published')).to.equal(known.capabilities);
    expect(list.get('Connections at a time')).to.equal(String(known.connectionLimit));
    expect(list.get('Main firmware id')).to.equal(known.properties.find(({ oid }) => oid === '2.1.2.2.2.2')?.text);
    expect(list.get('Model')).to.equal('unknown');
    expect(list.get('Battery')).to.equal('100%');
    expect(list.get('Volume')).to.equal('100%');
    expect(list.get('Lock')).to.equal('unlocked');
    expect(list.get('Keys')).to.equal('for tests');
    expect(list.get('Wireless')).to.equal('Wi-Fi');
    expect(list.size, 'one line for each property, and model, keys and wireless').to.equal(known.properties.length + 3);
    await expect(info).to.be.accessible();
  });

  it('asks again by its button, and once however often that is pressed', async () => {
    const { mock, reader, info } = await page(true);
    await reader.connect();
    await info.updateComplete;
    expect(timesAsked(mock), 'it does not ask by itself').to.equal(0);
    const first = info.refresh();
    expect(info.refresh()).to.equal(first);
    await first;
    const once = timesAsked(mock);
    await isIdle(info);
    inside(info, 'refresh').click();
    inside(info, 'refresh').click();
    await waitUntil(() => textOf(info).includes('Asking the reader'));
    await isIdle(info);
    expect(timesAsked(mock)).to.equal(2 * once);
  });

  it('asks again after a new connection, not when it is drawn again', async () => {
    const { mock, reader, info } = await page();
    await reader.connect();
    await isIdle(info);
    const once = timesAsked(mock);
    info.requestUpdate();
    await info.updateComplete;
    expect(timesAsked(mock)).to.equal(once);
    reader.disconnect();
    await info.updateComplete;
    await reader.connect();
    await waitUntil(() => timesAsked(mock) === 2 * once);
    await isIdle(info);
  });

  for (const isManual of [false, true]) {
    it(`has nothing of the reader before on a new connection${isManual ? ' where it asks by its button only' : ' whose reader tells nothing'}`, async () => {
      const { mock, reader, info } = await page(isManual);
      await reader.connect();
      await info.refresh();
      const { serialNumber } = info.info!;
      reader.disconnect();
      await info.updateComplete;
      expect(textOf(info)).to.contain(serialNumber);
      mock.reader.startFault('busy');
      await reader.connect();
      await waitUntil(() => info.info === undefined, undefined, { timeout: 20_000 });
      await info.updateComplete;
      expect(textOf(info)).not.to.contain(serialNumber);
    });
  }

  it('says what went wrong and what to do, also to the caller', async () => {
    const { info } = await page(true);
    let thrown: unknown;
    await info.refresh().catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.be.instanceOf(ReaderError).with.property('code', 'not-connected');
    await info.updateComplete;
    expect(inside(info, 'error').textContent).to.contain('Open the connection first.');
    await expect(info).to.be.accessible();
  });

  it('forgets a reader that is gone, and an answer that is still to come', async () => {
    const { reader, info } = await page();
    await reader.connect();
    await isIdle(info);
    const late = info.refresh();
    const parent = info.parentElement!;
    info.remove();
    expect(info.info).to.equal(undefined);
    let code = '';
    await late.catch((cause: unknown) => {
      code = (cause as ReaderError).code;
    });
    expect(code).to.equal('aborted');
    expect(info.info).to.equal(undefined);
    parent.append(info);
    await isIdle(info);
  });

  it('copies everything as JSON, or says that it may not', async () => {
    const { reader, info } = await page();
    await reader.connect();
    await isIdle(info);
    const { clipboard } = navigator;
    const original = clipboard.writeText.bind(clipboard);
    let copied = '';
    try {
      clipboard.writeText = (text) => {
        copied = text;
        return Promise.resolve();
      };
      inside(info, 'copy').click();
      await waitUntil(() => textOf(info).includes('Copied.'));
      const json = JSON.parse(copied) as { serialNumber: string; properties: unknown[] };
      expect(json.serialNumber).to.equal(info.info?.serialNumber);
      expect(json.properties).to.have.length(info.info!.properties.length);
      clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
      inside(info, 'copy').click();
      await waitUntil(() => textOf(info).includes('does not allow'));
    } finally {
      clipboard.writeText = original;
    }
  });
});
