/** Evidence of a sale, and messages that are not: messages of other sales, repeats, silence, contradictions. */
import { describe, expect, test } from 'vitest';
import {
  cardMessage,
  completionMessage,
  dataMessage,
  newKsn,
  PlayedSale,
  textMessage,
} from '../../support/played-sale.js';
import { storageOf } from '../../support/storage-of.js';

/** The rest of a Quick Chip sale. */
const rest = (): Uint8Array[] => [completionMessage(), dataMessage('batch'), completionMessage()];

test('what comes in one piece with the answer to the start, behind it, is of this sale', async () => {
  const played = await PlayedSale.connected();
  const sale = played.start();
  // As from a serial port or a broker after the page was busy: nothing of the page runs in between.
  played.transport.answer(played.last, { summary: 0x01 });
  for (const message of [cardMessage(), dataMessage('arqc'), ...rest()]) played.transport.deliver(message);
  await played.pass(5_000);
  expect((await sale.result).outcome).toBe('approved');
});

const USED = 'magtek-elements/used-card-data';

describe('before the start is answered', () => {
  test('a whole foreign sale belongs to nobody, and the card that comes afterwards to this one', async () => {
    const played = await PlayedSale.connected();
    const [foreign, own] = [newKsn(), newKsn()];
    const owners: string[] = [];
    played.client.subscribe('card-data', ({ kind, transactionId }) => kind === 'arqc' && owners.push(transactionId));
    const sale = played.start({ amount: '750.00' });
    await played.deliver(cardMessage(), dataMessage('arqc', { ksn: foreign }), ...rest());
    await played.answer({ summary: 0x01 });
    await played.pass(20_000);
    expect(sale.phase).toBe('waiting-for-card');
    expect(played.asked).toEqual([]);
    await played.deliver(cardMessage(), dataMessage('arqc', { ksn: own }), ...rest());
    expect(await sale.result).toMatchObject({ outcome: 'approved', amount: '750.00', arqc: { ksn: own } });
    expect(played.asked).toEqual([own]);
    expect(owners).toEqual(['', sale.transactionId]);
  });

  test('an ARQC that was heard then and comes again afterwards is refused', async () => {
    const played = await PlayedSale.connected();
    const [foreign, own] = [dataMessage('arqc'), newKsn()];
    const sale = played.start();
    await played.deliver(foreign);
    await played.answer({ summary: 0x01 });
    await played.deliver(foreign);
    expect(played.asked).toEqual([]);
    expect(played.errors).toEqual(['card-data-used']);
    await played.deliver(dataMessage('arqc', { ksn: own }), ...rest());
    expect((await sale.result).outcome).toBe('approved');
    expect(played.asked).toEqual([own]);
  });

  test('so is one that was heard between sales', async () => {
    const played = await PlayedSale.connected();
    const foreign = dataMessage('arqc');
    await played.deliver(foreign);
    await played.accepted();
    await played.deliver(cardMessage(), foreign);
    expect(played.asked).toEqual([]);
  });

  test('an unanswered start is unknown and authorizes nothing, also when its answer comes late', async () => {
    const played = await PlayedSale.connected();
    const sale = played.start();
    const request = played.last;
    await played.deliver(cardMessage(), dataMessage('arqc'));
    await played.pass(5_000);
    expect(await sale.result).toMatchObject({ outcome: 'unknown', because: { code: 'start-unanswered' } });
    played.transport.answer(request, { summary: 0x01 });
    await played.deliver(dataMessage('arqc'), ...rest());
    expect(played.asked).toEqual([]);
  });
});

