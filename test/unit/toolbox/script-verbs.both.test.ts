/** Every verb of the vendor's scripts: done, or refused with a reason. */
import { describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { toBase64 } from '../../../src/toolbox/notation.js';
import { parseScript, scriptLines } from '../../../src/toolbox/script.js';
import { runScript, type StepResult } from '../../../src/toolbox/script-run.js';
import { doneVerbs, refusedVerbs } from '../../../src/toolbox/script-verbs.js';
import { readXmlValues, XmlError } from '../../../src/toolbox/xml-values.js';
import { commandFile, firstLook, withoutReader } from '../../support/vendor-scripts.js';

async function run(text: string): Promise<readonly StepResult[]> {
  const reader = new SimulatedReader({ seed: 1 });
  const client = new ReaderClient({ transport: new SimulatedTransport(reader), reconnect: 'off' });
  await client.connect();
  const results: StepResult[] = [];
  const { steps, problems } = parseScript(text);
  expect(problems).toEqual([]);
  await runScript({
    client,
    steps,
    stopOnError: false,
    signal: new AbortController().signal,
    wait: () => Promise.resolve(),
    onResult: (result) => {
      results.push(result);
    },
  });
  client.disconnect();
  return results;
}

/** The verbs of the demo, from its `parseCommand` [PJ]. */
const DEMO =
  'GETAPPVERSION GETDEVINFO SENDCOMMAND SENDBASE64COMMAND PCIRESET GETDEVICELIST OPENDEVICE CLOSEDEVICE WAIT DETECTDEVICE GETTAGVALUE PARSETLV XML2JSON PARSEMMS DISPLAYMESSAGE GETDEVICESN GETFIRMWAREID UPDATEFIRMWARERMS UPDATETAGSRMS HEXTOBASE64 BASE64TOHEX UPDATEFIRMWARE SETACTIVEMODE LOADSIGNATURE PARSEHARDWAREID PROCESS_SALE';

test('all verbs of the demo are known', () => {
  expect([...Object.keys(doneVerbs), ...Object.keys(refusedVerbs)].sort()).toEqual(DEMO.split(' ').sort());
});

test.each([...Object.keys(refusedVerbs), 'UPDATEFIRMARE', 'updatetagsrms'])(
  '%s is refused with a reason, at its line',
  (verb) => {
    const { steps, problems } = parseScript(`WAIT,1\n${verb},something\nWAIT,1`);
    expect(steps.map(({ line }) => line)).toEqual([1, 3]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBe(2);
    expect(problems[0]?.problem).toMatch(new RegExp(`^${verb.toUpperCase()} (?:has no|only|would|needs|starts) .{30}`));
  },
);

describe('a script of the vendor’s verbs', () => {
  test('looks at a reader', async () => {
    const results = await run(firstLook);
    expect(results.map(({ line, outcome }) => [line, outcome])).toEqual(
      Array.from({ length: 12 }, (_, at) => [at + 2, 'done']),
    );
    const [version, , serial, firmware, info, , , display] = results.map(({ text }) => text);
    expect(version).toMatch(/^magtek-elements \d/);
    expect(serial).toMatch(/^2\.2\.1\.1\.1\.1 Serial number = [0-9A-F]{7}$/);
    expect(firmware).toMatch(/^2\.1\.2\.2\.2\.2 Main firmware id = \S/);
    expect(info?.split('\n').length).toBeGreaterThan(5);
    expect(display).toMatch(/^Display Message done/);
  });

  test('works without a reader', async () => {
    const texts = (await run(withoutReader)).map(({ text }) => text);
    expect(texts[0]).toMatch(/^Cancel Transaction \(ref 19\)\n {2}Start of message: AA\n/);
    expect(texts.slice(1, 5)).toEqual([
      '9F02 Amount, authorized = 000000000460\n5F2A Transaction currency code = 0978',
      '9F02 = 000000000460',
      'qgCBBAETEAiEAhAI',
      'AA0081040113100884021008',
    ]);
    expect(texts[5]).toMatch(/^USB device 0801:2020, DynaFlex\n {2}Vendor: 0801 MagTek\n/);
    expect(texts[6]).toBe('Status: OK\nAmount: 4.60\nNote: a < b & c');
    expect(texts[7]).toBe('Signature, 253 × 120 pixels, 2 strokes');
  });

  test('is read from a list in JSON as well, by its lines', async () => {
    expect(scriptLines(commandFile)).toHaveLength(3);
    expect((await run(commandFile)).map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'done'],
      [2, 'done'],
      [3, 'done'],
    ]);
    expect(parseScript('["WAIT,1", "DANCE"]').problems).toMatchObject([{ line: 2 }]);
    expect(parseScript('["WAIT,1", 2]').problems).toMatchObject([{ line: 1 }]);
    expect(parseScript('["WAIT,1",').problems).toMatchObject([{ line: 1 }]);
  });

  test('draws a signature, and says what a property is that the reader does not have', async () => {
    const signed = (await run(withoutReader)).at(-1)?.signature;
    expect(signed).toEqual({
      width: 253,
      height: 120,
      strokes: [
        [
          { x: 10, y: 10 },
          { x: 20, y: 20 },
        ],
        [{ x: 30, y: 30 }],
      ],
    });
  });

  test('shows no card data, in whatever verb they stand', async () => {
    const pan = '4111111111111111';
    const text = toHex(Uint8Array.from(pan, (digit) => digit.charCodeAt(0)));
    const script = [
      `PARSEMMS,AA00810401551803840F18035A08${pan}500141`,
      `PARSEMMS,AA00810401551803841418038110${text}`,
      `HEXTOBASE64,5A08${pan}`,
      `HEXTOBASE64,${text}`,
      `BASE64TOHEX,${btoa(pan)}`,
      `BASE64TOHEX,${toBase64(parseHex(`5A08${pan}`))}`,
      `XML2JSON,<a><pan>${pan}</pan></a>`,
      `PARSETLV,5A08${pan}`,
    ];
    const results = await run(script.join('\n'));
    expect(results).toHaveLength(script.length);
    for (const { text: result } of results) {
      expect(result).not.toContain(pan);
      expect(result).not.toContain(text);
      expect(atob(/^[A-Za-z0-9+/]+={0,2}$/.test(result) && result.length % 4 === 0 ? result : '')).not.toContain(pan);
    }
  });
});

