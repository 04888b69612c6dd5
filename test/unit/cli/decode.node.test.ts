import fc from 'fast-check';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import constructed from '../../support/vectors/constructed-messages.json' with { type: 'json' };
import { cardNumber } from '../../support/card-number.js';
import { toPackets } from '../../../src/transports/hid-packets.js';
import { run } from './run.js';

const CANCEL = 'AA0081040113100884021008';
const START =
  'AA008104010010018430100182013CA30981010082010083010184020003861A9C01009F02060000000001009F03060000000000005F2A020978';
const APPROVED = 'AA0081040155180384081803810100820103';

const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (text: string): string => {
  const file = path.join(folder, 'messages.txt');
  writeFileSync(file, text);
  return file;
};

describe('decode of one message', () => {
  test('prints the description and the tree with names and readings', async () => {
    const { code, stdout, stderr } = await run(['decode', START]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Start Transaction 1\.00 EUR, tap, 60 s \(ref 0\)\n/);
    expect(stdout).toMatch(/^ {4}A3 Reader options\n {6}81 Magnetic stripe reader: 00 off$/m);
    expect(stdout).toMatch(/^ {6}83 Contactless reader: 01 EMV$/m);
    expect(stdout).toMatch(/^ {6}9F02 Amount, authorized: 1\.00 EUR$/m);
  });

  test.each([
    [['AA 00 81 04 01 13 10 08', '84 02 10 08']],
    [['aa0081040113', '100884021008']],
    [[`SENDCOMMAND,${CANCEL}`]],
    [[`sendcommand , ${CANCEL}\n`]],
  ])('takes %j', async (args) => {
    const { code, stdout } = await run(['decode', ...args]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Cancel Transaction \(ref 19\)\n/);
  });

  test.each([
    ['AA008104011310088402100', 'odd-hex, at character 22'],
    ['AA00810401131008840210', 'truncated, at byte 8'],
    ['00112233', 'no-start, at byte 0'],
    ['SENDCOMMAND,AA0', 'odd-hex, at character 14'],
  ])('says of %s what is wrong and where', async (hex, expected) => {
    const { code, stdout, stderr } = await run(['decode', hex]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(expected);
  });

  test('says of an object without a name that it is unknown', async () => {
    const { stdout } = await run(['decode', 'AA0081040109ABCD8406ABCDDFDF7F00']);
    expect(stdout).toMatch(/^Unknown command ABCD/);
    expect(stdout).toMatch(/^ +DFDF7F \(unknown\): empty$/m);
  });

  test.each(constructed.messages)('prints $name', async ({ hex }) => {
    const { code, stdout } = await run(['decode', hex]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\S.*\n {2}Start of message: AA\n {2}Version: 0\n {2}81 Message information\n/);
  });

  test('keeps a text from the reader in its line', async () => {
    const text = Buffer.from('INSERT\r\nline 99: forged').toString('hex');
    const { stdout } = await run(['decode', `AA00810483001803820402000000841B18038117${text}`]);
    expect(stdout).toMatch(/^Display text “INSERT line 99: forged”\n/);
    expect(stdout).not.toMatch(/^line 99/m);
  });
});

describe('decode of anything else', () => {
  const PACKET = `000C${CANCEL}`.padEnd(128, '0');

  test.each([
    [['qgCBBAETEAiEAhAI'], /^Cancel Transaction/],
    [['AA:00:81:04:01:13:10:08:84:02:10:08'], /^Cancel Transaction/],
    [['0xAA 0x00', '0x81,0x04,0x01,0x13,0x10,0x08,0x84,0x02,0x10,0x08'], /^Cancel Transaction/],
    [[PACKET], /^Cancel Transaction/],
    [['9F02060000000004605F2A020978'], /^List of objects, 14 bytes\n {2}9F02 Amount, authorized: 4\.60 EUR\n/],
    [['USB\\VID_0801&PID_2020'], /^USB device 0801:2020, DynaFlex\n {2}Vendor: 0801 MagTek\n/],
  ])('takes %j', async (args, expected) => {
    const { code, stdout, stderr } = await run(['decode', ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
  });

  test('takes the bytes of a file that is not text', async () => {
    const file = path.join(folder, 'message.bin');
    writeFileSync(file, Buffer.from(CANCEL, 'hex'));
    const { code, stdout } = await run(['decode', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Cancel Transaction/);
  });

  test('puts packets together that are lines, counts what is no message, and misses the last packet', async () => {
    const long = Buffer.from(`AA00810401551803848200CD18038181C8${'EE'.repeat(200)}`, 'hex');
    const packets = toPackets(long, 64).map((packet) => Buffer.from(packet).toString('hex'));
    const whole = await run(['decode', '-'], { input: [[...packets, '9F02060000000004605F2A020978'].join('\n')] });
    expect(whole.stdout.match(/^line \d+: (?:Display Message|List)/gm)).toEqual([
      `line ${String(packets.length)}: Display Message`,
      `line ${String(packets.length + 1)}: List`,
    ]);
    expect(whole.stderr).toBe('1 message, 1 other, 0 malformed lines\n');
    const cut = await run(['decode', '-'], { input: [packets.slice(0, -1).join('\n')] });
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/the last ones are missing\n0 messages, 1 malformed line\n$/);
  });
});

describe('decode of many lines', () => {
  test('names the line of each message, and skips empty lines and comments', async () => {
    const file = fileOf(`# a log\r\n\r\n${CANCEL}\r\n  ${APPROVED}  \nSENDCOMMAND,${CANCEL}`);
    const { code, stdout, stderr } = await run(['decode', file]);
    expect(code).toBe(0);
    expect(stdout.match(/^line .*$/gm)).toEqual([
      'line 3: Cancel Transaction (ref 19)',
      'line 4: Display Message “APPROVED” (ref 85)',
      'line 5: Cancel Transaction (ref 19)',
    ]);
    expect(stderr).toBe('3 messages, 0 malformed lines\n');
  });

  test('goes on after lines that are no messages, says which they are, and fails at the end', async () => {
    const input = [`${CANCEL}\nWAIT,1500\n${CANCEL.slice(0, -2)}\n`, `${CANCEL}\n`];
    const { code, stdout, stderr } = await run(['decode', '-'], { input });
    expect(code).toBe(1);
    expect(stdout.match(/^line \d+/gm)).toEqual(['line 1', 'line 4']);
    expect(stderr).toMatch(/^line 2: .*\(bad-hex, at character 0\)\nline 3: .*\(truncated, at byte 8\)\n/);
    expect(stderr).toMatch(/2 messages, 2 malformed lines\n$/);
  });

  test('puts lines together that arrive in pieces', async () => {
    const bytes = new TextEncoder().encode(`${CANCEL}\n${APPROVED}\n`);
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const { code, stderr } = await run(['decode', '-'], { input: pieces });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '2 messages, 0 malformed lines\n' });
  });

  test('takes no more than the beginning of an endless line', async () => {
    const piece = 'A'.repeat(1_000_000);
    const input = [...Array<string>(9).fill(piece), '\n', CANCEL];
    const { code, stdout, stderr } = await run(['decode', '-'], { input });
    expect(code).toBe(1);
    expect(stderr).toContain('line 1: the line is too long\n');
    expect(stdout).toMatch(/^line 2: Cancel/);
  });

  test('fails where a file cannot be read, and says why', async () => {
    const { code, stderr } = await run(['decode', path.join(folder, 'none')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/none cannot be read \(ENOENT\)\n$/);
  });

  test.each([
    ';4111111111111111=25121010000000000000?',
    '%B4111111111111111^DOE/JOHN^2512101?',
    '4111-1111-1111-1111',
    'Card 4111 1111 1111 1111',
    `${Buffer.from('AA0081040102EF06840EEF0681010182010083043132333', 'hex').toString('base64')}!`,
  ])('does not repeat what may be card data: %s', async (text) => {
    const { code, stdout, stderr } = await run(['decode', text]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^magtek-elements decode: .+\n$/);
    for (const secret of ['4111', 'DOE', 'qgCBBAEC']) expect(stderr).not.toContain(secret);
  });

  test('decodes base64 that is longer than the name of a file may be', async () => {
    const message = `AA00810401551803848201321803C182012C${'01'.repeat(300)}`;
    const { code, stdout, stderr } = await run(['decode', Buffer.from(message, 'hex').toString('base64')]);
    expect(stderr).toBe('');
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('Display Message')]);
  });

  test('ends when it is interrupted, also while it waits for input', async () => {
    const interruption = new AbortController();
    const stdin = new PassThrough();
    const running = run(['decode', '-'], { stdin, signal: interruption.signal });
    stdin.write(`${CANCEL}\n`);
    setTimeout(() => {
      interruption.abort();
    }, 50);
    expect((await running).code).toBe(130);
  });
});

