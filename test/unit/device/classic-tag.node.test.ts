/** MIFARE Classic tags of the simulated reader: read, written when agreed to, cut off, and no key or data anywhere. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { makeSupportBundle } from '../../../src/client/service/support-bundle.js';
import type { WriteClassicTagOptions } from '../../../src/device/classic-tag.js';
import { exportJournal } from '../../../src/journal/journal-file.js';
import { commands } from '../../../src/mms/commands/index.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { encodeTlv, findTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { toMessage } from '../../../src/mms/encode.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { SimulatedReader, SimulatedTransport, type TestCardName } from '../../../src/simulator/index.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';
import { codeOf } from '../../support/code-of.js';
import { errorOfPromise } from '../../support/error-of.js';

const KEY = 'FFFFFFFFFFFF';
const DATA = parseHex('C0FFEE00112233445566778899AABBCC'.repeat(2));
const EMPTY = new Uint8Array(DATA.length);

let reader: SimulatedReader;
let client: ReaderClient;
let tag: TestCardName;

beforeEach(async () => {
  tag = 'mifare1k';
  reader = new SimulatedReader({ pace: 1 });
  reader.subscribe(({ phase }) => {
    if (phase === 'waiting-for-card')
      setTimeout(() => {
        reader.tap(tag);
      });
  });
  client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  await client.connect();
});

afterEach(() => {
  client.disconnect();
  reader.close();
});

const write = (options: Partial<WriteClassicTagOptions> = {}): Promise<string> =>
  client.writeClassicTag({ sector: 2, block: 1, data: DATA, key: KEY, confirm: () => true, ...options });

const read = async (): Promise<Uint8Array> => {
  const { sectors } = await client.readClassicTag({ sectors: [2], key: KEY });
  return (sectors[0]?.data ?? EMPTY).subarray(16, 48);
};

const commandOf = (message: MmsMessage): string =>
  message.kind === 'request' && message.id === 0x1101
    ? toHex(findTlv(message.payload, '81')?.value ?? Uint8Array.of())
    : '';

describe('a MIFARE Classic tag', () => {
  test('is read by sectors, small and large, with either key, and the next session begins at once', async () => {
    tag = 'mifare4k';
    const sent: string[] = [];
    client.subscribe('message', ({ message }) => {
      if (message.kind === 'request') sent.push(commandOf(message) || message.id.toString(16));
    });
    const key = parseHex(KEY);
    const { uid, sectors } = await client.readClassicTag({ sectors: [0, 39], key, keyType: 'B' });
    expect(uid).toBe('A4B5C6D7');
    expect(sectors.map(({ sector, data }) => [sector, data.length])).toEqual([
      [0, 64],
      [39, 256],
    ]);
    // Key A reads as zeros.
    expect(toHex(sectors[0]?.data.subarray(48) ?? EMPTY)).toBe('000000000000FF078069FFFFFFFFFFFF');
    expect(sent).toEqual(['1001', `3000000301${KEY}`, `3027000F01${KEY}`]);
    // The caller's key is the caller's.
    expect(toHex(key)).toBe(KEY);
    expect((await client.readClassicTag({ sectors: [5], key })).sectors).toHaveLength(1);
  });

  test('is written when that is agreed to, and read back', async () => {
    const asked: unknown[] = [];
    const confirm: WriteClassicTagOptions['confirm'] = (plan) => {
      asked.push({ ...plan, data: plan.data.slice() });
      // Its own copy.
      plan.data.fill(0);
      return Promise.resolve(true);
    };
    expect(await write({ confirm })).toBe('D1E2F3A4');
    expect(asked).toEqual([{ uid: 'D1E2F3A4', sector: 2, block: 1, before: EMPTY, data: DATA }]);
    expect(await read()).toEqual(DATA);
    expect(await write({ data: EMPTY })).toBe('D1E2F3A4');
    expect(await read()).toEqual(EMPTY);
  });

  test.each<[string, WriteClassicTagOptions['confirm']]>([
    ['no', () => false],
    ['something else than yes', () => 'yes' as never],
    ['a later no', () => Promise.resolve(false)],
  ])('is left alone where the answer is %s', async (_, confirm) => {
    expect(await errorOfPromise(write({ confirm }))).toMatchObject({
      code: 'aborted',
      because: { code: 'tag-not-confirmed' },
    });
    expect(await read()).toEqual(EMPTY);
  });

  test('refuses a wrong key, and is there for the right one at once', async () => {
    expect(await codeOf(client.readClassicTag({ sectors: [1], key: '010203040506' }))).toBe('rejected');
    expect(await codeOf(write({ key: '010203040506' }))).toBe('rejected');
    expect(await read()).toEqual(EMPTY);
  });

  test.each<[string, object, string]>([
    ['no sector', { sector: 40 }, 'sector'],
    ['half a sector', { sector: 0.5 }, 'sector'],
    ['the first block of the tag', { sector: 0, block: 0 }, 'block'],
    ['a trailer', { block: 3 }, 'block'],
    ['the trailer of a large sector', { sector: 32, block: 15 }, 'block'],
    ['a block before the first', { block: -1 }, 'block'],
    ['blocks into the trailer', { block: 2 }, 'data'],
    ['half a block', { data: new Uint8Array(8) }, 'data'],
    ['nothing to write', { data: new Uint8Array(0) }, 'data'],
    ['text for data', { data: 'AA' }, 'data'],
    ['a short key', { key: 'FFFF' }, 'key'],
    ['a key in other digits', { key: 'not-a-key-at' }, 'key'],
    ['a key of another kind', { key: 7 }, 'key'],
    ['a third key', { keyType: 'C' }, 'keyType'],
    ['nobody to ask', { confirm: undefined }, 'confirm'],
  ])('%s is refused before anything is sent', async (_, options, name) => {
    const { end } = client.journal;
    const error = await errorOfPromise(write(options));
    expect(error).toMatchObject({ code: 'bad-option', because: { code: 'option', values: { name } } });
    expect(error.message).not.toContain('not-a-key-at');
    expect(client.journal.end).toBe(end);
  });

  test.each([[[]], ['x'], [[-1]], [[40]]])('sectors %j are refused before anything is sent', async (sectors) => {
    const { end } = client.journal;
    expect(await codeOf(client.readClassicTag({ sectors: sectors as never, key: KEY }))).toBe('bad-option');
    expect(client.journal.end).toBe(end);
  });
});

describe('cut off', () => {
  /** Pass-through commands: read, write, read back. */
  test.each([
    ['connection', 1, [EMPTY], undefined],
    ['connection', 2, [EMPTY, DATA], 'tag-cut-blocks'],
    ['connection', 3, [DATA], 'tag-cut-blocks'],
    ['tag', 1, [EMPTY], undefined],
    ['tag', 2, [EMPTY, DATA], 'tag-cut-blocks'],
    ['tag', 3, [DATA], 'tag-cut-blocks'],
    ['refusal', 1, [EMPTY], undefined],
    ['refusal', 2, [EMPTY], 'tag-cut-blocks'],
    ['refusal', 3, [DATA], 'tag-cut-blocks'],
  ] as const)('(%s) at command %i: the tag holds what the error says', async (cut, count, holds, code) => {
    const line = new CuttableTransport(reader);
    const writer = new ReaderClient({ transport: line, reconnect: 'off' });
    await writer.connect();
    let left: number = count;
    writer.subscribe('message', ({ message }) => {
      if (commandOf(message) === '' || --left !== 0) return;
      if (cut === 'tag') reader.remove();
      else if (cut === 'refusal') reader.refuseNext('020312');
      else
        queueMicrotask(() => {
          line.cut();
        });
    });
    const error = await errorOfPromise(
      writer.writeClassicTag({ sector: 2, block: 1, data: DATA, key: KEY, confirm: () => true }),
    );
    expect(error.because?.code).toBe(code);
    expect(error.code).toBe(cut === 'connection' ? 'connection-lost' : 'rejected');
    writer.disconnect();
    // The session of a client that is gone is ended by the next.
    if (cut === 'connection') await client.cancelTransaction().catch(() => undefined);
    expect(holds).toContainEqual(await read());
  });
});

