/** The readers of a real broker in the page: found, sorted, chosen, and lost. */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../../src/index.js';
import type { MagtekFleet } from '../../../../src/elements/fleet/fleet.js';
import type { MagtekReader } from '../../../../src/elements/reader/reader.js';
import type { MagtekFleetSelectEvent } from '../../../../src/events/fleet-select.js';
import { connect, type MqttClient } from '../../../../src/transports/mqtt-library.js';
import { startBroker, whyNoBroker, type RemoteBroker } from '../../../support/servers.js';
import { rested } from '../../../support/rested.js';
import { checkLooks } from '../gallery/checks.js';
import { waitUntil } from '../../../support/wait-until.js';

const pathOf = (index: number): string => `MagTek/Shop${String(index % 7)}/Model${String(index % 3)}/S${String(index)}`;

let broker: RemoteBroker;
/** Says for readers whether they are there, as a bridge does: also when it is asked; and answers any command with yes. */
let peer: MqttClient;
const statuses = new Map<string, string>();

/** Says, retained, whether readers are there. */
function say(paths: readonly string[], status: string): Promise<unknown> {
  return Promise.all(
    paths.map(
      (path) =>
        new Promise<void>((resolve, reject) => {
          statuses.set(path, status);
          peer.publish(`${path}/Status`, status, { qos: 1, retain: true }, (error) => {
            if (error) reject(error);
            else resolve();
          });
        }),
    ),
  );
}

async function openPeer(): Promise<void> {
  peer = connect(broker.url, {
    clientId: 'fleet-test',
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    reschedulePings: true,
    protocolVersion: 4,
    keepalive: 60,
    connectTimeout: 5_000,
    timerVariant: 'native',
  });
  await new Promise<void>((resolve, reject) => {
    peer.on('connect', () => {
      resolve();
    });
    peer.on('error', reject);
  });
  peer.on('error', () => undefined);
  statuses.clear();
  peer.on('message', (topic, payload) => {
    const hex = new TextDecoder().decode(payload);
    if (hex === 'who') {
      for (const [path, status] of statuses)
        if (topic === `${path.split('/').slice(0, 2).join('/')}/Presence` && status !== '')
          peer.publish(`${path}/Status`, status, { qos: 1, retain: true }, () => undefined);
      return;
    }
    const [reference, id] = [hex.slice(10, 12), hex.slice(12, 16)];
    const answer = `AA00810482${reference}${id}8204000000008402${id}`;
    peer.publish(topic.replace('SendCommand', 'MMSMessage'), answer, { qos: 1 }, () => undefined);
  });
  for (const filter of ['MagTek/+/Presence', 'MagTek/+/+/+/SendCommand'])
    await new Promise<void>((resolve) => {
      peer.subscribe(filter, { qos: 1 }, () => {
        resolve();
      });
    });
}

