/**
 * The codec beside native hexadecimal decoding, which is the least that any decoder does, and beside TLV libraries of npm.
 */
import assert from 'node:assert/strict';
import { runInChromium } from '../chromium.mjs';
import { measure } from '../measure.mjs';
import { timesAsFast } from '../report.mjs';
import { arqcContainer, fields, mixedStream } from './corpus.mjs';
import { libraries } from './libraries.mjs';
import { decodeStream, readFields } from './work.mjs';

const MILLISECONDS = 60;

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const stream = mixedStream();
  const average = Math.round(stream.reduce((sum, { length }) => sum + length, 0) / stream.length);
  const options = { rounds, milliseconds: MILLISECONDS };
  const { result, version } = await runInChromium('bench/codec/page.mjs', { stream, ...options });
  const taken = await takenTable(stream, options);
  const hexFields = await hexFieldsTable(options);
  return {
    figures: { taken: timesAsFast(taken.samples), 'hex-fields': timesAsFast(hexFields.samples) },
    notes: [
      `The stream has ${String(stream.length)} messages of ${String(average)} hexadecimal characters on average.`,
    ],
    tables: [
      {
        title: 'A mixed stream of messages, hexadecimal text in, typed messages out, in a page',
        about: `In ${version}; the codec bundled and minified as a page would have it.`,
        target: 'at most 1.2 times the time of `Uint8Array.fromHex` alone.',
        unit: 'message',
        unitsPerRun: stream.length,
        samples: result,
      },
      {
        title: 'The same stream in Node',
        about: `Beside \`Buffer.from(text, 'hex')\`.`,
        unit: 'message',
        unitsPerRun: stream.length,
        samples: measure(
          [
            { name: 'decodeMessage', run: () => decodeStream(stream) },
            {
              name: 'Buffer.from, bytes only',
              run: () => stream.reduce((sum, hex) => sum + Buffer.from(hex, 'hex').length, 0),
            },
          ],
          options,
        ),
      },
      taken,
      hexFields,
      fieldsTable(options),
    ],
  };
}

/** @param {readonly string[]} stream @param {{ rounds: number, milliseconds: number }} options */
async function takenTable(stream, options) {
  const { result, version } = await runInChromium('bench/codec/taken-page.mjs', { stream, ...options });
  return {
    title: 'The fields that an application takes of the stream, in a page',
    about: `In ${version}. Of every message kind, direction, reference, number and status; where a sale begins its EMV objects, of properties their values, of card data four fields, as hexadecimal text. Both give the same values; that is checked before.`,
    target: '0.75 times a cursor parser written for just these fields, which checks little.',
    unit: 'message',
    unitsPerRun: stream.length,
    samples: result,
  };
}

/** @param {{ rounds: number, milliseconds: number }} options */
async function hexFieldsTable(options) {
  const hex = arqcContainer();
  const { result, version } = await runInChromium('bench/codec/fields-page.mjs', { hex, fields, ...options });
  return {
    title: 'Four fields of the container of an ARQC, hexadecimal text in and out, in a page',
    about: `In ${version}. ${String(hex.length / 2)} bytes in, ${fields.join(', ')} out. All give the same values; that is checked before.`,
    target: '4 times @tomkp/ber-tlv.',
    unit: 'container',
    unitsPerRun: 1,
    samples: result,
  };
}

/** @param {{ rounds: number, milliseconds: number }} options */
function fieldsTable(options) {
  const bytes = Uint8Array.from(Buffer.from(arqcContainer(), 'hex'));
  const expected = readFields(bytes, fields).map(hexOf);
  assert.ok(!expected.includes(undefined), 'the container has all fields');
  for (const [name, read] of Object.entries(libraries)) {
    assert.deepEqual(read(bytes, fields).map(hexOf), expected, `${name} reads the same values`);
  }
  return {
    title: 'TLV only: four fields of the container of an ARQC, in Node',
    about: `${String(bytes.length)} bytes in, ${fields.join(', ')} out. All give the same values; that is checked before.`,
    target: '4 times the fastest library.',
    unit: 'container',
    unitsPerRun: 1,
    samples: measure(
      [
        { name: 'searchTlv in the bytes', run: () => readFields(bytes, fields) },
        ...Object.entries(libraries).map(([name, read]) => ({ name, run: () => read(bytes, fields) })),
      ],
      options,
    ),
  };
}

/** @param {unknown} value */
const hexOf = (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : undefined);
