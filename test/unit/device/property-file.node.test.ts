/** The properties of a reader as a file: read from a simulated reader, kept as text, read back, compared with another one's. */
import { afterEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { exportProperties, importProperties, type PropertyFile } from '../../../src/device/property-file.js';
import { commands } from '../../../src/mms/commands/index.js';
import { compareProperties } from '../../../src/mms/views/property-comparison.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { codeOf } from '../../support/code-of.js';
import { errorOf } from '../../support/error-of.js';

const made = '2026-11-29T12:00:00.000Z';
const clients: ReaderClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

async function connected(options: SimulatedReaderOptions = {}) {
  const reader = new SimulatedReader(options);
  const client = new ReaderClient({ transport: new SimulatedTransport(reader) });
  clients.push(client);
  await client.connect();
  return { reader, client };
}

const set = async (client: ReaderClient, oid: string, value: string): Promise<void> => {
  expect((await client.request(commands.setProperty({ oid, value }))).status.ok).toBe(true);
};

const secret = 'Passw0rd-of-the-shop';

describe('exportProperties', () => {
  test('reads who the reader is and what it has, with types, and changes nothing', async () => {
    const { client } = await connected({ serialNumber: 'B603226' });
    const sent: number[] = [];
    client.subscribe('message', ({ message }) => message.kind === 'request' && sent.push(message.id));
    const progress: number[] = [];
    const file = await exportProperties(client, { made, onProgress: ({ read }) => progress.push(read) });
    expect(file).toMatchObject({
      ...{ format: 'magtek-elements properties', version: 1, made, serialNumber: 'B603226', model: 'Simulated reader' },
      firmware: 'SIM-MAIN-1.0-SIMULATED',
      properties: {
        '1.2.1.1.1.1': { hex: '01', kind: 'choice', value: 'on' },
        '1.2.7.1.2.1': { hex: '00000000', kind: 'flags', value: [] },
        '1.2.7.1.1.1': { hex: '00', kind: 'number', value: 0 },
        '2.1.2.5.6.3': { hex: '7F000001', kind: 'address', value: '127.0.0.1' },
      },
    });
    // It has none of these.
    expect(file.properties).not.toHaveProperty('1.1.1.1.2.2');
    expect(new Set(sent)).toEqual(new Set([0xd101]));
    expect(progress).toEqual(progress.map((_, read) => read));
    expect(progress.at(-1)).toBe(sent.length);
  });

  test('neither asks for network names, addresses and passwords nor has them', async () => {
    const { client } = await connected();
    const asked: string[] = [];
    client.subscribe('message', ({ message }) => {
      if (message.kind === 'request') asked.push(JSON.stringify([...message.bytes]));
    });
    const file = await exportProperties(client, { made });
    for (const oid of ['1.2.2.1.1.1', '1.2.2.1.1.2', '1.2.2.1.1.8', '1.2.2.1.2.8', '1.2.2.3.1.1'])
      expect(file.properties).not.toHaveProperty(oid);
    const question = commands.getProperty({ oid: '1.2.2.1.1.2' }).bytes.slice(8);
    expect(asked.filter((bytes) => bytes.includes([...question].join(',')))).toEqual([]);
  });

  test.each([
    ['a locked reader', '02011C'],
    ['one that is out of service', '010109'],
  ])('does not take %s for one without properties', async (_, detail) => {
    const { reader, client } = await connected();
    let asked = 0;
    client.subscribe('response', () => {
      if (++asked === 3) reader.refuseNext(detail);
    });
    expect(await codeOf(exportProperties(client, { made }))).toBe('rejected');
  });

  test('ends at once when it is given up', async () => {
    const { client } = await connected();
    const abort = new AbortController();
    const exported = exportProperties(client, {
      made,
      signal: abort.signal,
      onProgress: ({ read }) => read === 5 && abort.abort(),
    });
    expect(await codeOf(exported)).toBe('aborted');
  });

  test('finds the one setting that two readers do not share', async () => {
    const [good, bad] = [await connected({ serialNumber: 'B603226' }), await connected({ serialNumber: 'B571AF2' })];
    await set(bad.client, '1.2.1.1.1.1', '00');
    const files = await Promise.all([good, bad].map(({ client }) => exportProperties(client, { made })));
    const [a, b] = files.map((file) => importProperties(JSON.stringify(file)).properties) as [never, never];
    expect(compareProperties(a, b).differences).toEqual([
      {
        oid: '1.2.1.1.1.1',
        name: 'Device-driven fallback',
        isSetting: true,
        a: { hex: '01', kind: 'choice', value: 'on' },
        b: { hex: '00', kind: 'choice', value: 'off' },
      },
    ]);
  });
});

describe('importProperties', () => {
  const file: PropertyFile = {
    ...{ format: 'magtek-elements properties', version: 1, made, serialNumber: 'B603226', model: 'unknown' },
    firmware: 'A-1',
    properties: { '1.2.3.2.1.1': { hex: '32', kind: 'number', value: 50 }, '1.1.1.1.1.1': { hidden: true } },
  };
  const text = (change: object): string => JSON.stringify({ ...file, ...change });

  test('gives back what was exported', () => {
    expect(importProperties(`\uFEFF${text({})}`)).toEqual(file);
  });

  test('believes the bytes, whatever is said of them', () => {
    const properties = { '1.2.3.2.1.1': { hex: '0a', kind: 'text', value: 'loud' } };
    expect(importProperties(text({ properties })).properties).toEqual({
      '1.2.3.2.1.1': { hex: '0A', kind: 'number', value: 10 },
    });
  });

  test('hides what somebody has put into it', () => {
    const hex = [...new TextEncoder().encode(secret)].map((byte) => byte.toString(16)).join('');
    const properties = { '1.2.2.1.1.2': { hex }, '1.E.E.E': { hex: '34313131313131313131313131313131' } };
    const read = importProperties(text({ properties, model: '4111111111111111' }));
    expect(read.properties).toEqual({ '1.2.2.1.1.2': { hidden: true }, '1.E.E.E': { hidden: true } });
    expect(JSON.stringify(read)).not.toMatch(/4111111111111111|313131313131/);
  });

  test.each([
    ['text', 'SSID=shop', 'not-json', ''],
    ['a list', '[]', 'not-json', ''],
    ['another document', '{"format":"journal"}', 'other-format', 'format'],
    ['a newer one', text({ version: 2 }), 'other-version', 'version'],
    ['no properties', text({ properties: [] }), 'bad-entry', 'properties'],
    ['a field that is not text', text({ firmware: 7 }), 'bad-entry', 'firmware'],
    ['a wrong identifier', text({ properties: { __proto: { hex: '00' } } }), 'bad-entry', '__proto'],
    [
      'a value that is not hexadecimal',
      text({ properties: { '1.2.3.2.1.1': { hex: '3' } } }),
      'bad-entry',
      '1.2.3.2.1.1',
    ],
    ['an entry without a value', text({ properties: { '1.2.3.2.1.1': {} } }), 'bad-entry', '1.2.3.2.1.1'],
  ])('refuses %s and names the place', (_, broken, problem, field) => {
    expect(errorOf(() => importProperties(broken))).toMatchObject({ name: 'PropertyFileError', problem, field });
  });
});

test('a file has no secret under an identifier that is written in another way', () => {
  const file = {
    format: 'magtek-elements properties',
    version: 1,
    made,
    serialNumber: 'B603226',
    model: 'x',
    firmware: '',
  };
  const hex = Buffer.from(secret).toString('hex').toUpperCase();
  for (const oid of ['01.2.2.1.1.2', '1.02.2.1.1.2', '1.2.2.1.1.02', '1.2.2.1.1.0a']) {
    const text = JSON.stringify({ ...file, properties: { [oid]: { hex, kind: 'bytes', value: hex } } });
    expect(() => importProperties(text), oid).toThrow(expect.objectContaining({ problem: 'bad-entry', field: oid }));
  }
});
