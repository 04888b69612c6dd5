/** NDEF records written to a tag of the simulated reader: agreed to, read back, cut off at every step, and the next session at once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { makeSupportBundle } from '../../../src/client/service/support-bundle.js';
import type { TagWritePlan, WriteTagOptions } from '../../../src/device/tag-write.js';
import { exportJournal } from '../../../src/journal/journal-file.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { findTlv } from '../../../src/mms/tlv.js';
import type { NdefRecord } from '../../../src/mms/views/ndef.js';
import { SimulatedReader, SimulatedTransport, testCards, type TestCard } from '../../../src/simulator/index.js';
import { codeOf } from '../../support/code-of.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';
import { errorOfPromise } from '../../support/error-of.js';

const OLD: readonly NdefRecord[] = [{ kind: 'text', language: 'en', text: 'hello' }];
const NEW: readonly NdefRecord[] = [
  { kind: 'uri', uri: 'https://shop.example/voucher/7' },
  { kind: 'text', language: 'de', text: 'Zwölf Euro' },
];

/** A tag like the NTAG213, with another memory. */
const tagOf = (memory: string): TestCard => ({ ...testCards.ntag, tag: { ...testCards.ntag.tag, memory } });
const NTAG = testCards.ntag.tag.memory;

let reader: SimulatedReader;
let transport: CuttableTransport;
let client: ReaderClient;

beforeEach(async () => {
  reader = new SimulatedReader({ pace: 1 });
  transport = new CuttableTransport(reader);
  client = new ReaderClient({ transport, reconnect: 'off' });
  await client.connect();
});

afterEach(() => {
  client.disconnect();
  reader.close();
});

/** A tag is held to the reader as soon as it waits for one; gives the way to stop that. */
function present(tag: TestCard = testCards.ntag): () => void {
  return reader.subscribe(({ phase }) => {
    if (phase === 'waiting-for-card')
      setTimeout(() => {
        reader.tap(tag);
      });
  });
}

const write = (options: Partial<WriteTagOptions> = {}): ReturnType<ReaderClient['writeTag']> =>
  client.writeTag({ records: NEW, confirm: () => true, ...options });

/** What the tag holds, read by another client in a session right behind. */
async function read(): Promise<readonly NdefRecord[]> {
  const other = new ReaderClient({ transport: new SimulatedTransport(reader) });
  await other.connect();
  try {
    return (await other.readTag()).records;
  } finally {
    other.disconnect();
  }
}

const commandOf = (message: MmsMessage): string =>
  message.kind === 'request' && message.id === 0x1100
    ? toHex(findTlv(message.payload, '81')?.value ?? Uint8Array.of())
    : '';

