/** Outcomes of sales and errors of connections, said in each language to the last word. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/status/define.js';
import '../../../src/elements/transaction/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { loadWords } from '../../../src/language/catalogue.js';
import { french } from '../../../src/language/french.js';
import { german } from '../../../src/language/german.js';
import { spanish } from '../../../src/language/spanish.js';
import type { WordKey, Words } from '../../../src/language/words.js';
import { MockReader } from '../../support/mock-reader.js';
import { startReader } from '../../support/servers.js';
import { waitUntil } from '../../support/wait-until.js';

const languages: readonly (readonly [tag: string, words: Words, money: string])[] = [
  ['de', german, '4,60 €'],
  ['es', spanish, '4,60 €'],
  ['fr', french, '4,60 €'],
];

const readers: MockReader[] = [];

interface Shop {
  readonly reader: MockReader;
  readonly element: MagtekReader;
  readonly sale: MagtekTransaction;
}

/** One outcome: how it comes about, and the words that are shown besides the amount. */
interface Ending {
  readonly name: string;
  readonly host?: () => Promise<unknown>;
  /** Seconds for a card to come. Default 30, which is never over. */
  readonly timeout?: number;
  readonly act: (shop: Shop) => void;
  readonly words: readonly WordKey[];
  readonly values?: Readonly<Record<string, string>>;
}

const tap = ({ reader }: Shop): void => {
  reader.reader.tap('visa');
};

const endings: readonly Ending[] = [
  {
    name: 'approved',
    host: () => Promise.resolve({ approved: true }),
    act: tap,
    words: ['outcome.approved', 'reason.host-approved'],
  },
  {
    name: 'declined',
    host: () => Promise.resolve({ approved: false }),
    act: tap,
    words: ['outcome.declined', 'reason.host-declined', 'transaction.again'],
  },
  { name: 'deferred', act: tap, words: ['outcome.deferred', 'reason.card-read'] },
  {
    name: 'timed out',
    timeout: 1,
    act: () => undefined,
    words: ['outcome.timed-out', 'reason.no-card', 'transaction.again'],
  },
  {
    name: 'cancelled',
    act: ({ sale }) => {
      sale.shadowRoot?.querySelector<HTMLElement>('.cancel')?.click();
    },
    words: ['outcome.cancelled', 'reason.cancelled', 'transaction.again'],
  },
  {
    name: 'unknown, as the host fails',
    host: () => Promise.reject(new Error('no')),
    act: tap,
    words: ['outcome.unknown', 'reason.host-failed', 'help.authorize-failed'],
  },
  {
    name: 'unknown, as the connection is lost',
    act: ({ reader }) => {
      reader.reader.startFault('reset');
    },
    words: ['outcome.unknown', 'reason.connection-lost', 'help.connection-lost'],
  },
  {
    name: 'unknown, by a code that no source explains',
    act: ({ reader }) => {
      reader.reader.cancel();
    },
    words: ['outcome.unknown', 'reason.unexplained-code'],
    values: { code: '00 FF 09 FF' },
  },
];

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
const shown = (element: Element): string => plain(element.shadowRoot?.textContent ?? '');
/** The outcome, with the button for another try: what is asked about a sale without an outcome is not part of it. */
const shownOutcome = ({ shadowRoot }: Element): string =>
  plain([...shadowRoot!.querySelectorAll('.outcome, .pay')].map(({ textContent }) => textContent).join(' '));
const fill = (text: string, values: Ending['values'] = {}): string =>
  text.replace(/\{([a-z]+)\}/g, (part, name: string) => values[name] ?? part);