test.each([
  ['SENDBASE64COMMAND', /base64 is missing/],
  ['SENDBASE64COMMAND,qgC*', /not a character of base64 \(character 4\)/],
  ['SENDBASE64COMMAND,qgCBBIITEAiCBAAAAAA=', /only requests/],
  ['PARSEMMS', /digits are missing/],
  ['PARSEMMS,AA00', /tag 81/],
  ['HEXTOBASE64,A', /one hexadecimal digit/],
  ['BASE64TOHEX,', /missing/],
  ['PARSEHARDWAREID,0011223344', /layout of other hardware ids is not published/],
  ['XML2JSON,<a><b></a>', /<\/a> ends an element that is not open \(character 7\)/],
  ['LOADSIGNATURE,81020101', /size of the field/],
  ['GETDEVICESN,now', /nothing may follow/],
])('%s is wrong, with its place', (line, says) => {
  const { problems } = parseScript(line);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.problem).toMatch(says);
});

describe('values of an XML text', () => {
  test('are those of elements without others, also in the inner text of a gateway', () => {
    expect(readXmlValues(`id=1&<?xml version='1.0'?><!-- c --><r a="<"/>`.replace('"<"', '"x"'))).toEqual([
      { name: 'r', text: '' },
    ]);
    expect(
      readXmlValues('<r><Payload>&lt;x&gt;&lt;y&gt;1&lt;/y&gt;&lt;/x&gt;</Payload><z>&#x41;&#66;</z></r>'),
    ).toEqual([
      { name: 'y', text: '1' },
      { name: 'z', text: 'AB' },
    ]);
  });

  test.each([
    ['none', 0],
    ['<a', 0],
    ['<a>', 3],
    ['<a/><b/>', 4],
    ['<a/>x', 4],
    ['<a>&what;</a>', 3],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 0],
    ['<a b=c></a>', 0],
  ])('%s is refused at character %i', (xml, offset) => {
    let caught: unknown;
    try {
      readXmlValues(xml);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(XmlError);
    expect((caught as XmlError).offset).toBe(offset);
  });
});

test('XML2JSON shows the lengths of secrets only, and what else there is as it is', () => {
  const xml =
    '<a><Track2>;4111=2512?</Track2><CardholderName>DOE/JOHN</CardholderName><PINBlock>1234567890ABCDEF</PINBlock>' +
    '<b:Password>letmein</b:Password><EncryptedPIN>AB</EncryptedPIN><Shipping>yes</Shipping><KeySerialNumber>FFFF98</KeySerialNumber>' +
    '<ExpirationDate>2512</ExpirationDate><Keyboard>de</Keyboard></a>';
  const [step] = parseScript(`XML2JSON,${xml}`).steps;
  expect(step?.kind === 'shown' && step.text).toBe(
    [
      'Track2: ***********',
      'CardholderName: ********',
      'PINBlock: ****************',
      'b:Password: *******',
      'EncryptedPIN: **',
      'Shipping: yes',
      'KeySerialNumber: FFFF98',
      'ExpirationDate: ****',
      'Keyboard: de',
    ].join('\n'),
  );
});