describe('progress of decode', () => {
  const input = [`${CANCEL}\n`.repeat(20_000)];

  test('is told now and then where standard error is not a terminal', async () => {
    const { stderr } = await run(['decode', '-'], { input });
    expect(stderr).toBe('10,000 lines\n20,000 lines\n20,000 messages, 0 malformed lines\n');
  });

  test('is told in one line that is rewritten on a terminal, and gone at the end', async () => {
    const { stderr } = await run(['decode', '-'], { input, isTTY: { stderr: true } });
    expect(stderr.startsWith('\r1,000 lines\r2,000 lines')).toBe(true);
    expect(stderr.endsWith('\r20,000 lines\r\x1b[K20,000 messages, 0 malformed lines\n')).toBe(true);
  });

  test('is not told where the output scrolls by on the same terminal', async () => {
    const { stderr } = await run(['decode', '-'], { input, isTTY: { stderr: true, stdout: true } });
    expect(stderr).toBe('20,000 messages, 0 malformed lines\n');
  });
});

describe('arguments of decode', () => {
  test.each([[[]], [['--what']], [['a.txt', 'b.txt']]])('%j makes it explain itself', async (args) => {
    const { code, stdout, stderr } = await run(['decode', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^magtek-elements decode: \S.*\n\nUsage: magtek-elements decode/);
  });

  test('--help explains it', async () => {
    const { code, stdout } = await run(['decode', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: magtek-elements decode/);
  });
});

describe('what decode prints', () => {
  /** An ARQC whose reader masks nothing on track 2. */
  const arqcOf = (pan: string): string => {
    const hex = constructed.messages.find(({ name }) => name === 'contact-arqc')?.hex ?? '';
    const track = `;${pan}=2512`.padEnd(39, '0').slice(0, 39);
    return hex.replace(/(DFDF4D27)[0-9A-F]{78}/, `$1${Buffer.from(track).toString('hex').toUpperCase()}`);
  };
  const object = (tag: string, hex: string): string => tag + (hex.length / 2).toString(16).padStart(2, '0') + hex;

  test('shows of card numbers at most the first six and the last four digits, wherever they stand', async () => {
    await fc.assert(
      fc.asyncProperty(cardNumber, async (pan) => {
        const text = Buffer.from(pan).toString('hex');
        const packed = pan.length % 2 === 0 ? pan : `${pan}F`;
        const lines = [
          arqcOf(pan),
          `AA00810483001803820402000000${object('84', `1803${object('81', text)}`)}`,
          `AA00810401002001${object('84', `2001${object('A1', object('82', packed))}`)}`,
          `AA00810401001001${object('84', `1001${object('5A', packed)}`)}`,
          `AA0081${text}`,
          pan,
          `PAN ${pan}`,
        ];
        const { stdout, stderr } = await run(['decode', '-'], { input: [lines.join('\n')] });
        // The first four lines are messages: they must have been printed, not refused.
        expect(stdout.match(/^line \d/gm)).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
        for (const output of [stdout, stderr]) {
          expect(output).not.toContain(pan);
          expect(output.toLowerCase()).not.toContain(text);
        }
        const hidden = pan.slice(6, -4);
        if (hidden.length >= 5) expect(stdout).not.toContain(hidden);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the executable', () => {
  const built = path.resolve(import.meta.dirname, '../../../dist/cli/bin.js');
  beforeAll(() => {
    if (!existsSync(built)) throw new Error('there is no dist: run “npm run build” first');
  });

  test('decodes its argument', () => {
    const { status, stdout } = spawnSync(process.execPath, [built, 'decode', CANCEL], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Cancel Transaction/);
  });

  test('exits with the code of the command', () => {
    expect(spawnSync(process.execPath, [built, 'decode', '00']).status).toBe(1);
    expect(spawnSync(process.execPath, [built]).status).toBe(2);
  });

  test('ends quietly when nobody reads its output any more', async () => {
    const child = spawn(process.execPath, [built, 'decode', '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => undefined);
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.stdin.write(`${START}\n`.repeat(5_000));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(Buffer.concat(errors).toString()).not.toContain('Error');
  });
});