async function shop(tag: string, host?: Ending['host'], timeout = 30): Promise<Shop> {
  const reader = new MockReader();
  readers.push(reader);
  const element = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${reader.transport()} lang=${tag}>
      <magtek-status></magtek-status>
      <magtek-transaction amount="4.60" currency="EUR" timeout=${timeout}></magtek-transaction>
    </magtek-reader>
  `);
  if (host) {
    element.addEventListener('magtek-authorize', (event) => {
      event.respondWith(host() as Promise<boolean>);
    });
  }
  await element.connect();
  const sale = element.querySelector('magtek-transaction')!;
  await sale.updateComplete;
  return { reader, element, sale };
}

const press = ({ sale }: Shop): void => {
  sale.shadowRoot?.querySelector<HTMLElement>('.pay')?.click();
};

async function over({ sale }: Shop): Promise<void> {
  await waitUntil(() => sale.outcome !== undefined, 'over', { timeout: 10_000 });
  await sale.updateComplete;
}

describe('a sale in another language', () => {
  before(() => Promise.all(languages.map(([tag]) => loadWords(tag))));
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
    localStorage.clear();
  });

  for (const [tag, words, money] of languages) {
    /** All that is shown of an ending: outcome, amount, reason, help, and whether it is offered again. */
    const told = ([outcome, ...others]: readonly WordKey[], values?: Ending['values']): string =>
      plain([words[outcome!], money, ...others.map((key) => fill(words[key], values))].join(' '));

    it(`ends in every way, in ${tag}`, async () => {
      // All at once: each waits for its reader to be done.
      const ended = endings.map(async ({ name, host, timeout, act, words: keys, values }) => {
        const place = await shop(tag, host, timeout);
        press(place);
        await waitUntil(() => place.sale.phase === 'waiting-for-card', 'a card');
        act(place);
        await over(place);
        expect(shownOutcome(place.sale), name).to.equal(told(keys, values));
      });
      await Promise.all(ended);
    });

    it(`says what is missing where the host approves a part, in ${tag}`, async () => {
      const place = await shop(tag, () => Promise.resolve({ approved: true, authorizedAmount: '4.00' }));
      press(place);
      await waitUntil(() => place.sale.phase === 'waiting-for-card', 'a card');
      tap(place);
      await over(place);
      const [part, rest] = ['4,00', '0,60'].map((amount) => plain(money.replace('4,60', amount)));
      const all = [
        fill(words['outcome.partly-approved'], { amount: part! }),
        fill(words['outcome.remainder'], { amount: rest! }),
      ];
      expect(shown(place.sale)).to.equal(plain([...all, words['reason.partly-approved']].join(' ')));
    });

    it(`has failed, with the reason of the reader, in ${tag}`, async () => {
      for (const [fault, refusal] of [
        ['busy', 'refusal.transaction-in-progress'],
        ['low-battery', 'refusal.battery-too-low'],
      ] as const) {
        const place = await shop(tag);
        place.reader.reader.startFault(fault);
        press(place);
        await over(place);
        const keys = ['outcome.failed', 'reason.refused', 'help.rejected', 'transaction.again'] as const;
        expect(shownOutcome(place.sale)).to.equal(told(keys, { status: words[refusal] }));
      }
    });

    it(`says what cannot be charged, in ${tag}`, async () => {
      const place = await shop(tag);
      place.sale.amount = '4.605';
      await place.sale.updateComplete;
      press(place);
      await waitUntil(() => shown(place.sale).includes(words['help.bad-amount']));
      expect(shown(place.sale))
        .to.contain(fill(words['detail.option'], { name: 'amount' }))
        .and.not.contain('must');
    });

    const addresses: readonly (readonly [url: string, code: string, detail: string])[] = [
      ['nonsense', 'bad-url', fill(words['detail.no-web-socket-address'], { address: 'nonsense' })],
      ['wss://a:b@reader.example', 'bad-url', words['detail.address-with-user']],
      ['wss://reader.example/#a', 'bad-url', words['detail.address-with-fragment']],
      ['ws://reader.example', 'insecure-url', fill(words['detail.not-this-computer'], { host: 'reader.example' })],
    ];
    /** Tries to connect, and looks at what is said of it. */
    async function explains(url: string, code: string, detail: string): Promise<void> {
      const element = await fixture<MagtekReader>(html`
        <magtek-reader url=${url} reconnect="off" lang=${tag}><magtek-status></magtek-status></magtek-reader>
      `);
      const status = element.querySelector('magtek-status')!;
      await element.connect().catch(() => undefined);
      await status.updateComplete;
      const key = (kind: string): string => words[`${kind}.${code}` as WordKey];
      expect(shown(status)).to.equal(
        plain(
          [words['status.failed'], words['status.open'], key('error'), detail, key('help'), words['error.more']].join(
            ' ',
          ),
        ),
      );
    }
    for (const [url, code, detail] of addresses) {
      it(`says why ${url} cannot be opened, in ${tag}`, () => explains(url, code, detail));
    }
    it(`says that nobody listens, in ${tag}`, async () => {
      // A port that browsers do not refuse by its number.
      const { url, close } = await startReader();
      await close();
      await explains(url, 'unreachable', fill(words['detail.closed-while-connecting'], { code: '1006' }));
    });
  }
});
