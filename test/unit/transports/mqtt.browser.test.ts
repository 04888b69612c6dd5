/**
 * Reader elements behind a real broker, in a real page: simulated readers publish over TCP, the page listens over WebSocket.
 */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { seedTable } from '../../support/seed-table.js';
import { startBroker, startSocket, whyNoBroker, type RemoteBroker } from '../../support/servers.js';
import { codeOf } from '../../support/code-of.js';

const SHOP = 'MagTek/Shop/DynaFlexIIPED';
const GET_SERIAL_NUMBER = seedTable.find(([name]) => name === 'Get SN')![1];
const START = /^AA..810401..1001/;

const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('readers behind a broker', () => {
  let broker: RemoteBroker;
  const elements: MagtekReader[] = [];

  before(async function () {
    const reason = await whyNoBroker();
    if (reason === undefined) return;
    console.warn(`skipped: ${reason}`);
    this.skip();
  });

  afterEach(async () => {
    for (const element of elements.splice(0)) element.disconnect();
    await broker.close();
  });

  async function make(device: string, properties: Partial<MagtekReader> = {}): Promise<MagtekReader> {
    const element = await fixture<MagtekReader>(
      html`<magtek-reader transport="mqtt" url=${broker.url} device=${device}></magtek-reader>`,
    );
    Object.assign(element, properties);
    elements.push(element);
    return element;
  }

  it('share one connection, and each gets its own answers', async () => {
    const paths = Array.from({ length: 5 }, (_, number) => `${SHOP}/${String(number)}`);
    broker = await startBroker({ readers: Object.fromEntries(paths.map((path) => [path, {}])) });
    const readers = await Promise.all(paths.map((path) => make(path)));
    await Promise.all(readers.map((reader) => reader.connect()));
    const answers = await Promise.all(readers.map((reader) => reader.send(GET_SERIAL_NUMBER)));
    expect(answers.map(({ status }) => status.ok)).to.deep.equal(paths.map(() => true));
    // One for each reader, and one for the page.
    expect(await broker.connections()).to.deep.equal({ accepted: 6, open: 6 });
    // Each was asked first whether it is there.
    for (const path of paths) expect((await broker.commands(path)).slice(1)).to.deep.equal([GET_SERIAL_NUMBER]);
    readers.forEach((reader) => {
      reader.disconnect();
    });
    await until(async () => (await broker.connections()).open === 5);
  });

  it('sell', async () => {
    const path = `${SHOP}/sale`;
    broker = await startBroker({ readers: { [path]: { card: 'visa' } } });
    const reader = await make(path);
    await reader.connect();
    const sale = reader.startTransaction({ amount: '4.60', currency: 'EUR', authorize: () => Promise.resolve(true) });
    const { outcome, arqc } = await sale.result;
    expect(outcome).to.equal('approved');
    expect(arqc?.maskedPan).to.match(/^\d{4,6}[*]+\d{4}$/);
  });

  for (const how of [{ hard: false }, { hard: true }]) {
    it(`a broker that ends in a sale makes its outcome unknown, and nothing starts again: ${JSON.stringify(how)}`, async () => {
      const path = `${SHOP}/cut`;
      broker = await startBroker({ readers: { [path]: {} } });
      const reader = await make(path);
      await reader.connect();
      const sale = reader.startTransaction({ amount: '4.60', currency: 'EUR' });
      await until(() => sale.phase === 'waiting-for-card');
      await broker.act('stop', how);
      const { outcome, error } = await sale.result;
      expect(outcome).to.equal('unknown');
      expect(error?.code).to.equal('connection-lost');
      expect(reader.state).to.equal('reconnecting');
      await broker.act('start');
      await until(() => reader.state === 'ready');
      const commands = await broker.commands(path);
      expect(commands.filter((hex) => START.test(hex))).to.have.lengthOf(1);
    });
  }

  it('that are cut off are lost by their last will, and then not there', async () => {
    const path = `${SHOP}/gone`;
    broker = await startBroker({ readers: { [path]: {} } });
    const reader = await make(path, { reconnect: 'off' });
    await reader.connect();
    await broker.act('cut', path);
    await until(() => reader.state === 'closed' || reader.state === 'failed');
    expect(await codeOf(reader.connect())).to.equal('unreachable');
    expect(reader.error?.message).to.contain(path);
  });

  it('let nobody in without the right credentials, which appear nowhere', async () => {
    broker = await startBroker({ users: { till: 'secret-1' } });
    const reader = await make(`${SHOP}/1`);
    expect(await codeOf(reader.connect())).to.equal('not-authorized');
    reader.credentials = { username: 'till', password: 'secret-0' };
    await reader.updateComplete;
    expect(await codeOf(reader.connect())).to.equal('not-authorized');
    reader.credentials = { username: 'till', password: 'secret-1' };
    await reader.updateComplete;
    reader.requestTimeout = 0.2;
    // It is let in, and there is no reader.
    expect(await codeOf(reader.connect())).to.equal('unreachable');
    expect(reader.error?.because?.code).to.equal('reader-silent');
    const seen = JSON.stringify([reader.outerHTML, reader.client?.journal.entries, reader.error]);
    expect(seen).not.to.contain('secret');
    // The same words in another object are no change.
    const { client } = reader;
    reader.credentials = { username: 'till', password: 'secret-1' };
    await reader.updateComplete;
    expect(reader.client).to.equal(client);
  });

  it('go on with credentials that are renewed for the same user, which the next opening uses', async () => {
    const path = `${SHOP}/renewed`;
    const login = { username: 'reader', password: 'secret-2' };
    broker = await startBroker({ users: { till: 'secret-1', reader: 'secret-2' }, readers: { [path]: login } });
    const reader = await make(path, { credentials: { username: 'till', password: 'secret-1' } });
    await reader.connect();
    const { client } = reader;
    const { accepted } = await broker.connections();
    const states: string[] = [];
    reader.addEventListener('magtek-state-change', ({ detail }) => states.push(detail.state));
    reader.credentials = { username: 'till', password: 'secret-of-tomorrow' };
    await reader.updateComplete;
    expect((await reader.send(GET_SERIAL_NUMBER)).status.ok).to.equal(true);
    expect(reader.client).to.equal(client);
    expect(await broker.connections()).to.deep.equal({ accepted, open: accepted });
    expect(states).to.deep.equal([]);
    reader.disconnect();
    expect(await codeOf(reader.connect())).to.equal('not-authorized');
    // What was wrong is right now: with auto-connect nobody has to press anything.
    reader.autoConnect = true;
    await reader.updateComplete;
    await until(() => reader.state === 'failed');
    reader.credentials = { username: 'till', password: 'secret-1' };
    await until(() => reader.state === 'ready');
    expect(reader.client).to.equal(client);
    // Another user is another connection.
    reader.credentials = { username: 'reader', password: 'secret-2' };
    await reader.updateComplete;
    expect(reader.client).not.to.equal(client);
    await until(() => reader.state === 'ready');
  });

  it('are taken by one element of the page each', async () => {
    const path = `${SHOP}/1`;
    broker = await startBroker({ readers: { [path]: {}, [`${SHOP}/2`]: {} } });
    const [first, second, other] = await Promise.all([make(path), make(path), make(`${SHOP}/2`)]);
    await first.connect();
    expect(await codeOf(second.connect())).to.equal('in-use');
    await other.connect();
  });

  it('where something else answers say so, and are tried again', async () => {
    broker = await startBroker({ readers: { [`${SHOP}/1`]: {} } });
    const other = await startSocket('refuse');
    try {
      const reader = await make(`${SHOP}/1`, { url: other.url });
      await reader.updateComplete;
      expect(await codeOf(reader.connect())).to.equal('broker-path');
      // It may be a proxy whose broker is not there yet.
      reader.autoConnect = true;
      await until(async () => (await other.connections()).attempts > 3);
      expect(reader.state).to.be.oneOf(['connecting', 'reconnecting']);
      reader.url = broker.url;
      await until(() => reader.state === 'ready');
      expect(reader.error).to.equal(undefined);
    } finally {
      await other.close();
    }
  });

  it('with an address that is none say so', async () => {
    broker = await startBroker();
    const reader = await make('');
    expect(await codeOf(reader.connect())).to.equal('bad-url');
    reader.device = `${SHOP}/1`;
    reader.url = 'mqtt://127.0.0.1:1883';
    await reader.updateComplete;
    expect(await codeOf(reader.connect())).to.equal('bad-url');
    expect(reader.error?.message).to.contain('wss://');
  });
});
