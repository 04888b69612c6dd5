/**
 * The guide for pages that grew out of the vendor's demo is right, event by event: what makes the demo emit an event makes a client
 * tell what the guide says. Which notification is behind a name of the demo is read from its public source [PJ API_mmsParse.js].
 */
import { expect, test } from 'vitest';
import type { ClientEvents } from '../../../src/client/client-events.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { Transport, TransportSink } from '../../../src/transports/transport.js';
import { readPage } from './fences.js';

/** Name there, notification, detail, and where the event needs one, the payload behind its id. */
const cases: readonly (readonly [name: string, id: string, detail: string, payload?: string])[] = [
  ['OnContactCardInserted', '0101', '10010200'],
  ['OnContactCardInserted', '1001', '01020000'],
  ['OnContactCardRemoved', '0101', '10010300'],
  ['OnContactCardRemoved', '1001', '01030000'],
  ['OnContactCardDetected', '0101', '10010400'],
  ['OnContactPINPadError', '0101', '10020601'],
  ['OnContactPINBlockError', '0101', '10020602'],
  ['OnContactlessCardDetected', '0101', '20010400'],
  ['OnContactlessCardDetected', '1001', '01000000'],
  ['OnContactlessCardRemoved', '0101', '20010300'],
  ['OnContactlessCardRemoved', '1001', '01010000'],
  ['OnContactlessMifareUltralightCardDetected', '0101', '20010401'],
  ['OnContactlessMifare1KCardDetected', '0101', '20010402'],
  ['OnContactlessMifare4KCardDetected', '0101', '20010403'],
  ['OnContactlessCardCollision', '0101', '20010500'],
  ['OnContactlessVASError', '0101', '20011002'],
  ['OnContactlessPINPadError', '0101', '20020601'],
  ['OnContactlessPINBlockError', '0101', '20020602'],
  ['OnMSRCardSwiped', '0101', '08010100'],
  ['OnMSRCardInserted', '0101', '08010200'],
  ['OnMSRCardRemoved', '0101', '08010300'],
  ['OnMSRCardDetected', '0101', '08010400'],
  ['OnMSRSwipeDetected', '1001', '01040000'],
  ['OnManualDataEntered', '0101', '07010100'],
  ['OnBarcodeRead', '0101', '30010100'],
  ['OnBarcodeUpdate', '0101', '30080002', 'DF740131'],
  ['OnBarcodeDetected', '1001', '01070000', 'DF740131'],
  ['OnTouchDown', '1001', '01050000', '810400100020'],
  ['OnTouchUp', '1001', '01060000', '810400100020'],
  ['OnPowerEvent', '1001', '00010000'],
  ['OnKeyEvent', '1001', '03000000'],
  ['OnUserEvent', '1001', '01990000'],
  ['OnUIDisplayMessage', '1803', '00000000', '810548454C4C4F'],
  ['OnFirmwareUpdateSuccessful', '0905', '00000000'],
  ['OnFirmwareUpdateFailed', '0906', '00000000'],
  ['OnFirmwareUptoDate', '0907', '00000000'],
  ['OnTransactionHostAction', '0103', '00000000'],
  ['OnUIInformationUpdate', '1801', '00000000'],
  ['OnBankingNotification', '0201', '00000000'],
];

/** What is told of everything, and so says nothing of one event. */
const always = ['message', 'notification'] as const;
const particular = ['card', 'barcode', 'touch', 'display', 'pin', 'card-data', 'signature', 'error'] as const;

const rows = [...readPage('docs/migrating.md').matchAll(/^\| (.*On\w+.*?) +\| (.*?) +\|$/gm)].map(
  ([, there = '', here = '']) => ({ names: [...there.matchAll(/`(On\w+)`/g)].map(([, name = '']) => name), here }),
);

async function tell(id: string, detail: string, payload = ''): Promise<Map<string, object>> {
  let sink: TransportSink | undefined;
  const transport: Transport = {
    open: (to) => {
      sink = to;
      return Promise.resolve();
    },
    send: () => undefined,
    close: () => undefined,
  };
  const client = new ReaderClient({ transport });
  const told = new Map<string, object>();
  for (const name of [...always, ...particular] satisfies (keyof ClientEvents)[]) {
    client.subscribe(name, (given) => told.set(name, given));
  }
  await client.connect();
  const content = payload === '' ? '' : id + payload;
  const length = toHex(Uint8Array.of(content.length / 2));
  sink?.message(parseHex(`AA0081048300${id}8204${detail}${content === '' ? '' : `84${length}${content}`}`));
  client.disconnect();
  return told;
}

test.each(cases.map((each) => [each.join(' '), each] as const))('%s', async (_, [name, id, detail, payload]) => {
  const row = rows.find(({ names }) => names.includes(name));
  const told = await tell(id, detail, payload);
  const expected = particular.find((event) => told.has(event)) ?? 'notification';
  expect(row?.here).toContain(`\`magtek-${expected}\``);
  const [, field = '', value = ''] = /`(via|action): '(\w+)'`/.exec(row?.here ?? '') ?? [];
  if (value !== '') expect(told.get(expected)).toHaveProperty(field, value);
});

test('no name stands in two rows', () => {
  const names = rows.flatMap((row) => row.names);
  expect(names.length).toBeGreaterThan(40);
  expect(new Set(names).size).toBe(names.length);
});
