/**
 * Elements over USB in a real page: a simulated reader behind a fake of WebHID at report level, and the browser's own WebHID
 * where nobody has clicked.
 */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { toHex } from '../../../src/mms/hex.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import type { HidDeviceLike, HidLike } from '../../../src/transports/hid.js';
import { FakeHid, FakeHidDevice, hidWithReader } from '../../support/fake-hid.js';
import { seedTable } from '../../support/seed-table.js';
import { codeOf } from '../../support/code-of.js';
import { waitUntil } from '../../support/wait-until.js';

/** What the fake stands in for, by name. */
const usedOfAccess: (keyof HidLike)[] = ['getDevices', 'requestDevice', 'addEventListener', 'removeEventListener'];
const usedOfDevice: (keyof HidDeviceLike)[] = [
  ...(['opened', 'vendorId', 'productId', 'productName', 'collections'] as const),
  ...(['oninputreport', 'open', 'close', 'sendReport'] as const),
];

/** The browser's WebHID, until `restore`. */
function replaceHid(hid: FakeHid): void {
  Object.defineProperty(navigator, 'hid', { value: hid, configurable: true });
}

/** The next event of a name whose detail fits. */
const heard = <Detail>(element: HTMLElement, name: string, fits: (detail: Detail) => boolean): Promise<Detail> =>
  new Promise((resolve) => {
    element.addEventListener(name, (event) => {
      const { detail } = event as CustomEvent<Detail>;
      if (fits(detail)) resolve(detail);
    });
  });