describe('writing a tag', () => {
  test('asks first, writes, reads back, and the next session begins at once', async () => {
    present();
    const asked: TagWritePlan[] = [];
    const sent: string[] = [];
    client.subscribe('message', ({ message }) => {
      if (message.kind === 'request') sent.push(commandOf(message) || message.id.toString(16));
    });
    const result = await write({
      confirm: (plan) => {
        asked.push(plan);
        return Promise.resolve(true);
      },
    });
    expect(asked).toEqual([{ uid: '04A1B2C3D4E5F6', before: OLD, records: NEW, size: 45, room: 142 }]);
    expect(result).toEqual({ uid: '04A1B2C3D4E5F6', records: NEW, pages: 13 });
    const writes = sent.filter((command) => command.startsWith('A2'));
    // Length 0 first, the length of the new message last.
    expect(writes[0]).toBe('A2040300D101');
    expect(writes.at(-1)).toBe('A204032D9101');
    expect(writes.every((command) => parseInt(command.slice(2, 4), 16) >= 4)).toBe(true);
    // No cancel: the last command says that it is the last.
    expect(sent).not.toContain('1008');
    expect((await client.readTag()).records).toEqual(NEW);
    // Once more: it holds them already.
    expect(await write()).toMatchObject({ records: NEW, pages: 0 });
    expect(await write({ records: [] })).toMatchObject({ records: [] });
    expect((await client.readTag()).records).toEqual([]);
    expect((await write()).records).toEqual(NEW);
  });

  test('writes what was agreed to, whatever the page does with its list meanwhile', async () => {
    present();
    const records = [...NEW];
    await write({
      records,
      confirm: () => {
        records.length = 0;
        return true;
      },
    });
    expect(await read()).toEqual(NEW);
  });

  test.each<[string, WriteTagOptions['confirm'], object]>([
    ['no', () => false, { code: 'aborted', because: { code: 'tag-not-confirmed' }, help: 'Nothing was written.' }],
    ['something else than yes', () => 'yes' as never, { code: 'aborted' }],
    ['a later no', () => Promise.resolve(false), { code: 'aborted' }],
    [
      'an error',
      () => {
        throw new RangeError('page');
      },
      { name: 'RangeError' },
    ],
    ['a later error', () => Promise.reject(new RangeError('page')), { name: 'RangeError' }],
  ])('does nothing where the answer is %s', async (_, confirm, expected) => {
    present();
    const commands: string[] = [];
    client.subscribe('message', ({ message }) => commands.push(commandOf(message)));
    expect(await errorOfPromise(write({ confirm }))).toMatchObject(expected);
    expect(commands.filter((command) => command.startsWith('A'))).toEqual([]);
    expect((await client.readTag()).records).toEqual(OLD);
  });

  test('does nothing where nobody answers, the page gives up, or the tag is taken away', async () => {
    const stop = present();
    const controller = new AbortController();
    const never = new Promise<boolean>(() => undefined);
    const asking =
      (then: () => void): WriteTagOptions['confirm'] =>
      () => {
        setTimeout(then);
        return never;
      };
    expect(await codeOf(write({ confirm: asking(() => controller.abort()), signal: controller.signal }))).toBe(
      'aborted',
    );
    expect(await errorOfPromise(write({ confirm: asking(() => reader.remove()) }))).toMatchObject({
      code: 'not-completed',
      because: { code: 'tag-gone' },
    });
    expect(await errorOfPromise(write({ confirm: () => never, timeout: 1 }))).toMatchObject({
      because: { code: expect.stringMatching(/^tag-(gone|not-confirmed)$/) as string },
    });
    expect((await client.readTag()).records).toEqual(OLD);
    // Given up in the moment of the yes.
    const late = new AbortController();
    const yes = (): boolean => {
      late.abort();
      return true;
    };
    expect(await codeOf(write({ confirm: yes, signal: late.signal }))).toBe('aborted');
    expect((await client.readTag()).records).toEqual(OLD);
    stop();
  });

  test('is not given up once it has begun', async () => {
    present();
    const controller = new AbortController();
    client.subscribe('message', ({ message }) => {
      if (commandOf(message).startsWith('A2')) controller.abort();
    });
    expect((await write({ signal: controller.signal })).records).toEqual(NEW);
  });

  test.each<[string, object, string]>([
    ['no list', { records: 'x' }, 'records'],
    ['a record of no kind', { records: [{}] }, 'records'],
    ['nothing', { records: [null] }, 'records'],
    ['a record with a function', { records: [{ kind: 'uri', uri: () => '' }] }, 'records'],
    ['half a character', { records: [{ kind: 'uri', uri: '\uD800' }] }, 'records'],
    ['nobody to ask', { confirm: undefined }, 'confirm'],
  ])('refuses %s before anything is sent', async (_, options, name) => {
    const end = client.journal.end;
    expect(await errorOfPromise(write(options as never))).toMatchObject({
      code: 'bad-option',
      because: { code: 'option', values: { name } },
    });
    expect(client.journal.end).toBe(end);
  });

  test.each<[string, string, string]>([
    ['is not prepared for NDEF', NTAG.replace('E1101200', '00000000'), 'tag-not-ndef'],
    ['says that it is read-only', NTAG.replace('E1101200', 'E110120F'), 'tag-read-only'],
    ['has a locked page', NTAG.replace('00480000', '00482000'), 'tag-read-only'],
    ['has another layout', NTAG.replace('030CD101', 'FDFFFFFF'), 'tag-layout'],
    ['is too small', NTAG.replace('E1101200', 'E1100200'), 'tag-too-small'],
  ])('leaves a tag alone that %s', async (_, memory, code) => {
    present(tagOf(memory));
    let isAsked = false;
    const confirm = (): boolean => (isAsked = true);
    const error = await errorOfPromise(write({ confirm }));
    expect(error).toMatchObject({ code: 'not-completed', because: { code } });
    expect(error.help).toMatch(/^Nothing was written\./);
    expect(isAsked).toBe(false);
    expect(toHex((await client.readTag()).memory)).toBe(
      memory.slice(0, 32 + (code === 'tag-not-ndef' ? 0 : code === 'tag-too-small' ? 32 : 288)),
    );
  });

  test('a page that does not keep what is written is told, and never made a message of', async () => {
    // The reader confirms a page that the tag does not take, as one with a password does not.
    present();
    const lying = new Lying(reader);
    const other = new ReaderClient({ transport: lying });
    await other.connect();
    for (const page of [0x08, 0x04]) {
      lying.page = page;
      const error = await errorOfPromise(other.writeTag({ records: NEW, confirm: () => true }));
      expect(error).toMatchObject({
        code: 'not-completed',
        because: { code: 'tag-differs', values: { page: String(page) } },
      });
    }
    other.disconnect();
    expect(await read()).toEqual([]);
  });
});

