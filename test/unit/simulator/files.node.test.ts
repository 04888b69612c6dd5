/** Files and firmware: announced, sent, fetched again; images loaded and put into use. */
import { sha256 } from '@noble/hashes/sha2.js';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/mms/commands/index.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsResponse } from '../../../src/mms/message.js';
import { findTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { Bench } from './bench.js';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').toUpperCase();
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7) & 0xff);

const FILE = '02000000';
const announce = (contents: Uint8Array, fileId = FILE): string =>
  toHex(
    commands.startSendFile({ fileId, length: contents.length, sha256: hashOf(contents), name: 'idle image' }).bytes,
  );
const send = (bench: Bench, contents: Uint8Array, fileId = FILE): void => {
  const file = { kind: 'file', direction: 'to-reader', id: 0xd812, fileId, contents } as const;
  bench.send(toHex(encodeMessage(file)));
};
const info = (bench: Bench, fileId = FILE): MmsResponse => bench.ask(toHex(commands.getFileInfo({ fileId }).bytes));

const statusOf = (id: number, payload: readonly TlvInput[]): MmsResponse['status'] =>
  new Bench().ask(toHex(encodeMessage({ kind: 'request', direction: 'to-reader', id, reference: 7, payload }))).status;

test('the hash is SHA-256', () => {
  expect(toHex(sha256(new TextEncoder().encode('abc')))).toBe(
    'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
  );
  for (const length of [0, 55, 56, 63, 64, 65, 119, 120, 100_000]) {
    expect(toHex(sha256(bytesOf(length))), String(length)).toBe(hashOf(bytesOf(length)));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toHex(sha256(bytes))).toBe(hashOf(bytes));
    }),
  );
});

describe('a file', () => {
  test('is announced, sent without an answer, and told and fetched as it came', () => {
    const bench = new Bench();
    // More than two bytes of length can tell.
    const contents = bytesOf(70_000);
    expect(info(bench).status.ok).toBe(false);
    const agreed = bench.ask(announce(contents));
    expect(agreed.status).toMatchObject({ summary: 0, detail: '000000' });
    const before = bench.frames.length;
    send(bench, contents);
    expect(bench.frames).toHaveLength(before);
    const { payload } = info(bench);
    expect(toHex(findTlv(payload, 'A2/81')?.value ?? new Uint8Array(0))).toBe('00011170');
    expect(toHex(findTlv(payload, 'A2/82')?.value ?? new Uint8Array(0))).toBe('04');
    expect(toHex(findTlv(payload, 'A2/83')?.value ?? new Uint8Array(0))).toBe(hashOf(contents));
    expect(new TextDecoder().decode(findTlv(payload, 'A3/81')?.value)).toBe('idle image');
    bench.send(toHex(commands.getFile({ fileId: FILE, reference: 9 }).bytes));
    expect(bench.messages.at(-1)).toMatchObject({ kind: 'file', id: 0xd821, reference: 9, fileId: FILE, contents });
  });

  test('is kept over a restart', () => {
    const bench = new Bench();
    bench.ask(announce(bytesOf(10)));
    send(bench, bytesOf(10));
    bench.reader.restart();
    bench.clock.pass(1_000);
    bench.join();
    expect(info(bench).status.ok).toBe(true);
  });

  const wrong: readonly (readonly [string, (bench: Bench, contents: Uint8Array) => void])[] = [
    ['that nobody announced', (bench, contents) => send(bench, contents)],
    [
      'of another id than was announced',
      (bench, contents) => {
        bench.ask(announce(contents, '05000000'));
        send(bench, contents);
      },
    ],
    [
      'that is longer than was announced',
      (bench, contents) => {
        bench.ask(announce(contents));
        send(bench, Uint8Array.of(...contents, 0));
      },
    ],
    [
      'whose checksum is another one',
      (bench, contents) => {
        bench.ask(announce(contents));
        send(
          bench,
          contents.map((byte) => byte ^ 1),
        );
      },
    ],
    [
      'that comes over another connection',
      (bench, contents) => {
        bench.ask(announce(contents));
        bench.join();
        send(bench, contents);
      },
    ],
    [
      'that comes after a broken one',
      (bench, contents) => {
        bench.ask(announce(contents));
        send(bench, new Uint8Array(1));
        send(bench, contents);
      },
    ],
    [
      'that a half-open reader does not hear',
      (bench, contents) => {
        bench.ask(announce(contents));
        bench.reader.startFault('half-open');
        send(bench, contents);
        bench.reader.endFault();
      },
    ],
    [
      'that an offline reader refuses',
      (bench, contents) => {
        bench.ask(announce(contents));
        bench.reader.startFault('offline');
        send(bench, contents);
        bench.reader.endFault();
      },
    ],
  ];
  test.each(wrong)('%s is not taken, and not answered', (_, play) => {
    const bench = new Bench();
    play(bench, bytesOf(100));
    expect(bench.messages.every(({ kind }) => kind === 'response')).toBe(true);
    expect(info(bench).status).toMatchObject({ summary: 0x80, detail: '020102' });
  });

  test('cuts the connection where the reader is about to drop it', () => {
    const bench = new Bench();
    bench.ask(announce(bytesOf(4)));
    bench.reader.startFault('drop');
    send(bench, bytesOf(4));
    expect(bench.ends).toEqual(['cut']);
  });

  const length = { tag: '81', value: Uint8Array.of(0, 0, 0, 4) };
  const type = { tag: '82', value: Uint8Array.of(4) };
  const checksum = { tag: '83', value: new Uint8Array(32) };
  const id = { tag: '81', value: parseHex(FILE) };
  const objects: readonly (readonly [string, readonly TlvInput[]])[] = [
    ['without an id', [{ tag: 'A2', children: [length, type, checksum] }]],
    [
      'with an id that is too short',
      [
        { tag: '81', value: Uint8Array.of(1) },
        { tag: 'A2', children: [length, type, checksum] },
      ],
    ],
    ['without a length', [id, { tag: 'A2', children: [type, checksum] }]],
    [
      'with a length that no file has',
      [id, { tag: 'A2', children: [{ tag: '81', value: new Uint8Array(5) }, type, checksum] }],
    ],
    ['without a type of checksum', [id, { tag: 'A2', children: [length, checksum] }]],
    [
      'with a checksum cut short',
      [id, { tag: 'A2', children: [length, type, { tag: '83', value: new Uint8Array(31) }] }],
    ],
    [
      'with a name that is too long',
      [
        id,
        { tag: 'A2', children: [length, type, checksum] },
        { tag: 'A3', children: [{ tag: '81', value: new Uint8Array(33).fill(0x41) }] },
      ],
    ],
  ];
  test.each(objects)('is refused when it is announced %s', (_, payload) => {
    expect(statusOf(0xd812, payload)).toMatchObject({ summary: 0x80, detail: '020102' });
  });

  test('needs no name', () => {
    expect(statusOf(0xd812, [id, { tag: 'A2', children: [length, type, checksum] }]).ok).toBe(true);
  });
});