describe('a key serial number', () => {
  test('is used once: a repeat in the next sale is refused, told and recorded; the next card works', async () => {
    const played = await PlayedSale.connected();
    const first = dataMessage('arqc', { ksn: newKsn() });
    const sale = await played.accepted();
    await played.deliver(cardMessage(), first, ...rest());
    expect((await sale.result).outcome).toBe('approved');

    const second = await played.accepted();
    await played.deliver(first);
    expect(played.errors).toEqual(['card-data-used']);
    expect(played.client.journal.entries.some(({ error }) => error?.code === 'card-data-used')).toBe(true);
    expect(second.phase).toBe('waiting-for-card');
    const own = newKsn();
    await played.deliver(cardMessage(), dataMessage('arqc', { ksn: own }), ...rest());
    expect(await second.result).toMatchObject({ outcome: 'approved', arqc: { ksn: own } });
    expect(played.asked).toHaveLength(2);
  });

  test('is used once in all clients of a page, and by reader', async () => {
    const ksn = newKsn();
    const one = await PlayedSale.connected();
    await one.accepted();
    await one.deliver(dataMessage('arqc', { ksn }));
    const two = await PlayedSale.connected();
    await two.accepted();
    await two.deliver(dataMessage('arqc', { ksn }));
    expect(two.asked).toEqual([]);
    await two.deliver(dataMessage('arqc', { ksn, serialNumber: 'ANOTHER' }));
    expect(two.asked).toEqual([ksn]);
  });

  test('stays used in what tabs and page loads share, also beside those of others', async () => {
    const items = new Map<string, string>();
    const played = await PlayedSale.connected({ storage: storageOf(items) });
    await played.accepted();
    const ksn = newKsn();
    // The list of a version before.
    items.set(USED, 'arqc/elsewhere/01');
    await played.deliver(dataMessage('arqc', { ksn }));
    expect([...items.keys()]).toEqual(expect.arrayContaining([USED, `${USED}/arqc/B547D37/${ksn}`]));
    // Another page load: nothing of it is in memory.
    const later = newKsn();
    items.set(USED, `arqc/elsewhere/01 arqc/B547D37/${later}`);
    const reloaded = await PlayedSale.connected({ storage: storageOf(items) });
    await reloaded.accepted();
    await reloaded.deliver(dataMessage('arqc', { ksn: later }));
    expect(reloaded.asked).toEqual([]);
    expect(reloaded.errors).toEqual(['card-data-used']);
  });

  test('is used once also where nothing can be stored', async () => {
    const refuse = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const played = await PlayedSale.connected({ storage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
    const first = dataMessage('arqc');
    const sale = await played.accepted();
    await played.deliver(first, ...rest());
    await sale.result;
    await played.accepted();
    await played.deliver(first);
    expect(played.asked).toHaveLength(1);
  });

  test('that comes again within its own sale is nothing new', async () => {
    const played = await PlayedSale.connected();
    const arqc = dataMessage('arqc');
    const sale = await played.accepted();
    await played.deliver(cardMessage(), arqc, arqc, ...rest());
    expect((await sale.result).outcome).toBe('approved');
    expect(played.asked).toHaveLength(1);
    expect(played.errors).toEqual([]);
  });
});

test('a batch of a sale before decides nothing about this one', async () => {
  const played = await PlayedSale.connected();
  const foreign = dataMessage('batch', { result: '02' });
  await played.deliver(foreign);
  const sale = await played.accepted();
  await played.deliver(foreign);
  expect(sale.phase).toBe('waiting-for-card');
});

describe('contradictions are unknown', () => {
  test('a reader that waits for the host, and whose batch says declined after its yes', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted();
    await played.deliver(cardMessage(), dataMessage('arqc'));
    await played.pass(30_000);
    await played.deliver(dataMessage('arqc'));
    await played.deliver(completionMessage(), dataMessage('batch', { result: '01' }), completionMessage());
    expect(await sale.result).toMatchObject({
      outcome: 'unknown',
      reason: 'The host approved the transaction, and the reader ended it as refused.',
    });
    expect(played.asked).toHaveLength(1);
  });

  test('data of two cards in one sale', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted();
    await played.deliver(
      cardMessage(),
      dataMessage('arqc'),
      dataMessage('arqc', { pan: '545454******5454' }),
      ...rest(),
    );
    const { outcome, reason } = await sale.result;
    expect(outcome).toBe('unknown');
    expect(reason).toContain('411111******1111 and 545454******5454');
    expect(played.asked).toHaveLength(1);
  });
});

