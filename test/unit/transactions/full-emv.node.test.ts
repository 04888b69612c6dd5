/**
 * Full EMV from the button to the host: a simulated reader that waits, a client, and a real payment host behind the addresses of
 * `<magtek-transaction>`. The table of `docs/full-emv.md` is written from what each of them believes in the end. After a change:
 * `npx vitest run test/unit/transactions/full-emv --update`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { format } from 'prettier';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askAt, reverseAt, reverseUrlOf } from '../../../src/elements/transaction/host.js';
import {
  createPaymentHost,
  sqliteLedger,
  testGateway,
  type Ledger,
  type PaymentHost,
} from '../../../src/host/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { decodeTlv, findTlv, type TlvNode } from '../../../src/mms/tlv.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { TEST_BDK } from '../../../src/simulator/dukpt.js';
import type { ReversalRequest, TransactionResult } from '../../../src/transactions/contract.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import { SimulatedSale } from '../../support/simulated-sale.js';

const ORIGIN = 'https://shop.example';
const AUTHORIZE = '/pay/authorize';
/** More than the gateway of the test approves. */
const TOO_MUCH = '51.00';

let ledger: Ledger;
let host: PaymentHost;
/** Answers of the host that are under way, and what is done to the next ones. */
let calls: Promise<Response>[];
let posts: string[];
let before: (() => void | Promise<void>) | undefined;

beforeEach(() => {
  ledger = sqliteLedger(':memory:');
  host = createPaymentHost({
    ledger,
    gateway: testGateway({ bdk: TEST_BDK, limit: '50' }),
    amountOf: (transactionId) => ({ amount: /^(.*)-amount/.exec(transactionId)?.[1] ?? '4.60', currency: 'EUR' }),
  });
  calls = [];
  posts = [];
  before = undefined;
  vi.stubGlobal('self', { origin: ORIGIN });
  vi.stubGlobal('fetch', (url: URL | string, init: RequestInit) => {
    posts.push(`${init.method ?? 'GET'} ${new URL(url).pathname.replace(/[^/]*-amount.*/, '<id>')}`);
    const call = (async () => {
      await before?.();
      // The signal is of the page; a request of Node takes its own alone.
      const { method, headers, body } = init as { method: string; headers: Record<string, string>; body: string };
      return host(new Request(url, { method, headers, body }));
    })();
    calls.push(call);
    return call;
  });
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await ledger.close();
});

let lastId = 0;

/** What is seen of a sale from all sides. */
class Watched {
  readonly reversals: ReversalRequest[] = [];
  readonly made: SimulatedSale;
  result: TransactionResult | undefined;
  transactionId = '';
  private batch: string | undefined;

  private constructor(made: SimulatedSale) {
    this.made = made;
    made.client.subscribe('reversal-needed', (reversal) => this.reversals.push(reversal));
    // Somebody who stands beside the reader sees what it says also where the page does not hear it.
    made.reader.connect({
      deliver: (bytes) => {
        const data = readCardData(decodeMessage(bytes));
        if (data?.kind === 'batch') this.batch = data.result === 0 ? 'accepted' : 'refused';
      },
      drop: () => undefined,
      cut: () => undefined,
    });
  }

  /** A sale in which a card is in the reader. */
  static async inserted(options: Partial<StartTransactionOptions> = {}): Promise<Watched> {
    const watched = new Watched(await SimulatedSale.connected({ flow: 'full-emv', clients: 2 }));
    const { made } = watched;
    const { amount = '4.60' } = options;
    watched.transactionId = `${amount}-amount-${String(++lastId)}`;
    const sale = await made.started({
      flow: 'full-emv',
      transactionId: watched.transactionId,
      authorize: askAt(AUTHORIZE, ORIGIN),
      reverse: reverseAt(reverseUrlOf(AUTHORIZE), ORIGIN),
      ...options,
    });
    void sale.result.then((result) => (watched.result = result));
    made.reader.insert('visa');
    return watched;
  }

  get resumes(): number {
    return this.made.requests.filter(({ id }) => id === 0x1004).length;
  }

  /** Time passes, and whatever a host is asked meanwhile is answered. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 500) {
      await this.made.pass(Math.min(left, 500));
      await Promise.allSettled(calls);
      await this.made.pass(0);
    }
  }

  /** What each of them believes in the end. */
  async beliefs(): Promise<{ resumes: number; reader: string; page: string; host: string }> {
    await this.pass(220_000);
    await vi.waitFor(() => expect(this.result).toBeDefined());
    await Promise.allSettled(calls);
    const { outcome, because } = this.result!;
    const record = await ledger.find(this.transactionId);
    this.made.client.disconnect();
    return {
      resumes: this.resumes,
      reader: this.batch ?? 'nothing',
      page: `\`${outcome}\`, \`${because?.code ?? 'the host’s words'}\`${this.reversals.length > 0 ? ', `reversal-needed`' : ''}`,
      host: record ? `\`${record.state}\`` : 'nothing',
    };
  }
}