const rows = (fleet: MagtekFleet): HTMLElement[] => [
  ...(fleet.shadowRoot?.querySelectorAll<HTMLElement>('[data-row]') ?? []),
];
const text = (node: Element | null | undefined): string => node?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const serials = (fleet: MagtekFleet): string[] => rows(fleet).map((row) => text(row.querySelector('.serial')));
const part = (fleet: MagtekFleet, name: string): HTMLElement =>
  fleet.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`)!;
const counted = (fleet: MagtekFleet, words: string): Promise<void> =>
  waitUntil(() => text(part(fleet, 'count')) === words, `${words}, not ${text(part(fleet, 'count'))}`, {
    timeout: 8_000,
  });

const show = (
  template = html`<magtek-fleet lang="en" ask-presence .url=${broker.url}></magtek-fleet>`,
): Promise<MagtekFleet> => fixture<MagtekFleet>(template);

/** Checks the looks of a fleet that is brought into one state. */
async function checkLooksOf(url: string, reach: (fleet: MagtekFleet) => Promise<unknown>): Promise<void> {
  const place = await fixture<HTMLElement>(html`<main style="background-color: Canvas"></main>`);
  await checkLooks(place, async () => {
    const fleet = document.createElement('magtek-fleet');
    Object.assign(fleet, { lang: 'en', url, askPresence: true });
    place.replaceChildren(fleet);
    await reach(fleet);
    await fleet.updateComplete;
    return { element: fleet, view: fleet };
  });
}

it('says that it has no broker where there is no url', async () => {
  await checkLooksOf('', (fleet) => counted(fleet, 'No broker: set its address as url.'));
});

it('says what is wrong with the address of a broker', async () => {
  await checkLooksOf('ws://broker.example', async (fleet) => {
    await waitUntil(() => fleet.getAttribute('state') === 'failed');
    await fleet.updateComplete;
    expect(text(part(fleet, 'error'))).to.contain('broker.example');
  });
});

it('takes allow-insecure="false" for a no', async () => {
  const fleet = await fixture<MagtekFleet>(html`
    <magtek-fleet lang="en" allow-insecure="false" url="ws://broker.example/mqtt"></magtek-fleet>
  `);
  expect(fleet.allowInsecure).to.equal(false);
  await waitUntil(() => fleet.getAttribute('state') === 'failed', undefined, { timeout: 8_000 });
});

describe('a fleet', () => {
  before(async function () {
    const why = await whyNoBroker();
    if (why === undefined) return;
    console.warn(`Skipped: ${why}`);
    this.skip();
  });

  beforeEach(async () => {
    broker = await startBroker();
    await openPeer();
  });

  afterEach(async () => {
    peer.end(true);
    await broker.close();
  });

  it('shows who is there, and follows', async () => {
    await say([pathOf(1), pathOf(2)], 'connected');
    await say([pathOf(10)], 'disconnected');
    const fleet = await show();
    await counted(fleet, '3 readers, 2 connected');
    expect(serials(fleet)).to.deep.equal(['S1', 'S2', 'S10']);
    expect(rows(fleet).map((row) => text(row.firstElementChild))).to.deep.equal([
      'Connected',
      'Connected',
      'Not connected',
    ]);
    await expect(fleet).to.be.accessible();
    await say([pathOf(10)], 'connected');
    await say([pathOf(1)], '');
    await counted(fleet, '2 readers, 2 connected');
    expect(serials(fleet)).to.deep.equal(['S2', 'S10']);
  });

  it('looks right with readers that are there, that are not, chosen, and filtered away', async () => {
    await say([pathOf(1), pathOf(2)], 'connected');
    await say([pathOf(10)], 'disconnected');
    await checkLooksOf(broker.url, async (fleet) => {
      await counted(fleet, '3 readers, 2 connected');
      rows(fleet)[1]!.click();
    });
    await checkLooksOf(broker.url, async (fleet) => {
      await counted(fleet, '3 readers, 2 connected');
      const search = part(fleet, 'search') as HTMLInputElement;
      search.value = 'nobody';
      search.dispatchEvent(new InputEvent('input'));
      await fleet.updateComplete;
      expect(rows(fleet)).to.deep.equal([]);
    });
  });

  it('finds readers by words and state, and sorts them by any column', async () => {
    await say([0, 1, 2, 3, 4].map(pathOf), 'connected');
    await say([pathOf(5)], 'disconnected');
    const fleet = await show();
    await counted(fleet, '6 readers, 5 connected');
    const search = part(fleet, 'search') as HTMLInputElement;
    search.focus();
    await sendKeys({ type: 'model2' });
    await fleet.updateComplete;
    expect(serials(fleet)).to.deep.equal(['S2', 'S5']);
    expect(text(part(fleet, 'count'))).to.equal('6 readers, 5 connected · 2 shown');
    const [, present, absent] = fleet.shadowRoot!.querySelectorAll<HTMLButtonElement>('[data-show]');
    present!.click();
    await fleet.updateComplete;
    expect(serials(fleet)).to.deep.equal(['S2']);
    expect(present!.getAttribute('aria-pressed')).to.equal('true');
    search.value = '';
    search.dispatchEvent(new Event('input'));
    absent!.click();
    await fleet.updateComplete;
    expect(serials(fleet)).to.deep.equal(['S5']);
    fleet.shadowRoot!.querySelector<HTMLButtonElement>('[data-show="all"]')!.click();
    const [, bySerial, byModel] = fleet.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part="sort"]');
    bySerial!.click();
    await fleet.updateComplete;
    expect(serials(fleet)).to.deep.equal(['S5', 'S4', 'S3', 'S2', 'S1', 'S0']);
    expect(bySerial!.closest('[role="columnheader"]')?.getAttribute('aria-sort')).to.equal('descending');
    byModel!.click();
    await fleet.updateComplete;
    expect(serials(fleet)).to.deep.equal(['S0', 'S3', 'S1', 'S4', 'S2', 'S5']);
  });

  it('lets a reader be chosen by keyboard alone, for the page to know', async () => {
    await say([0, 1, 2].map(pathOf), 'connected');
    const fleet = await show();
    await counted(fleet, '3 readers, 3 connected');
    const chosen: MagtekFleetSelectEvent['detail'][] = [];
    fleet.addEventListener('magtek-fleet-select', ({ detail }) => chosen.push(detail));
    part(fleet, 'rows').focus();
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Enter' });
    await fleet.updateComplete;
    expect(chosen).to.deep.equal([{ device: pathOf(1), group: 'Shop1', model: 'Model1', serial: 'S1' }]);
    expect(fleet.device).to.equal(pathOf(1));
    expect(fleet.getAttribute('device')).to.equal(pathOf(1));
    const row = rows(fleet)[1]!;
    expect(row.getAttribute('aria-selected')).to.equal('true');
    expect(part(fleet, 'rows').getAttribute('aria-activedescendant')).to.equal(row.id);
    expect(text(part(fleet, 'count'))).to.contain('S1 is chosen.');
    await expect(fleet).to.be.accessible();
  });

  it('works for the reader element around it, also where shadow roots lie between', async () => {
    await say([pathOf(0)], 'connected');
    const reader = await fixture<MagtekReader>(html`<magtek-reader><div></div></magtek-reader>`);
    const fleet = document.createElement('magtek-fleet');
    Object.assign(fleet, { lang: 'en', askPresence: true, url: broker.url });
    reader.querySelector('div')!.attachShadow({ mode: 'open' }).append(fleet);
    await counted(fleet, '1 reader, 1 connected');
    rows(fleet)[0]!.click();
    await waitUntil(() => reader.device === pathOf(0), 'the reader was chosen', { timeout: 8_000 });
  });

  it('lets its reader element go on with the reader that was chosen, unless the page says no', async () => {
    await say([pathOf(0), pathOf(1)], 'connected');
    const place = await fixture<HTMLElement>(html`
      <div>
        <magtek-reader id="till"></magtek-reader
        ><magtek-fleet lang="en" ask-presence for="till" .url=${broker.url}></magtek-fleet>
      </div>
    `);
    const reader = place.querySelector<MagtekReader>('magtek-reader')!;
    const fleet = place.querySelector('magtek-fleet')!;
    await counted(fleet, '2 readers, 2 connected');
    const refuse = (event: Event): void => {
      event.preventDefault();
    };
    fleet.addEventListener('magtek-fleet-select', refuse);
    rows(fleet)[0]!.click();
    await fleet.updateComplete;
    expect(reader.device).to.equal('');
    fleet.removeEventListener('magtek-fleet-select', refuse);
    rows(fleet)[1]!.click();
    await waitUntil(() => reader.state === 'ready', 'the reader element connects', { timeout: 8_000 });
    expect([reader.transport, reader.device]).to.deep.equal(['mqtt', pathOf(1)]);
    // One connection of the page for the fleet and the reader, and one of the other side.
    expect((await broker.connections()).open).to.equal(2);
  });

  it('leaves a reader element alone while a sale runs', async () => {
    await say([pathOf(0), pathOf(1)], 'connected');
    const reader = await fixture<MagtekReader>(html`
      <magtek-reader><magtek-fleet lang="en" ask-presence .url=${broker.url}></magtek-fleet></magtek-reader>
    `);
    const fleet = reader.querySelector('magtek-fleet')!;
    await counted(fleet, '2 readers, 2 connected');
    rows(fleet)[0]!.click();
    await waitUntil(() => reader.state === 'ready', 'the reader element connects', { timeout: 8_000 });
    // Nobody presents a card to this reader: the sale waits.
    const sale = reader.startTransaction({ amount: '1.00', currency: 'EUR', accept: 'tap', timeout: 30 });
    rows(fleet)[1]!.click();
    await fleet.updateComplete;
    expect(text(part(fleet, 'count'))).to.contain('A sale or refund is running at S0.');
    expect(reader.device).to.equal(pathOf(0));
    expect(fleet.device).to.equal(pathOf(0));
    reader.disconnect();
    await sale.result;
  });

  it('says that the broker is away, and shows the fleet again when it is back', async () => {
    await say([pathOf(0)], 'connected');
    const fleet = await show();
    await counted(fleet, '1 reader, 1 connected');
    await broker.act('stop');
    await waitUntil(() => fleet.getAttribute('state') === 'reconnecting', undefined, { timeout: 8_000 });
    expect(text(part(fleet, 'count'))).to.contain('The broker is away');
    await expect(fleet).to.be.accessible();
    await waitUntil(() => text(rows(fleet)[0]?.firstElementChild) === 'Not known', 'nothing is claimed of its reader');
    await broker.act('start');
    await waitUntil(() => fleet.getAttribute('state') === 'ready', undefined, { timeout: 20_000 });
  }).timeout(40_000);

  it('keeps its connection where it is moved, and lets go of it where it is removed', async () => {
    const fleet = await show();
    await waitUntil(() => fleet.getAttribute('state') === 'ready');
    const { accepted, open } = await broker.connections();
    const elsewhere = document.createElement('div');
    fleet.parentElement!.append(elsewhere);
    elsewhere.append(fleet);
    await fleet.updateComplete;
    expect(fleet.getAttribute('state')).to.equal('ready');
    fleet.remove();
    await waitUntil(async () => (await broker.connections()).open === open - 1, 'the connection ends', {
      timeout: 8_000,
    });
    expect((await broker.connections()).accepted).to.equal(accepted);
  });

  it('goes on with credentials that are renewed for the same user, and lets in who has others', async () => {
    const guarded = await startBroker({ users: { office: 'secret-1', other: 'secret-2' } });
    try {
      const wrong = { username: 'office', password: 'secret-0' };
      const fleet = await show(html`<magtek-fleet lang="en" .url=${guarded.url} .credentials=${wrong}></magtek-fleet>`);
      const isAt = (state: string): Promise<void> =>
        waitUntil(() => fleet.getAttribute('state') === state, state, { timeout: 8_000 });
      await isAt('failed');
      fleet.credentials = { username: 'office', password: 'secret-1' };
      await isAt('ready');
      const { accepted } = await guarded.connections();
      fleet.credentials = { username: 'office', password: 'secret-of-tomorrow' };
      await fleet.updateComplete;
      expect(fleet.getAttribute('state')).to.equal('ready');
      expect(await guarded.connections()).to.deep.equal({ accepted, open: 1 });
      fleet.credentials = { username: 'other', password: 'secret-2' };
      await waitUntil(async () => (await guarded.connections()).accepted === accepted + 1, 'another user', {
        timeout: 8_000,
      });
      await isAt('ready');
      fleet.remove();
    } finally {
      await guarded.close();
    }
  });

  it('never says that a reader is connected because the broker remembers it', async () => {
    await say([pathOf(0)], 'connected');
    const fleet = await show(html`<magtek-fleet lang="en" .url=${broker.url}></magtek-fleet>`);
    await counted(fleet, '1 reader, 0 connected');
    expect(text(rows(fleet)[0]!.firstElementChild)).to.equal('Not confirmed');
    await say([pathOf(0)], 'connected');
    await counted(fleet, '1 reader, 1 connected');
    expect(text(rows(fleet)[0]!.firstElementChild)).to.equal('Connected');
  });

  it('has the columns that the page names, in their order, and looks right with all of them', async () => {
    await say([pathOf(0), pathOf(1)], 'connected');
    const fleet = await show();
    await counted(fleet, '2 readers, 2 connected');
    const headings = (): string[] =>
      [...fleet.shadowRoot!.querySelectorAll('[role=columnheader]')].map((heading) =>
        text(heading).replace(/ ?[▴▾]/, ''),
      );
    expect(headings()).to.deep.equal(['State', 'Serial number', 'Model', 'Group']);
    fleet.columns = 'seen serial nonsense seen';
    await fleet.updateComplete;
    expect(headings()).to.deep.equal(['Last heard of', 'Serial number']);
    expect(text(rows(fleet)[0]!.firstElementChild)).to.match(/\d/);
    fleet.columns = 'nonsense';
    await fleet.updateComplete;
    expect(headings()).to.have.length(4);
    await checkLooksOf(broker.url, async (shown) => {
      shown.columns = 'presence serial model group seen';
      await counted(shown, '2 readers, 2 connected');
    });
  }).timeout(40_000);

  describe('the columns of details', () => {
    const details = (index: number, more: object = {}): string =>
      JSON.stringify({
        version: 1,
        firmware: `1.${String(index)}`,
        battery: 90 - index * 10,
        locked: index === 1,
        lastSale: { outcome: index === 0 ? 'declined' : 'approved', at: `2026-01-0${String(index + 1)}T10:00:00.000Z` },
        ...more,
      });
    const describeReader = (path: string, text: string): Promise<void> =>
      new Promise((resolve) => {
        peer.publish(`${path}/Details`, text, { qos: 1, retain: true }, () => {
          resolve();
        });
      });
    const cells = (fleet: MagtekFleet, column: string): string[] =>
      rows(fleet).map((row) => text(row.querySelector(`.${column}`)));
    const ALL = 'serial firmware battery lock sale';
    const showDetails = (columns: string): Promise<MagtekFleet> =>
      show(html`<magtek-fleet lang="en" columns=${columns} ask-presence .url=${broker.url}></magtek-fleet>`);

    it('show what bridges publish, also to those that come later, and are exported, sorted and searched', async () => {
      await say([0, 1, 2].map(pathOf), 'connected');
      for (const index of [0, 1]) await describeReader(pathOf(index), details(index));
      const fleet = await showDetails(ALL);
      await counted(fleet, '3 readers, 3 connected');
      await waitUntil(() => cells(fleet, 'firmware').join() === '1.0,1.1,–', 'the details', { timeout: 8_000 });
      expect(cells(fleet, 'battery')).to.deep.equal(['90%', '80%', '–']);
      expect(cells(fleet, 'lock')).to.deep.equal(['Not locked', 'Locked', '–']);
      expect(cells(fleet, 'sale')[0]).to.match(/^Declined, 1\/1\/26/);
      await rested(fleet);
      await expect(fleet).to.be.accessible();

      await describeReader(pathOf(2), details(2, { battery: 4 }));
      await waitUntil(() => cells(fleet, 'battery')[2] === '4%', 'a change', { timeout: 8_000 });
      const sorts = [...fleet.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part="sort"]')];
      const sortBy = async (column: number): Promise<string[]> => {
        sorts[column]!.click();
        await fleet.updateComplete;
        return serials(fleet);
      };
      expect(await sortBy(2)).to.deep.equal(['S2', 'S1', 'S0']);
      expect(await sortBy(2)).to.deep.equal(['S0', 'S1', 'S2']);
      expect(await sortBy(3)).to.deep.equal(['S1', 'S0', 'S2']);
      expect(await sortBy(4)).to.deep.equal(['S2', 'S1', 'S0']);
      expect(await sortBy(1)).to.deep.equal(['S0', 'S1', 'S2']);

      const search = part(fleet, 'search') as HTMLInputElement;
      search.value = 'approved 1.2';
      search.dispatchEvent(new InputEvent('input'));
      await fleet.updateComplete;
      expect(serials(fleet)).to.deep.equal(['S2']);
      const [heading, line] = fleet.exportCsv().split('\r\n');
      expect(heading).to.equal(
        'path,serial,model,group,state,since,last seen,firmware,battery percent,locked,last sale,last sale at',
      );
      expect(line).to.match(/,1\.2,4,false,approved,2026-01-03T10:00:00\.000Z$/);
      fleet.columns = 'serial battery';
      await fleet.updateComplete;
      expect(fleet.exportCsv().split('\r\n')[0]).to.match(/last seen,battery percent$/);
    });

    it('are in the language of the page, and look right in all directions', async () => {
      await say([0, 1].map(pathOf), 'connected');
      for (const index of [0, 1]) await describeReader(pathOf(index), details(index));
      const fleet = await showDetails('serial lock sale');
      fleet.lang = 'de';
      await waitUntil(() => cells(fleet, 'lock').join() === 'Nicht gesperrt,Gesperrt', 'German', { timeout: 8_000 });
      expect(cells(fleet, 'sale')[0]).to.match(/^Abgelehnt, 01\.01\.26/);
      const search = part(fleet, 'search') as HTMLInputElement;
      search.value = 'genehmigt';
      search.dispatchEvent(new InputEvent('input'));
      await fleet.updateComplete;
      expect(serials(fleet)).to.deep.equal(['S1']);
      await checkLooksOf(broker.url, async (shown) => {
        shown.columns = 'presence serial firmware battery lock sale';
        await waitUntil(() => rows(shown).length === 2 && cells(shown, 'firmware').join() === '1.0,1.1', 'details', {
          timeout: 8_000,
        });
      });
    }).timeout(60_000);

    it('are not asked for where a page names none of them', async () => {
      await say([pathOf(0)], 'connected');
      await describeReader(pathOf(0), details(0));
      const { accepted } = await broker.connections();
      const fleet = await show();
      await counted(fleet, '1 reader, 1 connected');
      expect((await broker.connections()).accepted).to.equal(accepted + 1);
      fleet.columns = ALL;
      await waitUntil(() => cells(fleet, 'firmware').join() === '1.0', 'now they are', { timeout: 8_000 });
    });

    it('ignore what is none, and say of how many readers', async () => {
      await say([0, 1].map(pathOf), 'connected');
      await describeReader(pathOf(0), details(0));
      await describeReader(pathOf(1), '{"version":1,"battery":"full"}');
      const fleet = await showDetails(ALL);
      await counted(fleet, '2 readers, 2 connected · The details of 1 reader cannot be read');
      expect(cells(fleet, 'battery')).to.deep.equal(['90%', '–']);
      await describeReader(pathOf(0), 'nonsense');
      await counted(fleet, '2 readers, 2 connected · The details of 2 readers cannot be read');
      expect(cells(fleet, 'battery')).to.deep.equal(['–', '–']);
      for (const index of [0, 1]) await describeReader(pathOf(index), details(index));
      await counted(fleet, '2 readers, 2 connected');
    });

    it('ask a reader without a bridge when it is chosen, and no other', async () => {
      await say([0, 1].map(pathOf), 'connected');
      const commands: string[] = [];
      peer.on('message', (topic) => {
        if (topic.endsWith('/SendCommand')) commands.push(topic);
      });
      const place = await fixture<HTMLElement>(html`
        <div>
          <magtek-reader id="till"></magtek-reader
          ><magtek-fleet lang="en" ask-presence for="till" columns=${ALL} .url=${broker.url}></magtek-fleet>
        </div>
      `);
      const fleet = place.querySelector('magtek-fleet')!;
      await counted(fleet, '2 readers, 2 connected');
      expect(commands).to.deep.equal([]);
      rows(fleet)[1]!.click();
      await waitUntil(() => commands.length >= 5, 'it is asked', { timeout: 8_000 });
      expect(new Set(commands)).to.deep.equal(new Set([`${pathOf(1)}/SendCommand`]));
    });

    it('are drawn a few times, not a thousand times, and with the rows that are in sight', async () => {
      const paths = Array.from({ length: 1_000 }, (_, index) => pathOf(index));
      await say(paths, 'connected');
      const fleet = await show(html`<magtek-fleet lang="en" columns=${ALL} .url=${broker.url}></magtek-fleet>`);
      await waitUntil(() => fleet.counts.all === 1_000, 'all are there', { timeout: 20_000 });
      await waitUntil(() => cells(fleet, 'firmware').length > 0);
      await rested(fleet);
      const nodes = fleet.shadowRoot!.querySelectorAll('*').length;
      let draws = 0;
      const observer = new MutationObserver(() => draws++);
      observer.observe(fleet.shadowRoot!, { subtree: true, childList: true, characterData: true });
      await Promise.all(paths.map((path, index) => describeReader(path, details(index % 3))));
      await waitUntil(() => fleet.exportCsv().split('1.2,70,').length === 334, 'all are heard', { timeout: 20_000 });
      await fleet.updateComplete;
      observer.disconnect();
      expect(draws).to.be.below(500);
      expect(fleet.shadowRoot!.querySelectorAll('*').length).to.equal(nodes);
      await Promise.all(paths.map((path) => describeReader(path, '')));
      await say(paths, '');
    }).timeout(60_000);
  });

  it('raises an alarm for readers that are gone for too long', async () => {
    await say([pathOf(0), pathOf(1)], 'connected');
    const fleet = await show();
    await counted(fleet, '2 readers, 2 connected');
    const alarms: string[] = [];
    fleet.addEventListener('magtek-fleet-alarm', ({ detail }) => alarms.push(detail.device));
    // A twentieth of a second.
    fleet.alarmAfter = 1 / 1200;
    await say([pathOf(1)], 'disconnected');
    await waitUntil(() => alarms.length > 0, 'the alarm', { timeout: 8_000 });
    expect(alarms).to.deep.equal([pathOf(1)]);
    await waitUntil(() => text(part(fleet, 'count')).includes('1 gone for more than'), 'it is counted');
    await say([pathOf(1)], 'connected');
    await counted(fleet, '2 readers, 2 connected');
  });

  it('exports what is shown', async () => {
    await say([pathOf(0), pathOf(1)], 'connected');
    const fleet = await show();
    await counted(fleet, '2 readers, 2 connected');
    const search = part(fleet, 'search') as HTMLInputElement;
    search.value = 'S1';
    search.dispatchEvent(new InputEvent('input'));
    await fleet.updateComplete;
    let saved: Blob | undefined;
    const { createObjectURL } = URL;
    URL.createObjectURL = (file: Blob) => {
      saved = file;
      return createObjectURL.call(URL, file);
    };
    try {
      part(fleet, 'export').click();
    } finally {
      URL.createObjectURL = createObjectURL;
    }
    const lines = (await saved!.text()).trimEnd().split('\r\n');
    expect(lines).to.have.length(2);
    expect(lines[1]).to.match(/^MagTek\/Shop1\/Model1\/S1,S1,Model1,Shop1,present,/);
    expect(`${lines.join('\r\n')}\r\n`).to.equal(fleet.exportCsv());
  });

  it('removes a reader that is gone for good, where the page lets it', async () => {
    await say([pathOf(0), pathOf(1)], 'disconnected');
    const fleet = await show(html`<magtek-fleet lang="en" .url=${broker.url}></magtek-fleet>`);
    await counted(fleet, '2 readers, 0 connected');
    rows(fleet)[0]!.click();
    await fleet.updateComplete;
    expect(fleet.shadowRoot!.querySelector('.remove')).to.equal(null);
    fleet.canRemove = true;
    await fleet.updateComplete;
    await expect(fleet).to.be.accessible();
    fleet.shadowRoot!.querySelector<HTMLElement>('.remove')!.click();
    await waitUntil(() => fleet.counts.all === 1 && rows(fleet).length === 1, 'it is gone', { timeout: 8_000 });
    expect(serials(fleet)).to.deep.equal(['S1']);
  });

  it('listens to other topics, and gives them to the reader that is chosen', async () => {
    const topics = { status: 'there/{device}', command: '{device}/In', message: '{device}/Out' };
    peer.publish('there/MagTek/A/B/C1', 'connected', { qos: 1, retain: true }, () => undefined);
    const place = await fixture<HTMLElement>(html`
      <div>
        <magtek-reader id="till"></magtek-reader>
        <magtek-fleet lang="en" for="till" .url=${broker.url} .topics=${topics}></magtek-fleet>
      </div>
    `);
    const fleet = place.querySelector('magtek-fleet')!;
    // It is counted before it is drawn.
    await waitUntil(() => rows(fleet).length === 1, 'it is found', { timeout: 8_000 });
    rows(fleet)[0]!.click();
    await waitUntil(() => place.querySelector('magtek-reader')!.topics === topics);
  });

  it('stays small and quick with a thousand readers', async () => {
    const paths = Array.from({ length: 1_000 }, (_, index) => pathOf(index));
    await say(paths, 'connected');
    const fleet = await show(html`<magtek-fleet lang="en" .url=${broker.url}></magtek-fleet>`);
    await counted(fleet, '1,000 readers, 0 connected');
    await say(paths, 'connected');
    await counted(fleet, '1,000 readers, 1,000 connected');
    expect(rows(fleet).length).to.be.within(5, 80);
    const list = part(fleet, 'rows');
    list.focus();
    await sendKeys({ press: 'End' });
    await waitUntil(() => serials(fleet).includes('S999'), 'the last reader is drawn');
    expect(list.getAttribute('aria-rowcount')).to.equal('1001');
    // What is heard of all of them at once is drawn a few times, not a thousand times.
    let draws = 0;
    const observer = new MutationObserver(() => draws++);
    observer.observe(fleet.shadowRoot!, { subtree: true, childList: true, characterData: true });
    await say(paths.slice(0, 500), 'disconnected');
    await counted(fleet, '1,000 readers, 500 connected');
    observer.disconnect();
    expect(draws).to.be.below(250);
    await say(paths, '');
    await counted(fleet, '0 readers, 0 connected');
    expect(fleet.counts).to.deep.equal({ all: 0, present: 0 });
  }).timeout(40_000);
});