describe('later evidence wins', () => {
  test('a fallback whose card data come after a batch that says error', async () => {
    const played = await PlayedSale.connected({}, { authorize: () => undefined });
    const sale = await played.accepted();
    await played.deliver(cardMessage(), dataMessage('batch', { result: '02' }));
    await played.deliver(cardMessage('08010100'), dataMessage('arqc'), ...rest());
    expect(await sale.result).toMatchObject({ outcome: 'deferred', arqc: { kind: 'arqc' } });
  });

  test('a card that is seen after the reader seemed to have ended', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted();
    await played.deliver(completionMessage());
    await played.pass(1_000);
    await played.deliver(cardMessage());
    await played.pass(20_000);
    expect(sale.phase).toBe('reading');
    await played.deliver(dataMessage('arqc'), ...rest());
    expect((await sale.result).outcome).toBe('approved');
  });
});

describe('silence', () => {
  test('is counted from the last sign of life', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted({ timeout: 20 });
    await played.deliver(cardMessage());
    for (let minutes = 0; minutes < 5; minutes += 0.75) {
      await played.pass(45_000);
      await played.deliver(textMessage());
    }
    expect(sale.phase).toBe('reading');
    await played.deliver(dataMessage('arqc'), ...rest());
    expect((await sale.result).outcome).toBe('approved');
  });

  test('ends it in the end', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted({ timeout: 20 });
    await played.deliver(cardMessage());
    await played.pass(49_999);
    expect(sale.phase).toBe('reading');
    await played.pass(1);
    expect((await sale.result).outcome).toBe('unknown');
  });

  test('is not concluded from a timer that fires late, before messages that wait had their turn', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted({ timeout: 20 });
    await played.deliver(cardMessage());
    played.clock.sleep(3_600_000);
    await played.pass(4);
    expect(sale.phase).toBe('reading');
    await played.deliver(dataMessage('arqc'), ...rest());
    expect((await sale.result).outcome).toBe('approved');
  });

  test('of a host that was late only because the computer slept is not the end either', async () => {
    let decide: (answer: boolean) => void = () => undefined;
    const played = await PlayedSale.connected(
      {},
      { authorize: () => new Promise<boolean>((resolve) => (decide = resolve)) },
    );
    const sale = await played.accepted();
    await played.deliver(cardMessage(), dataMessage('arqc'), ...rest());
    played.clock.sleep(3_600_000);
    await played.pass(4);
    decide(true);
    expect((await sale.result).outcome).toBe('approved');
  });
});

describe('a hook', () => {
  test.each([
    ['a boolean', true, 'approved'],
    ['a decision', { approved: false, message: 'No.' }, 'declined'],
    ['null', null, 'deferred'],
    ['nonsense', 'yes' as unknown as boolean, 'unknown'],
  ] as const)('may answer at once, with %s', async (_, answer, outcome) => {
    const played = await PlayedSale.connected({}, { authorize: () => answer });
    const sale = await played.accepted();
    await played.deliver(cardMessage(), dataMessage('arqc'), ...rest());
    await played.pass(0);
    expect(sale.phase).toBe('done');
    expect((await sale.result).outcome).toBe(outcome);
  });

  test('without a limit is waited for', async () => {
    let decide: (answer: boolean) => void = () => undefined;
    const authorize = (): Promise<boolean> => new Promise((resolve) => (decide = resolve));
    const played = await PlayedSale.connected({}, { authorize });
    const sale = await played.accepted({ authorizeTimeout: Infinity });
    await played.deliver(cardMessage(), dataMessage('arqc'), ...rest());
    await played.pass(100 * 86_400_000);
    expect(sale.phase).toBe('authorizing');
    decide(true);
    expect((await sale.result).outcome).toBe('approved');
  });
});

