import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { HidTransport, type HidTransportOptions } from '../../../src/transports/hid.js';
import { TransportError } from '../../../src/transports/transport.js';
import { CollectingSink } from '../../support/collecting-sink.js';
import { FakeHid, FakeHidDevice } from '../../support/fake-hid.js';
import { codeOf } from '../../support/code-of.js';

const CANCEL = 'AA0081040113100884021008';
const LONG = `AA00810401010000${'5A'.repeat(200)}`;

let hid: FakeHid;
let device: FakeHidDevice;
const transports: HidTransport[] = [];

beforeEach(() => {
  hid = new FakeHid();
  device = new FakeHidDevice();
});

afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  await turn();
  expect(hid.listening).toBe(0);
});

function make(options: HidTransportOptions = {}): HidTransport {
  const transport = new HidTransport({ hid, ...options });
  transports.push(transport);
  return transport;
}

/** A transport that is open to the device. */
async function opened(sink = new CollectingSink(), options?: HidTransportOptions): Promise<HidTransport> {
  hid.plugIn(device, { isPermitted: true });
  const transport = make(options);
  await transport.open(sink);
  return transport;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await turn();
};

describe('permission', () => {
  test('a reader that is permitted already is opened without asking', async () => {
    await opened();
    expect(device.opened).toBe(true);
    expect(hid.choosers).toBe(0);
  });

  test('without it and without a click the person is told, and nothing is shown', async () => {
    hid.plugIn(device);
    expect(await codeOf(make().open(new CollectingSink()))).toBe('not-chosen');
    expect(hid.choosers).toBe(0);
  });

  test('a click lets the person choose, once', async () => {
    hid.plugIn(device);
    hid.isUserActive = true;
    const transport = make();
    await transport.open(new CollectingSink());
    transport.close();
    hid.isUserActive = false;
    await transport.open(new CollectingSink());
    expect(hid.choosers).toBe(1);
    expect(device.openings).toBe(2);
  });

  test('a chooser that is closed is permission that is still needed', async () => {
    hid.plugIn(device);
    hid.isUserActive = true;
    hid.choose = () => [];
    expect(await codeOf(make().open(new CollectingSink()))).toBe('not-chosen');
  });

  test('a page whose permissions policy forbids it says so, with and without a click', async () => {
    const forbidden = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('Access to the feature "hid" is disallowed.'), { name: 'SecurityError' }));
    Object.assign(hid, { getDevices: forbidden, requestDevice: forbidden });
    for (const isUserActive of [true, false]) {
      hid.isUserActive = isUserActive;
      const client = new ReaderClient({ transport: make() });
      const error = await client.connect().then(
        () => undefined,
        (reason: unknown) => reason as ReaderError,
      );
      client.disconnect();
      expect(error).toMatchObject({ code: 'unsupported', because: { code: 'usb-forbidden' } });
      expect(error?.help).toContain('<iframe allow="hid">');
    }
  });

  // Where there is one: hid.browser.test.ts.
  test.runIf(!('navigator' in globalThis && 'hid' in navigator))('a browser without WebHID is told apart', async () => {
    expect(await codeOf(new HidTransport().open(new CollectingSink()))).toBe('unsupported');
  });
});

describe('which device', () => {
  test('is of the vendor and takes reports, whatever its product', async () => {
    const others = [
      new FakeHidDevice({ vendorId: 0x1234 }),
      new FakeHidDevice({ productId: 0x0011, productName: 'swipe reader', hasReports: false }),
      new FakeHidDevice({ productId: 0x0001, productName: 'keyboard', isKeyboard: true }),
    ];
    for (const other of others) hid.plugIn(other, { isPermitted: true });
    device = new FakeHidDevice({ productId: 0x2fff, productName: 'a reader of tomorrow' });
    await opened();
    expect(device.opened).toBe(true);
    expect(others.map((other) => other.opened)).toEqual([false, false, false]);
  });

  test.each(['DynaProx', ' dynaprox ', '2023'])('is the one that is named “%s”', async (name) => {
    const prox = new FakeHidDevice({ productId: 0x2023, productName: 'DynaProx' });
    hid.plugIn(device, { isPermitted: true });
    hid.plugIn(prox, { isPermitted: true });
    await make({ device: name }).open(new CollectingSink());
    expect([device.opened, prox.opened]).toEqual([false, true]);
  });

  test('is not another one that the person chose', async () => {
    hid.plugIn(device);
    hid.isUserActive = true;
    expect(await codeOf(make({ device: '2023' }).open(new CollectingSink()))).toBe('unreachable');
    expect(device.opened).toBe(false);
  });

  test('is a free one where another has one open, else it is in use', async () => {
    const second = new FakeHidDevice();
    await opened();
    expect(await codeOf(make().open(new CollectingSink()))).toBe('already-open');
    hid.plugIn(second, { isPermitted: true });
    await make().open(new CollectingSink());
    expect(second.opened).toBe(true);
  });

  test('is in use while another part of the page is opening it', async () => {
    hid.plugIn(device, { isPermitted: true });
    const codes = [make(), make()].map((transport) => codeOf(transport.open(new CollectingSink())));
    expect((await Promise.all(codes)).sort()).toEqual(['already-open', 'resolved']);
  });

  test('that the system does not give away is unreachable', async () => {
    device.opening = () => Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));
    hid.plugIn(device, { isPermitted: true });
    expect(await codeOf(make().open(new CollectingSink()))).toBe('unreachable');
    expect(device.oninputreport).toBeNull();
  });
});