type Row = readonly [happening: string, play: () => Promise<Watched>];

const rows: readonly Row[] = [
  ['the host approves, and the card accepts', () => Watched.inserted()],
  ['the host declines', () => Watched.inserted({ amount: TOO_MUCH })],
  [
    'the host approves, and the card refuses',
    async () => {
      const watched = await Watched.inserted();
      watched.made.reader.startFault('card-refuses');
      return watched;
    },
  ],
  ['the host never answers', () => Watched.inserted({ authorize: () => new Promise(() => undefined) })],
  [
    'the host approves after the reader has sent its ARQC again',
    async () => {
      let answer = (): void => undefined;
      const asked = askAt(AUTHORIZE, ORIGIN);
      const late = new Promise<void>((resolve) => (answer = resolve));
      const watched = await Watched.inserted({ authorize: async (request) => (await late, asked(request) as never) });
      await watched.made.pass(40_000);
      answer();
      return watched;
    },
  ],
  [
    'the host approves after the reader has given up',
    async () => {
      let answer = (): void => undefined;
      const asked = askAt(AUTHORIZE, ORIGIN);
      const late = new Promise<void>((resolve) => (answer = resolve));
      const watched = await Watched.inserted({
        authorizeTimeout: 300,
        authorize: async (request) => (await late, asked(request) as never),
      });
      await watched.made.pass(110_000);
      answer();
      return watched;
    },
  ],
  [
    'the connection is lost before 1004 reaches the reader',
    async () => {
      const watched = await Watched.inserted();
      watched.made.reader.startFault('drop');
      return watched;
    },
  ],
  [
    'the connection is lost after 1004 has reached the reader',
    async () => {
      const watched = await Watched.inserted();
      watched.made.reader.startFault('drop-after');
      return watched;
    },
  ],
];

/** What must hold whatever happens. */
function expectMoneyToBeSafe({
  resumes,
  reader,
  page,
  host: ledgerState,
}: Awaited<ReturnType<Watched['beliefs']>>): void {
  expect(resumes).toBeLessThanOrEqual(1);
  if (page.startsWith('`approved`')) expect([reader, ledgerState]).toEqual(['accepted', '`approved`']);
  if (page.startsWith('`declined`')) expect(ledgerState).not.toBe('`approved`');
}

test('what reader, page and host believe is what the documentation says', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  for (const [happening, play] of rows) {
    const beliefs = await (await play()).beliefs();
    expectMoneyToBeSafe(beliefs);
    const { resumes, reader, page, host: ledgerState } = beliefs;
    lines.push(`| ${happening} | ${String(resumes)} | ${reader} | ${page} | ${ledgerState} |`);
  }
  const place = path.join(import.meta.dirname, '../../../docs/full-emv.md');
  const page = readFileSync(place, 'utf8');
  const table = [
    '| what happens | 1004 sent | the card | the page | the host |',
    '| - | - | - | - | - |',
    ...lines,
  ].join('\n');
  const written = page.replace(/(?<=<!-- beliefs -->)[^]*(?=<!-- end of beliefs -->)/, `\n\n${table}\n\n`);
  await expect(await format(written, { parser: 'markdown', printWidth: 120, singleQuote: true })).toMatchFileSnapshot(
    place,
  );
});