/** Changes one written page on its way. */
class Lying extends CuttableTransport {
  page = 0;
  override send(bytes: Uint8Array): void {
    const write = parseHex(`A2${toHex(Uint8Array.of(this.page))}`);
    const at = bytes.findIndex((byte, nth) => byte === write[0] && bytes[nth + 1] === write[1] && bytes[nth - 1] === 6);
    const copy = bytes.slice();
    // Never length 0, with which it begins: that is the third byte of page 4 there.
    if (at > 0 && copy[at + 3] !== 0) copy.fill(0, at + 3, at + 4);
    super.send(copy);
  }
}

describe('cut off', () => {
  const FEW: readonly NdefRecord[] = [{ kind: 'uri', uri: 'https://a.example/7' }];
  /** With room for 48 bytes, so that there are few commands. */
  const SMALL = tagOf(NTAG.slice(0, 128).replace('E1101200', 'E1100600'));

  /** What the tag may hold, by what the error says. */
  const holds: Readonly<Record<string, readonly (readonly NdefRecord[])[]>> = {
    'tag-cut-emptying': [OLD, []],
    'tag-cut-filling': [[]],
    'tag-cut-finishing': [[], FEW],
  };
  type Cut = 'connection' | 'tag' | 'refusal';

  /** Cuts after a message of a pass-through; gives whether there were so many. */
  async function cutAt(cut: Cut, kind: 'request' | 'response', count: number): Promise<boolean> {
    const simulated = new SimulatedReader({ pace: 1 });
    const line = new CuttableTransport(simulated);
    const writer = new ReaderClient({ transport: line, reconnect: 'off' });
    await writer.connect();
    const stop = simulated.subscribe(({ phase }) => {
      if (phase === 'waiting-for-card') setTimeout(() => simulated.tap(SMALL));
    });
    let left = count;
    let wasWriting = false;
    let isOver = false;
    writer.subscribe('message', ({ message }) => {
      if (left > 0 && commandOf(message).startsWith('A2')) wasWriting = true;
      if (isOver || message.id !== 0x1100 || message.kind !== kind || --left !== 0) return;
      if (cut === 'tag') simulated.remove();
      else if (cut === 'refusal') simulated.refuseNext('020312');
      else
        queueMicrotask(() => {
          line.cut();
        });
    });
    const ended = await writer.writeTag({ records: FEW, confirm: () => true }).then(
      () => undefined,
      (error: unknown) => error as Awaited<ReturnType<typeof errorOfPromise>>,
    );
    isOver = true;
    const place = `${cut} ${kind} ${String(count)}`;
    if (cut === 'connection') writer.disconnect();
    // The next session begins at once: of the same client where it is still there.
    const next = cut === 'connection' ? new ReaderClient({ transport: new SimulatedTransport(simulated) }) : writer;
    if (cut === 'connection') {
      await next.connect();
      // The session of a client that is gone is ended by the next.
      await next.cancelTransaction().catch(() => undefined);
    }
    const { records } = await next.readTag();
    const code = ended?.because?.code;
    if (!ended) expect([place, records]).toEqual([place, FEW]);
    else if (code !== undefined && code in holds) {
      expect(holds[code], `${place} ${code}`).toContainEqual(records);
      expect(ended.help, place).toMatch(/^The tag holds/);
    } else expect([place, wasWriting, records]).toEqual([place, false, OLD]);
    stop();
    next.disconnect();
    simulated.close();
    return left <= 0;
  }

  test.each<[Cut, 'request' | 'response']>([
    ['connection', 'request'],
    ['connection', 'response'],
    ['tag', 'request'],
    ['tag', 'response'],
    ['refusal', 'request'],
  ])('(%s) after every %s of a pass-through: the tag holds what the error says', async (cut, kind) => {
    let count = 1;
    while (await cutAt(cut, kind, count)) count++;
    // READ of the whole memory, 7 pages, and what is read back.
    expect(count).toBeGreaterThan(13);
  });
});

test('nothing of what is written comes into journal, support bundle or error', async () => {
  present();
  await write();
  controlled(await client.readTag());
  reader.refuseNext('020312');
  const error = await errorOfPromise(write({ records: [{ kind: 'uri', uri: 'https://secret.example/' }] }));
  const bundle = await makeSupportBundle({
    client,
    versions: { library: 'x', protocol: 'x' },
    environment: {},
    made: '2026-01-01T00:00:00Z',
  });
  const all = [
    exportJournal(client.journal.entries),
    JSON.stringify(bundle),
    error.message,
    JSON.stringify(error),
  ].join('\n');
  // “shop”, “Zwölf”, “secret” and the unique id, as text and as bytes.
  for (const word of ['shop', 'Zw', 'secret']) {
    expect(all).not.toContain(`${word}.`);
    expect(all.toUpperCase()).not.toContain(toHex(new TextEncoder().encode(word)));
  }
  expect(all).not.toContain('04A1B2C3D4E5F6');
});

/** The session before was whole. */
const controlled = ({ records }: { readonly records: readonly NdefRecord[] }): void => {
  expect(records).toEqual(NEW);
};