describe('messages', () => {
  test('go out in whole reports, one message after the other', async () => {
    const transport = await opened();
    void transport.send(parseHex(LONG));
    void transport.send(parseHex(CANCEL));
    await until(() => device.reports.length === 5);
    expect(device.reports.map((report) => report[0])).toEqual([1, 2, 2, 3, 0]);
    expect(toHex(device.reports[4]!.subarray(0, 14))).toBe(`000C${CANCEL}`);
  });

  test('come in whole, short and long, by their lengths', async () => {
    const sink = new CollectingSink();
    await opened(sink);
    device.deliver(parseHex(CANCEL));
    device.deliver(parseHex(LONG));
    expect(sink.messages).toEqual([CANCEL, LONG]);
    expect(sink.noises).toEqual([]);
  });

  test('that are none are noise', async () => {
    const sink = new CollectingSink();
    await opened(sink);
    device.report([9, 9]);
    device.deliver(parseHex(CANCEL));
    expect(sink.noises).toHaveLength(1);
    expect(sink.messages).toEqual([CANCEL]);
  });

  test('are refused while it is not open', async () => {
    const transport = make();
    expect(() => {
      void transport.send(parseHex(CANCEL));
    }).toThrow(TransportError);
    hid.plugIn(device, { isPermitted: true });
    const opening = transport.open(new CollectingSink());
    expect(() => {
      void transport.send(parseHex(CANCEL));
    }).toThrow(TransportError);
    await opening;
  });

  test('that the device does not take end the connection', async () => {
    const sink = new CollectingSink();
    const transport = await opened(sink);
    device.sending = () => Promise.reject(new Error('gone'));
    void transport.send(parseHex(CANCEL));
    await sink.until(({ closes }) => closes.length === 1);
    expect(sink.closes[0]).toMatchObject({ kind: 'lost' });
    await until(() => !device.opened);
  });
});