describe('what the reader is given', () => {
  const given = (watched: Watched): readonly TlvNode[] => {
    const request = watched.made.requests.find(({ id }) => id === 0x1004);
    return decodeTlv(findTlv(request?.payload ?? [], '84')!.value);
  };

  const ISSUER_DATA = '8A023030910A01020304050607083030720386010A';
  test.each([
    ['text', ISSUER_DATA],
    ['bytes', parseHex(ISSUER_DATA)],
    [
      'bytes of another realm',
      runInNewContext('Uint8Array.from(bytes)', { bytes: parseHex(ISSUER_DATA) }) as Uint8Array,
    ],
  ])('the response code and what the issuer says as %s, with the serial number of the ARQC', async (_, issuerData) => {
    const watched = await Watched.inserted({
      authorize: () => ({ approved: true, responseCode: '00', issuerData }),
    });
    await watched.pass(5_000);
    const list = given(watched);
    const value = (tag: string): string => toHex(findTlv(list, `FF74/FA/70/${tag}`)!.value);
    expect(['8A', '91', '72'].map(value)).toEqual(['3030', '01020304050607083030', '86010A']);
    expect(findTlv(list, 'FF74/FA/70')!.children).toHaveLength(3);
    const { serialNumber } = watched.result!.arqc!;
    expect(toHex(findTlv(list, 'FF74/DFDF25')!.value)).toBe(toHex(new TextEncoder().encode(serialNumber)));
    expect(watched.result?.outcome).toBe('approved');
    watched.made.client.disconnect();
  });

  test.each([
    [true, '3030'],
    [false, '3035'],
  ])('%s without a code is %s', async (approved, code) => {
    const watched = await Watched.inserted({ authorize: () => approved });
    await watched.pass(5_000);
    expect(toHex(findTlv(given(watched), 'FF74/FA/70/8A')!.value)).toBe(code);
    watched.made.client.disconnect();
  });

  test.each([
    ['a code of three characters', { approved: true, responseCode: '000' }],
    ['a no with the code of a yes', { approved: false, responseCode: '00' }],
    ['issuer data that are not objects', { approved: true, issuerData: '9105' }],
    ['issuer data that are not hexadecimal', { approved: true, issuerData: 'yes' }],
  ])('nothing for %s: that decides nothing', async (_, answer) => {
    const watched = await Watched.inserted({ authorize: () => answer });
    await watched.pass(200_000);
    expect([watched.resumes, watched.result?.outcome, watched.result?.because?.code]).toEqual([
      0,
      'unknown',
      'host-unclear',
    ]);
    watched.made.client.disconnect();
  });

  test('nothing where nobody is asked: the card declines, and nobody can approve it later', async () => {
    const watched = await Watched.inserted({ authorize: () => undefined });
    await watched.pass(200_000);
    expect(watched.resumes).toBe(0);
    expect(watched.result).toMatchObject({ outcome: 'declined', because: { code: 'card-declined' } });
    watched.made.client.disconnect();
  });

  test('nothing for a stripe: the host decides alone', async () => {
    const made = await SimulatedSale.connected({ flow: 'full-emv' });
    const sale = await made.started({ flow: 'full-emv', authorize: () => true });
    made.reader.swipe('visa');
    await made.pass(10_000);
    expect((await sale.result).outcome).toBe('approved');
    expect(made.requests.filter(({ id }) => id === 0x1004)).toEqual([]);
    made.client.disconnect();
  });

  test('nothing without flow, whatever the reader does', async () => {
    const made = await SimulatedSale.connected({ flow: 'full-emv' });
    const sale = await made.started({ authorize: () => ({ approved: true, responseCode: '00', issuerData: '9100' }) });
    made.reader.insert('visa');
    await made.pass(200_000);
    await sale.result;
    expect(made.requests.filter(({ id }) => id === 0x1004)).toEqual([]);
    made.client.disconnect();
  });
});

describe('money that has to be given back', () => {
  async function refused(options: Partial<StartTransactionOptions> = {}): Promise<Watched> {
    const watched = await Watched.inserted(options);
    watched.made.reader.startFault('card-refuses');
    return watched;
  }

  test('is asked for at the host once it answers, and given back once', async () => {
    const watched = await refused();
    await watched.pass(5_000);
    expect(posts).toEqual(['POST /pay/authorize', 'POST /pay/reverse/<id>']);
    expect((await ledger.find(watched.transactionId))?.state).toBe('reversed');
    const [reversal] = watched.reversals;
    expect(reversal).toMatchObject({ transactionId: watched.transactionId, amount: '4.60', currency: 'EUR' });
    expect(reversal?.arqc?.ksn).toBe(watched.result?.arqc?.ksn);
    expect(reversal?.batch).toBe(watched.result?.batch);
    // Heard again, it is the same.
    await reverseAt('/pay/reverse', ORIGIN)(reversal!);
    expect(await ledger.operations(watched.transactionId)).toHaveLength(1);
    watched.made.client.disconnect();
  });

  test('is asked for again while the host cannot be reached', async () => {
    const watched = await refused();
    let fails = 2;
    before = () => {
      if (posts.at(-1)?.includes('reverse') && fails-- > 0) throw new TypeError('no network');
    };
    await watched.pass(30_000);
    expect(posts.filter((post) => post.includes('reverse'))).toHaveLength(3);
    expect((await ledger.find(watched.transactionId))?.state).toBe('reversed');
    watched.made.client.disconnect();
  });

  test('is told as an error where no host ever says that it did', async () => {
    let tries = 0;
    const watched = await refused({
      reverse: () => (tries++, Promise.resolve(tries % 2 === 0 ? false : { approved: false })),
    });
    const errors: string[] = [];
    watched.made.client.subscribe('error', ({ error }) => errors.push(`${error.code} ${error.detail}`));
    await watched.pass(500_000);
    expect(tries).toBe(6);
    expect(errors).toEqual([`reversal-failed Its id is ${watched.transactionId}.`]);
    watched.made.client.disconnect();
    expect(watched.made.clock.running).toBe(0);
  });

  test('is left to the page where no hook does it', async () => {
    const watched = await refused({ reverse: () => undefined });
    await watched.pass(500_000);
    expect(watched.reversals).toHaveLength(1);
    expect(watched.result).toMatchObject({ outcome: 'declined', because: { code: 'card-refused' } });
    expect(watched.result).not.toHaveProperty('approvedAmount');
    watched.made.client.disconnect();
  });
});