describe('a reader on USB', () => {
  let element: MagtekReader;

  beforeEach(async () => {
    element = await fixture<MagtekReader>(html`<magtek-reader transport="hid"></magtek-reader>`);
  });

  afterEach(() => {
    element.disconnect();
    Reflect.deleteProperty(navigator, 'hid');
  });

  it('says what to do where the browser has it and nobody has clicked', async function () {
    if (!('hid' in navigator)) this.skip();
    expect(await codeOf(element.connect())).to.equal('not-chosen');
    expect(element.state).to.equal('failed');
    expect(element.error?.help).to.contain('click');
  });

  it('says that the browser does not have it', async function () {
    if ('hid' in navigator) this.skip();
    expect(await codeOf(element.connect())).to.equal('unsupported');
    expect(element.state).to.equal('failed');
    expect(element.error?.detail).to.contain('WebHID');
  });

  it('is used through what the browser’s own WebHID has', function () {
    if (!('hid' in navigator)) this.skip();
    const { HID, HIDDevice } = window as unknown as Record<'HID' | 'HIDDevice', { prototype: object }>;
    for (const name of usedOfAccess) expect(name in HID.prototype, name).to.equal(true);
    for (const name of usedOfDevice) expect(name in HIDDevice.prototype, name).to.equal(true);
  });

  for (const [name, hex] of seedTable) {
    it(`gets “${name}” there and its answer back`, async () => {
      replaceHid(hidWithReader().hid);
      await element.connect();
      const response = await element.send(hex);
      expect(response.reference).to.equal(parseInt(hex.slice(10, 12), 16));
      expect(response.id).to.equal(parseInt(hex.slice(12, 16), 16));
    });
  }

  it('runs a sale to its card data, which take many reports', async () => {
    const { hid, reader } = hidWithReader();
    replaceHid(hid);
    await element.connect();
    const arqc = heard<{ kind: string; maskedPan: string }>(element, 'magtek-card-data', ({ kind }) => kind === 'arqc');
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR', accept: ['insert'] });
    await heard<{ phase: string }>(element, 'magtek-transaction-change', ({ phase }) => phase === 'waiting-for-card');
    reader.insert();
    expect((await arqc).maskedPan).to.match(/^\d{4,6}[*]+\d{4}$/);
    const { outcome } = await sale.result;
    expect(outcome).to.equal('deferred');
  });

  it('loses the connection with the plug, and has it again with the plug; nothing is sent again', async () => {
    const { hid, device } = hidWithReader();
    replaceHid(hid);
    await element.connect();
    const answer = codeOf(element.send(seedTable[1][1]));
    hid.pullOut(device);
    expect(await answer).to.equal('connection-lost');
    expect(element.state).to.equal('reconnecting');
    const ready = heard<{ state: string }>(element, 'magtek-state-change', ({ state }) => state === 'ready');
    const returned = hid.replug(device);
    await ready;
    expect(hid.choosers).to.equal(0);
    // One report: the question for the serial number.
    expect(returned.reports.map((report) => toHex(report.subarray(8, 10)))).to.deep.equal(['D101']);
  });

  it('is opened when it is plugged in after the page was loaded', async () => {
    const hid = new FakeHid();
    replaceHid(hid);
    element.autoConnect = true;
    await waitUntil(() => element.state === 'failed');
    expect(element.error?.code).to.equal('not-chosen');
    hid.plugIn(new FakeHidDevice({ reader: new SimulatedReader({ pace: 0 }) }), { isPermitted: true });
    await waitUntil(() => element.state === 'ready');
    expect(hid.choosers).to.equal(0);
  });

  it('is not exchanged for another one unnoticed; a click takes the other', async () => {
    const { hid, device } = hidWithReader(new SimulatedReader({ pace: 0, serialNumber: 'B603226' }));
    replaceHid(hid);
    await element.connect();
    hid.pullOut(device);
    const stranger = new SimulatedReader({ pace: 0, serialNumber: 'B571AF2' });
    const other = new FakeHidDevice({ reader: stranger });
    hid.plugIn(other, { isPermitted: true });
    await waitUntil(() => element.state === 'failed');
    expect(element.error?.code).to.equal('other-reader');
    expect(element.error?.detail).to.equal('It was B603226, now it is B571AF2.');
    await waitUntil(() => !other.opened);
    await element.connect();
    expect((await element.getDeviceInfo()).serialNumber).to.equal('B571AF2');
  });

  it('is the same one again after the other was taken out', async () => {
    const { hid, device } = hidWithReader(new SimulatedReader({ pace: 0, serialNumber: 'B603226' }));
    replaceHid(hid);
    element.autoConnect = true;
    await waitUntil(() => element.state === 'ready');
    hid.pullOut(device);
    const other = new FakeHidDevice({ reader: new SimulatedReader({ pace: 0, serialNumber: 'B571AF2' }) });
    hid.plugIn(other, { isPermitted: true });
    await waitUntil(() => element.error?.code === 'other-reader');
    hid.pullOut(other);
    hid.replug(device);
    await waitUntil(() => element.state === 'ready');
  });

  it('is used by one tab at a time, which another may ask for', async () => {
    const reader = new SimulatedReader({ pace: 0 });
    replaceHid(hidWithReader(reader).hid);
    await element.connect();
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="another tab"></iframe>`);
    const other = frame.contentDocument!;
    // The browser lets each page open the device.
    Object.defineProperty(frame.contentWindow!.navigator, 'hid', {
      value: hidWithReader(reader).hid,
      configurable: true,
    });
    const script = other.createElement('script');
    script.type = 'module';
    script.src = new URL('../../../src/index.ts', import.meta.url).href;
    other.head.append(script);
    await frame.contentWindow!.customElements.whenDefined('magtek-reader');
    const there = other.createElement('magtek-reader');
    there.transport = 'hid';
    other.body.append(there);
    expect(await codeOf(there.connect())).to.equal('in-use');
    expect(there.error?.canTakeOver).to.equal(true);

    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR' });
    await waitUntil(() => sale.phase === 'waiting-for-card');
    expect(await codeOf(there.connect({ takeOver: true }))).to.equal('in-use');
    expect(there.error?.detail).to.contain('sale');
    await sale.cancel();

    await there.connect({ takeOver: true });
    expect(there.state).to.equal('ready');
    expect(element.state).to.equal('closed');
    expect(element.error).to.include({ code: 'in-use', canTakeOver: true });
    there.disconnect();
    // The lock is given free when the device is closed.
    await waitUntil(async () => (await codeOf(element.connect())) === 'resolved');
    expect(element.state).to.equal('ready');
  });

  it('is taken by one element only', async () => {
    replaceHid(hidWithReader().hid);
    await element.connect();
    const other = await fixture<MagtekReader>(html`<magtek-reader transport="hid"></magtek-reader>`);
    expect(await codeOf(other.connect())).to.equal('in-use');
  });

  it('is not confused with a transport that does not exist', async () => {
    element.transport = 'telegraph';
    expect(await codeOf(element.connect())).to.equal('bad-url');
    expect(element.error?.message).to.contain('telegraph');
  });
});
