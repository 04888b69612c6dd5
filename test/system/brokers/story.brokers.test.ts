/** One story at every broker that can be had here: what people do with a fleet, and what goes wrong with brokers. */
import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { brokers, type BrokerKind, type BrokerUser } from '../../support/brokers/index.mjs';
import { startNginx, whyNoNginx } from '../../support/brokers/nginx.mjs';
import { codeOf, fleetAt, pageAt, pathOf, publish, Published, startBroker } from './stage.js';

/** What was seen, by what was tried and broker: docs/mqtt.md has it as a table. */
const seen: Record<string, Partial<Record<BrokerKind, string>>> = {};
const note = (row: string, kind: BrokerKind, cell: string): void => {
  seen[row] = { ...seen[row], [kind]: cell };
};
afterAll(async () => {
  const file = process.env.MAGTEK_BROKERS_REPORT;
  if (file !== undefined) await writeFile(file, JSON.stringify(seen));
});

const ALL: BrokerUser = { password: 'bridge-secret', publish: ['MagTek/#'], subscribe: ['MagTek/#'] };
const TILL: BrokerUser = {
  password: 'till-secret',
  publish: ['MagTek/Shop1/+/+/SendCommand'],
  subscribe: ['MagTek/Shop1/+/+/MMSMessage', 'MagTek/Shop1/+/+/Status'],
};
const users = { bridge: ALL, till: TILL };
const bridgeLogin = { username: 'bridge', password: ALL.password };
const till = { username: 'till', password: TILL.password };
const paths = [1, 2, 3, 4, 5].map((number) => pathOf(number));