describe('an answer', () => {
  /** A line on which the answers to 1101 are of another form. */
  class Rewriting extends SimulatedTransport {
    private readonly form: (data: Uint8Array) => readonly TlvInput[];
    constructor(form: (data: Uint8Array) => readonly TlvInput[]) {
      super(reader);
      this.form = form;
    }
    override open(...[to, options]: Parameters<SimulatedTransport['open']>): ReturnType<SimulatedTransport['open']> {
      const message = (bytes: Uint8Array): void => {
        const isAnswer = toHex(bytes).startsWith('AA00810482') && toHex(bytes.subarray(6, 8)) === '1101';
        to.message(
          isAnswer
            ? toMessage({
                kind: 'response',
                reference: bytes[5] ?? 0,
                id: 0x1101,
                payloadId: 0x1101,
                status: { summary: 0, detail: '000000' },
                payload: this.form(new Uint8Array(64).fill(7)),
              }).bytes
            : bytes,
        );
      };
      return super.open({ ...to, message }, options);
    }
  }

  const asked = async (form: (data: Uint8Array) => readonly TlvInput[]): Promise<unknown> => {
    const other = new ReaderClient({ transport: new Rewriting(form) });
    await other.connect();
    try {
      return (await other.readClassicTag({ sectors: [3], key: KEY })).sectors[0]?.data[0];
    } catch (error) {
      return (error as { readonly because?: { readonly code: string }; readonly code: string }).because?.code;
    } finally {
      other.disconnect();
    }
  };

  test('is read raw and in objects; one of another length is refused', async () => {
    const wrapped = (value: Uint8Array): TlvInput[] => [
      { tag: '82', value: encodeTlv([{ tag: 'FC', children: [{ tag: 'DF7A', value }] }]) },
    ];
    expect(await asked((value) => [{ tag: '82', value }])).toBe(7);
    expect(await asked(wrapped)).toBe(7);
    expect(await asked((value) => wrapped(value.subarray(1)))).toBe('tag-sector');
    expect(await asked(() => [])).toBe('tag-sector');
  });
});

test('neither keys nor data come into journal, support bundle or errors', async () => {
  const keys = ['A1B2C3D4E5F6', KEY];
  await write();
  await read();
  const refused = await errorOfPromise(client.readClassicTag({ sectors: [1], key: keys[0] ?? '' }));
  const bundle = await makeSupportBundle({
    client,
    versions: { library: 'x', protocol: 'x' },
    environment: {},
    made: '2026-01-01T00:00:00Z',
  });
  const all = [exportJournal(client.journal.entries), JSON.stringify(bundle), refused.message, JSON.stringify(refused)]
    .join('\n')
    .toUpperCase();
  for (const secret of [...keys, toHex(DATA.subarray(0, 6)), 'D1E2F3A4']) expect(all).not.toContain(secret);
  // As bytes the request has it: the test would see it.
  expect(toHex(commands.passThroughClassic({ command: `30020003 00${KEY}`.replace(' ', '') }).bytes)).toContain(KEY);
});