describe('closing', () => {
  test('is told once, hears nothing more and closes the device', async () => {
    const sink = new CollectingSink();
    const transport = await opened(sink);
    transport.close();
    transport.close();
    device.deliver(parseHex(CANCEL));
    expect(sink.closes).toEqual([{ kind: 'requested' }]);
    expect(sink.messages).toEqual([]);
    await until(() => !device.opened);
  });

  test('in the middle of a message cancels it, so that the next one is understood', async () => {
    const transport = await opened();
    device.sending = async () => {
      if (device.reports.length === 1) transport.close();
    };
    void transport.send(parseHex(LONG));
    await until(() => !device.opened);
    expect(device.reports.map((report) => report[0])).toEqual([1, 2, 4]);
  });

  test('leaves a whole message alone', async () => {
    const transport = await opened();
    void transport.send(parseHex(CANCEL));
    await until(() => device.reports.length === 1);
    transport.close();
    await until(() => !device.opened);
    expect(device.reports).toHaveLength(1);
  });

  test('lets the device close before it is opened again', async () => {
    const transport = await opened();
    transport.close();
    await transport.open(new CollectingSink());
    expect(device.openings).toBe(2);
  });

  test('while opening leaves nothing open', async () => {
    hid.plugIn(device, { isPermitted: true });
    const transport = make();
    const opening = codeOf(transport.open(new CollectingSink()));
    transport.close();
    expect(await opening).toBe('not-open');
    await turn();
    await turn();
    expect(device.opened).toBe(false);
    await transport.open(new CollectingSink());
    expect(device.opened).toBe(true);
  });

  test('while the device opens closes it again', async () => {
    let finish: () => void = () => undefined;
    device.opening = () => new Promise((resolve) => (finish = resolve));
    hid.plugIn(device, { isPermitted: true });
    const transport = make();
    const opening = codeOf(transport.open(new CollectingSink()));
    await turn();
    transport.close();
    expect(await opening).toBe('not-open');
    finish();
    await turn();
    await turn();
    expect(device.opened).toBe(false);
  });

  test('by a signal rejects with its reason, before and while it opens', async () => {
    hid.plugIn(device, { isPermitted: true });
    const reason = new Error('enough');
    const transport = make();
    await expect(transport.open(new CollectingSink(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const opening = transport.open(new CollectingSink(), { signal: controller.signal });
    controller.abort(reason);
    await expect(opening).rejects.toBe(reason);
    await turn();
    expect(device.opened).toBe(false);
  });

  test('twice at once is refused, and the first goes on', async () => {
    hid.plugIn(device, { isPermitted: true });
    const transport = make();
    const opening = transport.open(new CollectingSink());
    expect(await codeOf(transport.open(new CollectingSink()))).toBe('already-open');
    await opening;
    expect(device.opened).toBe(true);
  });
});

describe('the plug', () => {
  test('pulled out is a lost connection; put in again it is reopened without asking', async () => {
    const sink = new CollectingSink();
    const transport = await opened(sink);
    hid.pullOut(device);
    expect(sink.closes).toEqual([
      { kind: 'lost', text: 'The reader was unplugged.', because: { code: 'usb-unplugged' } },
    ]);
    // A click elsewhere must not bring up a chooser.
    hid.isUserActive = true;
    const again = transport.open(sink);
    await turn();
    expect(device.openings).toBe(1);
    // The same reader comes back as another object.
    const returned = new FakeHidDevice();
    hid.plugIn(returned, { isPermitted: true });
    await again;
    expect(returned.opened).toBe(true);
    expect(hid.choosers).toBe(0);
    returned.deliver(parseHex(CANCEL));
    expect(sink.messages).toEqual([CANCEL]);
  });

  test('of another device is none of its business', async () => {
    const sink = new CollectingSink();
    await opened(sink);
    const other = new FakeHidDevice();
    hid.plugIn(other, { isPermitted: true });
    hid.pullOut(other);
    expect(sink.closes).toEqual([]);
  });

  test('waiting for it ends when it is given up, and then the person is asked again', async () => {
    const transport = await opened();
    hid.pullOut(device);
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = transport.open(new CollectingSink(), { signal: controller.signal });
    await turn();
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const closing = codeOf(transport.open(new CollectingSink()));
    await turn();
    transport.close();
    expect(await closing).toBe('not-open');
    expect(hid.listening).toBe(0);
    hid.isUserActive = true;
    const fresh = new FakeHidDevice();
    hid.plugIn(fresh);
    await transport.open(new CollectingSink());
    expect(hid.choosers).toBe(1);
  });

  test('of the same model that was there all the time is not taken instead', async () => {
    const neighbour = new FakeHidDevice();
    const transport = await opened();
    hid.plugIn(neighbour, { isPermitted: true });
    hid.pullOut(device);
    const again = transport.open(new CollectingSink());
    await turn();
    expect(neighbour.opened).toBe(false);
    const returned = hid.replug(device);
    await again;
    expect([neighbour.opened, returned.opened]).toEqual([false, true]);
  });

  test('of another model is not taken instead', async () => {
    const transport = await opened();
    hid.pullOut(device);
    const again = transport.open(new CollectingSink());
    const prox = new FakeHidDevice({ productId: 0x2023, productName: 'DynaProx' });
    hid.plugIn(prox, { isPermitted: true });
    await turn();
    expect(prox.opened).toBe(false);
    const returned = hid.replug(device);
    await again;
    expect(returned.opened).toBe(true);
  });

  test('put in again before anybody opens is noticed', async () => {
    const transport = await opened();
    const returned = hid.replug(device);
    await transport.open(new CollectingSink());
    expect(returned.opened).toBe(true);
  });

  test('is told to whoever watches, for readers that fit and are permitted', () => {
    let arrivals = 0;
    const stop = make({ device: '2020' }).onArrival(() => arrivals++);
    hid.plugIn(new FakeHidDevice({ productId: 0x2023 }), { isPermitted: true });
    hid.plugIn(new FakeHidDevice());
    expect(arrivals).toBe(0);
    hid.plugIn(new FakeHidDevice(), { isPermitted: true });
    expect(arrivals).toBe(1);
    stop();
  });
});

describe('a try that nobody asked for', () => {
  test('shows no chooser, also while the page handles a click', async () => {
    hid.plugIn(device);
    hid.isUserActive = true;
    expect(await codeOf(make().open(new CollectingSink(), { unattended: true }))).toBe('not-chosen');
    expect(hid.choosers).toBe(0);
  });
});

describe('a person who chooses', () => {
  test('is announced, so that no time limit counts', async () => {
    hid.plugIn(device);
    hid.isUserActive = true;
    const told: boolean[] = [];
    await make().open(new CollectingSink(), { waiting: (isWaiting) => told.push(isWaiting) });
    expect(told).toEqual([true, false]);
  });

  test('is announced as well while the reader is to be plugged in again', async () => {
    const transport = await opened();
    hid.pullOut(device);
    const told: boolean[] = [];
    const again = transport.open(new CollectingSink(), { waiting: (isWaiting) => told.push(isWaiting) });
    await turn();
    expect(told).toEqual([true]);
    hid.replug(device);
    await again;
    expect(told).toEqual([true, false]);
  });
});

describe('a page that reads too late', () => {
  const LONGEST = `AA00810401010000${'5A'.repeat(6_000)}`;

  test('loses one message and is told once; the next one comes whole', async () => {
    const sink = new CollectingSink();
    await opened(sink);
    device.setLate(true);
    device.deliver(parseHex(LONGEST));
    device.setLate(false);
    expect(sink.messages).toEqual([]);
    device.deliver(parseHex(CANCEL));
    expect(sink.messages).toEqual([CANCEL]);
    expect(sink.noises).toEqual(['a message that was not finished']);
  });
});

describe('sending', () => {
  test('tells when all reports are out', async () => {
    const transport = await opened();
    let takeLast: () => void = () => undefined;
    const last = new Promise<void>((resolve) => (takeLast = resolve));
    device.sending = () => (device.reports.length < 3 ? Promise.resolve() : last);
    let isSent = false;
    const sent = transport.send(parseHex(LONG)).then(() => (isSent = true));
    await until(() => device.reports.length === 3);
    await turn();
    expect(isSent).toBe(false);
    takeLast();
    await sent;
    expect(device.reports).toHaveLength(4);
  });

  test('that is under way when the plug is pulled does not hang', async () => {
    const sink = new CollectingSink();
    const transport = await opened(sink);
    device.sending = () => new Promise(() => undefined);
    const sent = transport.send(parseHex(LONG));
    hid.pullOut(device);
    await sent;
    expect(sink.closes).toMatchObject([{ kind: 'lost' }]);
  });
});

describe('a device that another tab holds', () => {
  test('is not opened, and is claimed by its model', async () => {
    hid.plugIn(device, { isPermitted: true });
    const claimed: string[] = [];
    const claim = (name: string): Promise<() => void> => {
      claimed.push(name);
      return Promise.reject(new TransportError('open-elsewhere', 'Another tab has it.'));
    };
    expect(await codeOf(make({ claim }).open(new CollectingSink()))).toBe('open-elsewhere');
    expect(claimed).toEqual(['usb 0801:2020 DynaFlex']);
    expect(device.opened).toBe(false);
  });

  test('is given free when it is closed, not before', async () => {
    hid.plugIn(device, { isPermitted: true });
    let wasOpen: boolean | undefined;
    const transport = make({ claim: () => Promise.resolve(() => (wasOpen = device.opened)) });
    await transport.open(new CollectingSink());
    expect(wasOpen).toBeUndefined();
    transport.close();
    await until(() => wasOpen !== undefined);
    expect(wasOpen).toBe(false);
  });

  test('is let go when another tab takes it over', async () => {
    hid.plugIn(device, { isPermitted: true });
    let takeOver: () => void = () => undefined;
    const claim = (_: string, __: object, makeRoom: () => void): Promise<() => void> => {
      takeOver = makeRoom;
      return Promise.resolve(() => undefined);
    };
    const sink = new CollectingSink();
    await make({ claim }).open(sink);
    takeOver();
    expect(sink.closes).toEqual([{ kind: 'taken-over' }]);
    await until(() => !device.opened);
  });
});
