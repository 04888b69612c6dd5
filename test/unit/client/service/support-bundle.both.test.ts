/** The support bundle: what its schema says, and nothing secret. */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../../src/client/reader-client.js';
import { makeSupportBundle, supportBundleSchema } from '../../../../src/client/service/support-bundle.js';
import { ReaderError } from '../../../../src/connection/reader-error.js';
import { commands } from '../../../../src/mms/commands/index.js';
import { carriers, type CarriedReader } from '../../simulator/carriers.js';
import { cardNumber } from '../../../support/card-number.js';

const validate = new Ajv({ allowUnionTypes: true }).compile(supportBundleSchema);
const about = {
  versions: { 'magtek-elements': '1.2.3' },
  environment: { online: true, pixelRatio: 2 },
  made: '1970-01-01T00:00:00.000Z',
};

describe.each(Object.entries(carriers))('a support bundle, over %s,', (_, carry) => {
  let carried: CarriedReader;
  let client: ReaderClient;

  beforeEach(async () => {
    carried = await carry({});
    client = new ReaderClient({ transport: carried.transport() });
    await client.connect();
  });
  afterEach(async () => {
    client.disconnect();
    await carried.close();
  });

  test('holds device, environment, versions and journal as its schema says', async () => {
    const bundle = await makeSupportBundle({ client, ...about });
    expect(validate(JSON.parse(JSON.stringify(bundle))), JSON.stringify(validate.errors)).toBe(true);
    expect(bundle.made).toBe('1970-01-01T00:00:00.000Z');
    expect(bundle.device.find(({ oid }) => oid === '2.2.1.1.1.1')?.value).toMatch(/^B571AF2/);
    expect(bundle.journal.length).toBeGreaterThan(bundle.device.length);
    client.disconnect();
  });

  test('has nothing of a reader that comes back after the connection was lost', async () => {
    const asked: string[] = [];
    const lost = new ReaderError('connection-lost');
    const bundle = await makeSupportBundle({
      client: {
        journal: client.journal,
        snapshot: client.snapshot,
        // It is open again before the loss is told.
        state: client.state,
        request: (request) => {
          asked.push(typeof request);
          return asked.length < 3 ? client.request(request) : Promise.reject(lost);
        },
      },
      ...about,
    });
    expect(asked).toHaveLength(3);
    expect(bundle.device.map(({ problem }) => problem)).toEqual([undefined, undefined, lost.message]);
    expect(validate(JSON.parse(JSON.stringify(bundle)))).toBe(true);
  });

  test('is made without a connection too, and says so', async () => {
    client.disconnect();
    const bundle = await makeSupportBundle({ client, ...about });
    expect(validate(JSON.parse(JSON.stringify(bundle)))).toBe(true);
    expect(bundle).toMatchObject({ connection: { state: 'closed' }, device: [] });
  });

  test('its schema refuses what it does not name', async () => {
    const bundle = await makeSupportBundle({ client, ...about });
    client.disconnect();
    expect(validate({ ...bundle, secret: 1 })).toBe(false);
    expect(validate({ ...bundle, journal: [{ sequence: 0, at: 1, text: '' }] })).toBe(false);
  });

  test('has nothing secret in it: card data, PINs, passwords, whatever the page says of itself', async () => {
    await client.request(commands.startTransaction({ amount: '1.00' }));
    const read = new Promise<void>((resolve) => {
      client.subscribe('notification', ({ notification }) => {
        if (notification.id === 0x0105) resolve();
      });
    });
    carried.reader.swipe('visa');
    await read;
    const password = '70617373776F7264313233';
    await client.request(commands.setProperty({ oid: '1.2.2.1.1.2', value: password }));
    await client.request(commands.requestPin({ accountNumber: '4111111111111111' }));
    const environment = { page: 'order 4111111111111111' };
    const text = JSON.stringify(await makeSupportBundle({ client, ...about, environment }));
    for (const secret of ['4111111111111111', '34313131313131313131313131313131', password, 'password123']) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('ARQC');
    client.disconnect();
  });

  test('masks card numbers that an account was asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        cardNumber.filter((pan) => pan.length % 2 === 0),
        async (pan) => {
          client.journal.clear();
          await client.request(commands.requestPin({ accountNumber: pan }));
          await client.request(commands.cancelTransaction());
          expect(JSON.stringify(await makeSupportBundle({ client, ...about }))).not.toContain(pan);
        },
      ),
      { numRuns: 20 },
    );
    client.disconnect();
  });
});
