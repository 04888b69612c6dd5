/** Files of messages in the encodings that editors and shells write. */
import { expect, test } from 'vitest';
import { run } from './run.js';

const TEXT = '# messages\r\nAA0081040113100884021008\r\nAA0081040155180384081803810100820103\r\n';

const utf16 = (mark: readonly number[], isBig: boolean): Uint8Array => {
  const bytes = Buffer.from(TEXT, 'utf16le');
  return Uint8Array.from([...mark, ...(isBig ? bytes.swap16() : bytes)]);
};

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, least significant byte first', utf16([0xff, 0xfe], false)],
  ['UTF-16, most significant byte first', utf16([0xfe, 0xff], true)],
])('%s is read, also where chunks cut characters', async (_, bytes) => {
  for (const size of [1, 3, 1_000]) {
    const input = Array.from({ length: Math.ceil(bytes.length / size) }, (__, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const { code, stdout, stderr } = await run(['decode', '-'], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '2 messages, 0 malformed lines\n' });
    expect(stdout).toContain('line 2: Cancel Transaction');
    expect(stdout).toContain('line 3: Display Message');
  }
});

test('a file of one byte is text as well', async () => {
  const { stderr, code } = await run(['decode', '-'], { input: [Uint8Array.of(0x41)] });
  expect(code).toBe(1);
  expect(stderr).toContain('line 1');
});