describe('firmware', () => {
  const image = bytesOf(5_000);
  const load = (contents = image, sha = hashOf(image)): string =>
    toHex(commands.loadFirmware({ imageType: 0x0102, sha256: sha, image: contents }).bytes);
  const commit = (imageType = 0x0102): string =>
    toHex(commands.commitFirmware({ imageType, sha256: hashOf(image) }).bytes);

  test('is loaded, put into use, and told to be up to date', () => {
    const bench = new Bench();
    expect(bench.ask(load()).status).toMatchObject({ summary: 0x01, running: true });
    expect(bench.reader.face).toMatchObject({ state: 'updating', display: 'UPDATING' });
    expect(bench.ask(commit()).status.detail).toBe('020314');
    bench.clock.pass(2_000);
    expect(bench.codes).toEqual([expect.stringMatching(/^0905 /)]);
    expect(bench.reader.face.state).toBe('idle');
    expect(bench.ask(commit()).status.running).toBe(true);
    bench.clock.pass(2_000);
    expect(bench.codes.at(-1)).toMatch(/^0905 /);
    expect(bench.codes).toHaveLength(2);
    // It restarts after a commit, and is another one by its version.
    bench.clock.pass(2_000);
    expect(bench.codes.at(-1)).toBe('1001 00030000');
    bench.join();
    bench.ask(load());
    bench.clock.pass(2_000);
    expect(bench.codes.at(-1)).toMatch(/^0907 /);
    expect(bench.ask(commit()).status.detail).toBe('02010A');
  });

  test('that is broken fails, and cannot be put into use', () => {
    const bench = new Bench();
    bench.ask(load(bytesOf(5_001)));
    bench.clock.pass(2_000);
    expect(bench.codes).toEqual([expect.stringMatching(/^0906 /)]);
    expect(bench.ask(commit()).status).toMatchObject({ summary: 0x80, detail: '02010A' });
  });

  test('of another kind than was loaded cannot be put into use', () => {
    const bench = new Bench();
    bench.ask(load());
    bench.clock.pass(2_000);
    expect(bench.ask(commit(0x0203)).status.detail).toBe('02010A');
    expect(bench.ask(commit()).status.running).toBe(true);
  });

  test('is not told by a reader that restarts meanwhile', () => {
    const bench = new Bench();
    bench.ask(load());
    bench.reader.restart();
    bench.clock.pass(10_000);
    expect(bench.codes).toEqual(['1001 00030000']);
  });

  const type = { tag: '85', value: Uint8Array.of(1, 2) };
  const checksum = { tag: '86', value: new Uint8Array(32) };
  const contents = { tag: '87', value: new Uint8Array(1) };
  test.each([
    [0xd801, 'image', [type, checksum]],
    [0xd801, 'kind', [{ tag: '85', value: new Uint8Array(1) }, checksum, contents]],
    [0xd801, 'checksum', [type, { tag: '86', value: new Uint8Array(31) }, contents]],
    [0xd901, 'kind', [checksum]],
    [0xd901, 'checksum', [type]],
  ] as const)('is refused: %i without %s', (id, _, payload) => {
    expect(statusOf(id, payload)).toMatchObject({ summary: 0x80, detail: '020102' });
  });

  test('cannot be loaded during a sale', () => {
    const bench = new Bench();
    bench.ask(toHex(commands.startTransaction({ amount: '1.00' }).bytes));
    expect(bench.ask(load()).status.detail).toBe('020308');
  });
});