describe('showing the outcome', () => {
  test('does not keep the next sale for ever where the connection blinks', async () => {
    const played = await PlayedSale.connected({}, { authorize: () => false });
    const first = await played.accepted({ showOutcome: true });
    await played.deliver(cardMessage(), dataMessage('arqc'), ...rest());
    await first.result;
    await played.answer({ summary: 0x01 });
    const second = played.start();
    played.transport.lose();
    expect(await second.result).toMatchObject({ outcome: 'cancelled', error: { code: 'connection-lost' } });
    expect(played.client.transaction).toBeUndefined();
    expect(played.clock.awake).toBe(0);
    await played.client.connect();
    const third = await played.accepted();
    expect(third.phase).toBe('waiting-for-card');
  });
});

describe('cancelling', () => {
  test('sends one cancel, however often it is asked for', async () => {
    const played = await PlayedSale.connected();
    const sale = await played.accepted();
    const results = Array.from({ length: 30 }, () => sale.cancel());
    await played.answer();
    results.push(sale.cancel());
    await played.deliver(completionMessage());
    for (const result of results) expect((await result).outcome).toBe('cancelled');
    expect(played.requests.filter(({ id }) => id === 0x1008)).toHaveLength(1);
  });
});

test('whoever is told finds everything in place', async () => {
  const storage = storageOf();
  const played = await PlayedSale.connected({ storage });
  const seen: unknown[] = [];
  played.client.subscribe('transaction', ({ phase }) => {
    if (phase !== 'done') return;
    seen.push(played.client.transaction, played.client.unresolvedTransactions.length);
  });
  const sale = await played.accepted();
  played.transport.lose();
  await sale.result;
  expect(seen).toEqual([undefined, 1]);
});

describe('an id', () => {
  test.each([
    '4111111111111111',
    'order-4111111111111111',
    '4111 1111 1111 1111',
    '5454-5454-5454-5454',
    '3782 822463 10005',
  ])('in which a card number is readable is refused before anything is sent: %s', async (transactionId) => {
    const played = await PlayedSale.connected();
    expect(() => played.start({ transactionId })).toThrow(
      expect.objectContaining({
        code: 'bad-option',
        detail: expect.stringContaining('transactionId') as string,
      }) as Error,
    );
    expect(played.requests).toEqual([]);
  });

  test('of usual kinds is taken, whatever digits it has by chance', async () => {
    const played = await PlayedSale.connected();
    for (let count = 0; count < 200; count++) {
      const uuid = crypto.randomUUID();
      for (const transactionId of [
        uuid,
        uuid.replaceAll('-', ''),
        '00000000-4111-1111-1111-111111111111',
        '20261128-4711',
      ]) {
        const sale = played.start({ transactionId: `${transactionId}-${String(count)}` });
        played.client.disconnect();
        await sale.result;
        await played.client.connect();
      }
    }
  });
});

describe('in full EMV, after the reader has read another card', () => {
  test.each([true, false])('the answer %s to the first goes to nobody', async (approved) => {
    let answer: (approved: boolean) => void = () => undefined;
    const played = await PlayedSale.connected();
    const sale = await played.accepted({
      flow: 'full-emv',
      authorize: () => new Promise<boolean>((resolve) => (answer = resolve)),
    });
    await played.deliver(cardMessage(), dataMessage('arqc', { pan: '411111******1111' }));
    await played.deliver(dataMessage('arqc', { pan: '550000******0004' }));
    answer(approved);
    await played.pass(0);
    expect(played.requests.map(({ id }) => id)).not.toContain(0x1004);
    await played.deliver(completionMessage(), dataMessage('batch', { result: '00' }), completionMessage());
    await played.pass(5_000);
    expect((await sale.result).outcome).toBe(approved ? 'unknown' : 'declined');
  });
});
