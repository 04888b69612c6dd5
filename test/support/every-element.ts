/**
 * A page with every element around one simulated reader, and a way through all that they can show. Messages can be slipped in, as
 * a reader would send them that encrypts nothing.
 */
import { fixture, html, nextFrame } from '@open-wc/testing';
import '../../src/index.js';
import '../../src/elements/receipt/define.js';
import '../../src/elements/setup/define.js';
import '../../src/elements/simulator/define.js';
import '../../src/elements/updater/define.js';
import type { MagtekReader } from '../../src/elements/reader/reader.js';
import { commands } from '../../src/mms/commands/index.js';
import { toHex } from '../../src/mms/hex.js';
import { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import { testCards, type TestCard } from '../../src/simulator/test-cards.js';
import type { OpenOptions, Transport, TransportSink } from '../../src/transports/transport.js';
import { waitUntil } from './wait-until.js';

/** The way to a simulated reader, by which a test may send too. */
class OpenTransport implements Transport {
  private readonly inner: SimulatedTransport;
  private sink: TransportSink | undefined;

  constructor(reader: SimulatedReader) {
    this.inner = new SimulatedTransport(reader);
  }

  open(to: TransportSink, options?: OpenOptions): Promise<void> {
    this.sink = to;
    return this.inner.open(to, options);
  }

  send(bytes: Uint8Array): void {
    this.inner.send(bytes);
  }

  close(): void {
    this.inner.close();
  }

  message(bytes: Uint8Array): void {
    this.sink?.message(bytes);
  }

  noise(data: string | Uint8Array): void {
    this.sink?.noise(data);
  }
}

export interface Walkthrough {
  readonly place: HTMLElement;
  readonly element: MagtekReader;
  readonly reader: SimulatedReader;
  readonly transport: OpenTransport;
  /** Called in each state, with its name. */
  readonly look: (state: string) => Promise<void>;
}

/** What a person and a reader bring into it. */
export interface TourData {
  readonly lang: string;
  readonly card: TestCard;
  /** What the scanner reads. */
  readonly barcode: string;
  /** Messages that the reader sends in the middle of a sale. */
  readonly messages: readonly Uint8Array[];
  /** What is not a message. */
  readonly noise: readonly (string | Uint8Array)[];
  /** A script that is run, a line each. */
  readonly script: readonly string[];
  /** An account number that a person types. */
  readonly account: string;
  readonly look: (state: string, tour: Walkthrough) => Promise<void> | void;
}

export const plainTour: Omit<TourData, 'lang' | 'look'> = {
  card: testCards.visa,
  barcode: '4006381333931',
  messages: [],
  noise: ['no message'],
  script: ['WAIT,1', `SENDCOMMAND,${toHex(commands.getProperty({ oid: '2.2.1.1.1.1' }).bytes)}`, 'PARSETLV,9C0100'],
  account: '123456789012',
};

const names = [
  'status',
  'device-info',
  'transaction',
  'display',
  'card-data',
  'signature',
  'command-panel',
  'log',
  'setup',
  'receipt',
  'updater',
  'simulator',
  'fleet',
] as const;

const all = <E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E[] => [
  ...root.querySelectorAll<E>(selector),
];
const click = (root: ParentNode, selector: string): void => {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing to click: ${selector}`);
  found.click();
};

/** Waits until nothing is left to be rendered. */
async function settled(place: Element): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const name of names) {
      for (const element of place.querySelectorAll(`magtek-${name}`)) await element.updateComplete;
    }
    await nextFrame();
  }
}

/** Goes through everything and looks at each state. */
export async function tourOfEveryElement(data: TourData): Promise<void> {
  const reader = new SimulatedReader({ pace: 1 });
  const transport = new OpenTransport(reader);
  const place = await fixture<HTMLElement>(html`
    <div lang=${data.lang}>
      <magtek-status></magtek-status><magtek-display></magtek-display><magtek-simulator></magtek-simulator
      ><magtek-setup></magtek-setup> <magtek-fleet></magtek-fleet
      ><magtek-fleet url="ws://broker.example"></magtek-fleet>
      <magtek-reader .transport=${transport} .sink=${() => undefined}>
        <magtek-status></magtek-status>
        <magtek-device-info></magtek-device-info>
        <magtek-transaction amount="4.60" currency="EUR" timeout="20"></magtek-transaction>
        <magtek-display></magtek-display>
        <magtek-card-data></magtek-card-data>
        <magtek-signature></magtek-signature>
        <magtek-command-panel></magtek-command-panel>
        <magtek-log></magtek-log>
        <magtek-setup></magtek-setup>
        <magtek-receipt copy="merchant"></magtek-receipt>
        <magtek-updater></magtek-updater>
        <magtek-simulator .reader=${reader}></magtek-simulator>
      </magtek-reader>
    </div>
  `);
  const element = place.querySelector('magtek-reader')!;
  const look = async (state: string): Promise<void> => {
    await settled(place);
    await data.look(state, tour);
  };
  const tour: Walkthrough = { place, element, reader, transport, look };
  try {
    await look('not connected');
    await element.connect();
    await waitUntil(() => element.querySelector('magtek-device-info')?.info !== undefined, 'device info');
    await look('connected');
    await sales(tour, data);
    await requests(tour, data);
    await openedLog(tour);
    await openedPanel(tour, data);
    reader.startFault('reset');
    await waitUntil(() => element.state !== 'ready', 'lost');
    await look('lost');
    element.disconnect();
    await look('closed');
    await setUp(tour);
  } finally {
    element.disconnect();
    reader.close();
  }
}

const { approved, declined } = { approved: { approved: true }, declined: { approved: false } };

/** Sales with every way to present a card, as the reader sends what it should not send. */
async function sales(
  { element, reader, transport, look }: Walkthrough,
  { card, messages, noise }: TourData,
): Promise<void> {
  const sale = element.querySelector('magtek-transaction')!;
  let decision: Promise<{ approved: boolean }> = Promise.resolve(approved);
  element.addEventListener('magtek-authorize', (event) => {
    event.respondWith(decision);
  });
  for (const [way, decide] of [
    ['swipe', approved],
    ['tap', declined],
    ['insert', undefined],
  ] as const) {
    decision = decide ? Promise.resolve(decide) : Promise.reject(new Error('the host is away'));
    decision.catch(() => undefined);
    void sale.start();
    await waitUntil(() => sale.phase === 'waiting-for-card', way);
    await look(`waiting for ${way}`);
    for (const message of messages) {
      transport.message(message);
      await look('a message that holds what it must not');
    }
    for (const piece of noise) transport.noise(piece);
    reader[way](card);
    await waitUntil(() => sale.outcome !== undefined, `over after ${way}`);
    await look(`over after ${way}`);
    reader.remove();
    // A reader takes no sale while nobody knows how one before has ended.
    for (const { transactionId } of element.client!.unresolvedTransactions) {
      element.client!.resolveTransaction(transactionId, { via: 'hand', approved: false, by: 'Kim', how: '17' });
      await look('settled by hand');
    }
  }
  void sale.start();
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting again');
  await sale.cancel();
  await look('cancelled');
  reader.startFault('busy');
  await sale.start();
  await look('refused');
  reader.endFault('busy');
  sale.amount = '4.605';
  await sale.start().catch(() => undefined);
  await look('a wrong amount');
  sale.amount = '4.60';
}

/** PIN, signature and barcode, while they are asked for and afterwards. */
async function requests({ element, reader, look }: Walkthrough, { barcode, account }: TourData): Promise<void> {
  const client = element.client!;
  const pin = client.requestPin({ accountNumber: account });
  await waitUntil(() => reader.face.state === 'pin', 'PIN');
  await look('PIN entry');
  reader.enterPin('1234');
  const entered = await pin;
  await look('a PIN was entered');
  await entered.end(true);
  const signature = client.requestSignature();
  await waitUntil(() => reader.face.state === 'signature', 'signature');
  await look('signing');
  reader.sign([
    [
      { x: 1, y: 1 },
      { x: 20, y: 30 },
    ],
  ]);
  await signature;
  await look('signed');
  const read = client.readBarcode();
  await waitUntil(() => reader.face.state === 'barcode', 'barcode');
  await look('scanning');
  reader.scan(barcode);
  await read;
  await look('scanned');
}

/** A reader that is kept, and a test of its connection that fails. */
async function setUp({ element, look }: Walkthrough): Promise<void> {
  const root = element.querySelector('magtek-setup')!.shadowRoot!;
  root.querySelector<HTMLInputElement>('[name=name]')!.value = 'Counter';
  root.querySelector<HTMLInputElement>('[name=address]')!.value = 'ws://127.0.0.1:9/';
  root.querySelector('form')!.requestSubmit();
  await look('a reader is kept');
  click(root, 'li .primary');
  await waitUntil(() => root.querySelector('.error') !== null, 'a step fails');
  await look('a step of the test has failed');
  click(root, 'li .primary + button');
  await look('the reader is removed');
}

/** Every entry of the log opened, its statistics, its search, an imported log. */
async function openedLog({ element, look }: Walkthrough): Promise<void> {
  const log = element.querySelector('magtek-log')!;
  const root = log.shadowRoot!;
  const journal = element.client!.journal;
  const key = (name: string): void => {
    root.querySelector('.rows')?.dispatchEvent(new KeyboardEvent('keydown', { key: name }));
  };
  const kinds = new Set<string>();
  key('Home');
  key('Enter');
  await waitUntil(() => root.querySelector('.details') !== null, 'details');
  // What the elements send of their own accord meanwhile is of kinds that are there already.
  const { start, end } = journal;
  for (let position = start; position < end; position++, key('ArrowDown')) {
    const entry = journal.at(position)!;
    // One of each kind is looked at.
    const kind = `${entry.message?.kind ?? 'none'} ${String(entry.message?.id)} ${String(entry.direction)}`;
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await look(`details of ${entry.text}`);
    const select = root.querySelector<HTMLSelectElement>('select[part=copy]')!;
    for (const { value } of all<HTMLOptionElement>(select, 'option').filter((option) => option.value !== '')) {
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await look(`copied as ${value}`);
    }
  }
  const buttons = all(root, '.toolbar button');
  for (const button of buttons.slice(1, 3)) button.click();
  await look('statistics');
  buttons[3]!.click();
  await look('exported');
  log.filter = { ...log.filter, search: 'nothing like it' };
  await look('nothing found');
  log.filter = { ...log.filter, search: '' };
  await log.import(await log.export());
  await look('imported');
  click(root, '.opened button');
  await look('asked before it is played');
  log.close();
}

/** Commands with fields and answers, a script, properties, the support bundle. */
async function openedPanel({ element, look }: Walkthrough, { script, account }: TourData): Promise<void> {
  const panel = element.querySelector('magtek-command-panel')!;
  const root = panel.shadowRoot!;
  const entries = (): HTMLElement[] => all(root, '.entry');
  await waitUntil(() => entries().length > 25, 'forms');
  for (const [index] of entries().entries()) {
    entries()[index]!.click();
    await panel.updateComplete;
    const field = root.querySelector<HTMLInputElement>('[name=accountNumber]');
    if (field) {
      field.value = account;
      field.dispatchEvent(new InputEvent('input'));
    }
    await look(`command ${String(index)}`);
  }
  click(root, '.star');
  await look('a favourite');
  const own = root.querySelector<HTMLTextAreaElement>('#custom')!;
  for (const text of [
    'AA0',
    `SENDCOMMAND,${toHex(commands.requestPin({ accountNumber: account }).bytes)}`,
    'AA00810401001F0184021F01',
  ]) {
    own.value = text;
    own.dispatchEvent(new InputEvent('input'));
    own.dispatchEvent(new Event('change'));
    await look('typed');
    click(root, '[part=custom] [part=send]');
    await look('sent, or asked before it is');
  }
  click(root, '[role=group] button:not(.primary):not(.entry)');
  own.value = '';
  own.dispatchEvent(new InputEvent('input'));
  click(root, '.head > button');
  await waitUntil(() => /\d/.test(root.querySelector('.head [role=status]')?.textContent ?? ''), 'bundle');
  await look('support bundle');
  click(root, '#tab-script');
  await waitUntil(() => root.querySelector('#script') !== null, 'script');
  const area = root.querySelector<HTMLTextAreaElement>('#script')!;
  for (const text of ['nonsense', script.join('\n')]) {
    area.value = text;
    area.dispatchEvent(new InputEvent('input'));
    await panel.updateComplete;
    click(root, '[part=script] .primary');
    await look('script');
  }
  await waitUntil(() => all(root, '[part=results] tbody tr').length === script.length, 'results');
  await look('results');
  click(root, '#tab-properties');
  await waitUntil(() => root.querySelector('details') !== null, 'properties');
  for (const group of all<HTMLDetailsElement>(root, 'details')) {
    group.open = true;
    click(group, ':scope > button');
  }
  await waitUntil(() => all(root, '.properties li .value, .properties li .bad').length > 3, 'values');
  click(root, '.properties li button + button');
  await look('properties');
}