describe.each(Object.keys(brokers) as BrokerKind[])('at %s', (kind) => {
  const { missing } = brokers[kind];
  if (missing !== undefined) {
    test.skip(missing);
    return;
  }

  test('readers are published, listed, chosen and sell, once each', async () => {
    const broker = await startBroker(kind);
    const published = await Promise.all(paths.map((path) => publish(broker, path)));
    note('version', kind, published[0]!.bridge.mqttVersion ?? '');
    const asking = await fleetAt(broker, 'MagTek/Shop1/+/+', { asksPresence: true });
    await expect.poll(() => [...asking.heard.values()]).toEqual(paths.map(() => 'present'));
    const listed = await fleetAt(broker, paths.join(','));
    await expect.poll(() => [...listed.heard.values()]).toEqual(paths.map(() => 'unconfirmed'));
    const patterns = await fleetAt(broker, 'MagTek/Shop1/+/+');
    if (patterns.fleet.isBlindToKept) note('kept statuses for patterns', kind, 'no, and the fleet says so');
    else {
      await expect.poll(() => [...patterns.heard.values()]).toEqual(paths.map(() => 'unconfirmed'));
      note('kept statuses for patterns', kind, 'yes');
    }
    const page = pageAt(broker, paths[2]!);
    await page.connect();
    const begun = performance.now();
    const sale = page.startTransaction({
      amount: '1.00',
      currency: 'EUR',
      accept: 'tap',
      authorize: () => Promise.resolve(true),
    });
    await expect.poll(() => published[2]!.reader.face.phase).toBe('waiting-for-card');
    published[2]!.reader.tap();
    expect((await sale.result).outcome).toBe('approved');
    expect(performance.now() - begun).toBeLessThan(60_000);
    expect(published.map(({ starts }) => starts)).toEqual([0, 0, 1, 0, 0]);
    note('sale', kind, 'approved, one start');
  });

  test('a sale that the broker cuts is unknown, and everything is back by itself', async () => {
    const broker = await startBroker(kind);
    const published = await publish(broker, paths[0]!);
    const page = pageAt(broker, paths[0]!);
    await page.connect();
    const sale = page.startTransaction({ amount: '1.00', currency: 'EUR', accept: 'tap', timeout: 10 });
    await expect.poll(() => published.reader.face.phase).toBe('waiting-for-card');
    await broker.stop({ hard: true });
    expect((await sale.result).outcome).toBe('unknown');
    expect(page.state).not.toBe('ready');
    published.reader.tap();
    await broker.start();
    await expect.poll(() => published.bridge.isThrough).toBe(true);
    await expect.poll(() => page.state, { timeout: 90_000 }).toBe('ready');
    expect(published.starts).toBe(1);
    note('killed in mid-sale', kind, '`unknown`, then back');
  });

  test('nobody says “Connected” of a reader that a broker only remembers', async () => {
    const broker = await startBroker(kind);
    const published = await publish(broker, paths[0]!);
    await fleetAt(broker, paths[0]!);
    await broker.stop();
    await published.bridge.stop();
    published.reader.close();
    await broker.start();
    const { heard } = await fleetAt(broker, paths[0]!);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(heard.get(paths[0]!)).not.toBe('present');
    note('reader gone while the broker was stopped', kind, `“${heard.get(paths[0]!) ?? 'not listed'}”`);
    expect(await codeOf(pageAt(broker, paths[0]!).connect())).toBe('unreachable');
  });

  test('a wrong password is named and not tried again', async () => {
    const broker = await startBroker(kind, { users });
    const page = pageAt(broker, paths[0]!, { username: 'till', password: 'wrong' });
    expect(await codeOf(page.connect({ persist: true }))).toBe('not-authorized');
    expect(page.state).toBe('failed');
    await expect(
      new Published(broker, paths[0]!, { login: { username: 'bridge', password: 'wrong' } }).bridge.start(),
    ).rejects.toThrow(/does not accept the user name or password|not authorized/i);
    note('wrong password', kind, '`not-authorized`');
  });

  test('a wrong path is named', async () => {
    const broker = await startBroker(kind);
    const url = new URL('/somewhere', broker.url).href;
    const code = await codeOf(pageAt({ ...broker, url }, paths[0]!).connect());
    // These serve every path: there only the reader is missing.
    expect(code).toBe(kind === 'mosquitto' || kind === 'aedes' ? 'unreachable' : 'broker-path');
    note('wrong path', kind, code === 'broker-path' ? '`broker-path`' : 'every path is served');
  });

  test('one forbidden reader fails alone, the others go on', async () => {
    const broker = await startBroker(kind, { users });
    const published = await publish(broker, paths[0]!, { login: bridgeLogin });
    await publish(broker, pathOf(9, 'Shop2'), { login: bridgeLogin });
    const mine = pageAt(broker, paths[0]!, till);
    await mine.connect();
    const others = pageAt(broker, pathOf(9, 'Shop2'), till);
    others.connect({ persist: true }).catch(() => undefined);
    await expect.poll(() => ['failed', 'reconnecting'].includes(others.state) && others.error?.code).toBeTruthy();
    if (kind !== 'mosquitto') await expect.poll(() => others.error?.code).toBe('not-authorized');
    expect(others.state).not.toBe('ready');
    note('forbidden reader', kind, `\`${others.error?.code ?? ''}\` for it alone`);
    await expect.poll(() => mine.state).toBe('ready');
    const states: string[] = [];
    mine.subscribe('state', ({ state }) => states.push(state));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(states).toEqual([]);
    const sale = mine.startTransaction({
      amount: '1.00',
      currency: 'EUR',
      accept: 'tap',
      authorize: () => Promise.resolve(true),
    });
    await expect.poll(() => published.reader.face.phase).toBe('waiting-for-card');
    published.reader.tap();
    expect((await sale.result).outcome).toBe('approved');
  });

  test('of two bridges the younger gives up, or takes over where it is told to', async () => {
    const broker = await startBroker(kind);
    const clashes: string[] = [];
    const first = await publish(broker, paths[0]!, { listener: { clashed: (clash) => clashes.push(clash) } });
    await expect.poll(() => first.bridge.isThrough).toBe(true);
    await expect(new Published(broker, paths[0]!).bridge.start()).rejects.toThrow(/another bridge publishes/i);
    expect(first.bridge.isThrough).toBe(true);
    await expect.poll(() => clashes).toEqual(['rivalled']);
    const second = await publish(broker, paths[0]!, { takeOver: true });
    await expect.poll(() => clashes).toEqual(['rivalled', 'replaced']);
    await expect.poll(() => second.bridge.isThrough).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect([first.bridge.isThrough, second.bridge.isThrough]).toEqual([false, true]);
    note('two bridges', kind, 'the younger gives up, both say so');
  });

  test('a reader that is gone for good is removed', async () => {
    const broker = await startBroker(kind);
    const published = await publish(broker, paths[0]!);
    await published.bridge.stop();
    const { fleet, heard } = await fleetAt(broker, paths[0]!);
    await expect.poll(() => heard.get(paths[0]!)).toBe('absent');
    await fleet.remove(paths[0]!);
    await expect.poll(() => heard.has(paths[0]!)).toBe(false);
    note('removal', kind, 'yes');
  });

  test('a name that the broker does not take is named', async () => {
    const broker = await startBroker(kind);
    const path = 'MagTek/Shop.1/Simulated/B 1';
    const reader = new Published(broker, path);
    const started = await reader.bridge.start().then(
      () => 'taken',
      () => 'refused',
    );
    const page = pageAt(broker, path);
    page.connect({ persist: true }).catch(() => undefined);
    const isFine = kind === 'mosquitto' || kind === 'aedes';
    if (isFine) await expect.poll(() => page.state).toBe('ready');
    else await expect.poll(() => page.error?.code).toBe('bad-url');
    expect(started).toBe(kind === 'nats' ? 'refused' : 'taken');
    note('dot and space in a name', kind, isFine ? 'taken' : '`bad-url`');
  });
});

test('idle pages stay connected for 130 s, also behind nginx', { timeout: 300_000 }, async () => {
  const kinds = (Object.keys(brokers) as BrokerKind[]).filter((kind) => brokers[kind].missing === undefined);
  const hasProxy = whyNoNginx() === undefined;
  const states: string[] = [];
  for (const kind of kinds) {
    const broker = await startBroker(kind);
    await publish(broker, paths[0]!);
    const urls = [broker.url];
    if (hasProxy) {
      const proxy = await startNginx(broker.url);
      onTestFinished(() => proxy.close());
      urls.push(proxy.url);
    }
    for (const url of urls) {
      const page = pageAt({ ...broker, url }, paths[0]!);
      await page.connect();
      page.subscribe('state', ({ state }) => states.push(`${kind} ${url} ${state}`));
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 130_000));
  expect(states).toEqual([]);
  for (const kind of kinds) note('idle for 130 s', kind, hasProxy ? 'stays, also behind nginx' : 'stays');
});
