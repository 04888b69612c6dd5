/** Details of a reader as text at a broker: what is written is read again, and nothing else gets through. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReaderDetails } from '../../../src/transports/broker-options.js';
import { detailsText, detailsTopic, pathOfDetails, readDetailsText } from '../../../src/transports/reader-details.js';
import { passesLuhn } from '../../../src/mms/luhn.js';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const whole: ReaderDetails = {
  serial: 'B571AF2',
  model: 'DynaFlexIIPED',
  firmware: '1000009346-AC1-PROD',
  battery: 87,
  isLocked: false,
  lastSeen: AT,
  lastSale: { outcome: 'timed-out', at: AT - 1 },
};

test('are below the path of the reader', () => {
  expect(detailsTopic('MagTek/Shop/Model/B1')).toBe('MagTek/Shop/Model/B1/Details');
  expect(pathOfDetails('MagTek/Shop/Model/B1/Details')).toBe('MagTek/Shop/Model/B1');
  expect(pathOfDetails('/Details')).toBeUndefined();
  expect(pathOfDetails('MagTek/Shop/Model/B1/Status')).toBeUndefined();
});

test('have a version, names, ISO times and nothing that is not known', () => {
  expect(JSON.parse(detailsText(whole))).toEqual({
    version: 1,
    serial: 'B571AF2',
    model: 'DynaFlexIIPED',
    firmware: '1000009346-AC1-PROD',
    battery: 87,
    locked: false,
    lastSeen: '2026-01-02T03:04:05.006Z',
    lastSale: { outcome: 'timed-out', at: '2026-01-02T03:04:05.005Z' },
  });
  expect(detailsText({})).toBe('{"version":1}');
});

describe('what was written', () => {
  const outcome = fc.constantFrom(
    'approved' as const,
    'declined' as const,
    'deferred' as const,
    'cancelled' as const,
    'timed-out' as const,
    'failed' as const,
    'unknown' as const,
  );
  const at = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
  const name = fc.stringMatching(/^[A-Za-z0-9 ._+-]{1,11}$/);
  const details = fc.record(
    {
      serial: name,
      model: name,
      firmware: name,
      battery: fc.integer({ min: 0, max: 100 }),
      isLocked: fc.boolean(),
      lastSeen: at,
      lastSale: fc.record({ outcome, at }),
    },
    { requiredKeys: [] },
  );

  test('is read as it was', () => {
    fc.assert(
      fc.property(details, (given) => {
        expect(readDetailsText(detailsText(given))).toEqual(given);
      }),
    );
  });

  test('has no card number in it, whatever a reader says of itself', () => {
    for (const firmware of [
      '4111111111111111',
      '4111 1111 1111 1111',
      'v4111-1111-1111-1111',
      '４１１１１１１１１１１１１１１１',
    ])
      expect(detailsText({ firmware, serial: firmware, model: firmware }), firmware).toBe('{"version":1}');
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (firmware) => {
        const text = detailsText({ firmware });
        for (const digits of text.match(/\d{12,19}/g) ?? []) expect(passesLuhn(digits)).toBe(false);
      }),
    );
  });

  test('with members that a later bridge adds is read all the same', () => {
    expect(readDetailsText('{"version":1,"battery":5,"colour":"red"}')).toEqual({ battery: 5 });
  });
});

describe('what anybody may have published', () => {
  const faults: [string, string][] = [
    ['foreign', 'connected'],
    ['foreign', ''],
    ['foreign', 'null'],
    ['foreign', '[1]'],
    ['foreign', '{"battery":5}'],
    ['foreign', '{"version":"1"}'],
    ['foreign', '{"version":0}'],
    ['foreign', `{"version":1,"padding":"${'x'.repeat(3_000)}"}`],
    ['newer', '{"version":2}'],
    ['malformed', '{"version":1,"battery":101}'],
    ['malformed', '{"version":1,"battery":"5"}'],
    ['malformed', '{"version":1,"battery":null}'],
    ['malformed', '{"version":1,"locked":"yes"}'],
    ['malformed', '{"version":1,"firmware":"a\\nb"}'],
    ['malformed', '{"version":1,"firmware":"4111111111111111"}'],
    ['malformed', `{"version":1,"serial":"${'B'.repeat(65)}"}`],
    ['malformed', '{"version":1,"lastSeen":5}'],
    ['malformed', '{"version":1,"lastSeen":"yesterday"}'],
    ['malformed', '{"version":1,"lastSeen":"2026-13-41T00:00:00Z"}'],
    ['malformed', '{"version":1,"lastSale":"approved"}'],
    ['malformed', '{"version":1,"lastSale":{"outcome":"approved"}}'],
    ['malformed', '{"version":1,"lastSale":{"outcome":"constructor","at":"2026-01-01T00:00:00Z"}}'],
  ];
  test.each(faults)('is %s: %s', (fault, text) => {
    expect(readDetailsText(text)).toBe(fault);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readDetailsText(text);
      }),
    );
  });
});
