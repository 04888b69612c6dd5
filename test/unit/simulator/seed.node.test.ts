import { afterEach, describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage, MmsNotification, MmsResponse } from '../../../src/mms/message.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { readDisplayText } from '../../../src/mms/views/display-text.js';
import { readSelection } from '../../../src/mms/views/selection.js';
import { readUid } from '../../../src/mms/views/uid.js';
import { readProperties } from '../../../src/mms/oid.js';
import { findTlv } from '../../../src/mms/tlv.js';
import type { ReaderPort } from '../../../src/simulator/links.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { ManualClock } from '../../support/manual-clock.js';
import { seedTable } from '../../support/seed-table.js';
import { seed } from './bench.js';

let reader: SimulatedReader;
let clock: ManualClock;
let port: ReaderPort;
let heard: MmsMessage[];
let dropped: number;

function make(options: SimulatedReaderOptions = {}): void {
  clock = new ManualClock();
  heard = [];
  dropped = 0;
  reader = new SimulatedReader({ seed: 1, clock, ...options });
  port = join();
}

function join(messages = heard): ReaderPort {
  const joined = reader.connect({
    deliver: (bytes) => {
      messages.push(decodeMessage(bytes));
    },
    drop: () => {
      dropped++;
    },
  });
  if (!joined) throw new Error('refused');
  return joined;
}

afterEach(() => {
  reader.close();
  expect(clock.running).toBe(0);
});

const [[, START], [, CANCEL], [, RESET]] = seedTable;
const NFC = seedTable.find(([name]) => name === 'NFC')?.[1] ?? '';
const PAGE_0 = seedTable.find(([name]) => name === 'NFC Mifare')?.[1] ?? '';

/** Sends a message and gives the response to it. */
function ask(hex: string): MmsResponse {
  port.receive(parseHex(hex));
  clock.pass(0);
  const response = heard.filter(({ kind }) => kind === 'response').at(-1);
  if (response?.kind !== 'response') throw new Error('no response');
  return response;
}

const codes = (): string[] =>
  heard
    .filter((message): message is MmsNotification => message.kind === 'notification')
    .map(({ id, detail }) => `${id.toString(16).padStart(4, '0')} ${toHex(detail)}`);

describe('seed commands', () => {
  const running = ['Start EMV', 'Start Contact', 'Start Contactless', 'Start MSR', 'NFC', 'Request PIN'];
  const refused: Record<string, string> = {
    'Cancel EMV': '020304',
    'NFC Mifare': '020312',
    'User Selection 0': '02030D',
    'User Selection 1': '02030D',
  };
  test.each(seedTable)('%s is answered under its reference and command', (name, hex) => {
    make();
    const { reference, id, status } = ask(hex);
    expect(toHex(Uint8Array.of(reference, id >> 8, id & 0xff))).toBe(hex.slice(10, 16));
    expect(status.ok).toBe(!(name in refused));
    expect(status.running).toBe(running.includes(name));
    expect(status.detail).toBe(refused[name] ?? '000000');
  });

  test('the serial number is answered byte by byte as the protocol page shows it', () => {
    make({ serialNumber: 'B603226' });
    const response = ask(seedTable.find(([name]) => name === 'Get SN')?.[1] ?? '');
    expect(toHex(response.bytes)).toBe(
      'AA00810482B5D1018204000000008482001CD10181072B06010401F6098501028704020101018906C104B6032260',
    );
  });

  test('a property is answered as the portal shows it, in both forms', () => {
    make();
    expect(toHex(ask('AA0081040155D101840FD1018501018704020701018902C100').bytes)).toBe(
      'AA0081048255D10182040000000084820010D1018501018704020701018903C10100',
    );
    const long = ask('AA0081040155D1018411D101850101890AE208E706E104E202C100');
    expect(readProperties(long.payload)).toEqual([{ oid: '1.2.7.1.2.1', value: parseHex('00000000') }]);
    expect(findTlv(long.payload, '87')).toBeUndefined();
  });
});

describe('a sale', () => {
  const ways = [
    ['insert', 'contact', '10', '10010200'],
    ['tap', 'contactless', '20', '20010400'],
    ['swipe', 'swipe', '08', '08010100'],
  ] as const;
  test.each(ways)('by %s goes from Start to batch', (act, via, technology, first) => {
    make();
    expect(ask(START).status.running).toBe(true);
    expect(reader.face).toMatchObject({ state: 'transaction', display: 'TAP, INSERT or SWIPE CARD' });
    reader[act]('mastercard');
    clock.pass(1_000);
    reader.remove();
    clock.pass(1_000);
    const details = codes();
    expect(details.slice(0, 2)).toEqual([`0101 ${first}`, `0101 ${technology}080202`]);
    expect(details[2]).toMatch(new RegExp(`^0105 ${technology}`));
    expect(details[3]).toBe(`0101 ${technology}080302`);
    expect(details.slice(4)).toEqual(act === 'insert' ? ['0101 10010300'] : []);
    const [arqc, batch] = heard.flatMap((message) => readCardData(message) ?? []);
    expect(arqc).toMatchObject({
      kind: 'arqc',
      via,
      serialNumber: 'B571AF2',
      maskedPan: '5555********4444',
      encryption: '80',
    });
    expect(arqc && (arqc.bytes.length - 4) % 8).toBe(0);
    expect(arqc?.encryptedLength && arqc.encryptedLength % 8).toBe(0);
    expect(arqc?.ksn).toHaveLength(20);
    expect(batch).toMatchObject({ kind: 'batch', via, result: 1 });
    expect(reader.face.state).toBe('idle');
  });

  test('data notifications carry long lengths outside and inside', () => {
    make();
    ask(START);
    reader.tap();
    clock.pass(1_000);
    const arqc = heard.find((message) => readCardData(message)?.kind === 'arqc');
    expect(toHex(arqc?.bytes ?? new Uint8Array(0))).toMatch(/^AA0081048300010182042008020284820...0101848[2]0/);
  });

  test('the same seed gives the same bytes, another one others', () => {
    const run = (seed: number): string => {
      make({ seed });
      ask(START);
      reader.tap();
      clock.pass(1_000);
      return heard.map(({ bytes }) => toHex(bytes)).join('\n');
    };
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });

  test('does not read a card on a reader that is off, or that the card does not fit', () => {
    make();
    ask(seedTable.find(([name]) => name === 'Start Contact')?.[1] ?? '');
    reader.swipe();
    reader.tap();
    reader.insert('stripeOnly');
    clock.pass(1_000);
    expect(codes()).toEqual([]);
    reader.insert(testCards.visa);
    clock.pass(1_000);
    expect(codes()).toHaveLength(4);
  });

  test('is refused while another runs, and ends by cancel, not when it is too late', () => {
    make();
    ask(START);
    expect(ask(START).status).toMatchObject({ ok: false, detail: '020308' });
    expect(ask(CANCEL).status.ok).toBe(true);
    clock.pass(0);
    expect(codes()).toHaveLength(1);
    expect(reader.face.state).toBe('idle');
    expect(ask(CANCEL).status.detail).toBe('020304');
    ask(START);
    reader.tap();
    clock.pass(70);
    expect(ask(CANCEL).status.detail).toBe('020305');
  });

  test('ends after its time limit, and when the card is pulled out too early', () => {
    make();
    ask(START);
    clock.pass(59_999);
    expect(codes()).toEqual([]);
    clock.pass(1);
    clock.pass(0);
    expect(codes()).toHaveLength(1);
    expect(reader.face.state).toBe('idle');
    ask(START);
    reader.insert();
    reader.remove();
    clock.pass(1_000);
    expect(
      codes()
        .slice(1)
        .map((code) => code.slice(0, 9)),
    ).toEqual(['0101 1001', '0101 1001', '0105 10FF'.slice(0, 9)]);
    expect(reader.face.state).toBe('idle');
  });

  test('goes on waiting after a collision', () => {
    make();
    ask(START);
    reader.collide();
    reader.tap();
    clock.pass(1_000);
    expect(codes().slice(0, 2)).toEqual(['0101 20010500', '0101 20010400']);
  });

  test('asks its host to show texts and to choose where it has no display', () => {
    make({ display: false });
    ask(START);
    reader.insert('twoApplications');
    clock.pass(1_000);
    const texts = heard.flatMap((message) => readDisplayText(message) ?? []);
    expect(texts[0]).toBe('TAP, INSERT or SWIPE CARD');
    const [prompt] = heard.flatMap((message) => readSelection(message) ?? []);
    expect(prompt?.text).toBe('Application ID Selection\nVISA CREDIT\nVISA ELECTRON');
    expect(prompt?.seconds).toBe(60);
    expect(ask('AA0081040100180284081802810100820105').status.ok).toBe(false);
    expect(ask('AA0081040100180284081802810100820101').status.ok).toBe(true);
    clock.pass(1_000);
    expect(heard.flatMap((message) => readCardData(message) ?? [])).toHaveLength(2);
  });
});

describe('a tag', () => {
  test('is read page by page until the last command', () => {
    make();
    ask(NFC);
    reader.tap('ntag');
    clock.pass(0);
    expect(codes()).toEqual(['0101 20010401', '0101 20080402']);
    expect(toHex(heard.flatMap((message) => readUid(message) ?? [])[0] ?? new Uint8Array(0))).toBe(
      testCards.ntag.tag.uid,
    );
    const page = ask(PAGE_0);
    expect(toHex(findTlv(page.payload, '82')?.value ?? new Uint8Array(0))).toBe(
      'FC13DF7A10' + testCards.ntag.tag.memory.slice(0, 32),
    );
    expect(ask('AA00810401051100840D110081033A047F8201008301FF').status.ok).toBe(false);
    clock.pass(1_000);
    expect(reader.face.state).toBe('idle');
    expect(ask(PAGE_0).status.detail).toBe('020312');
  });
});

describe('settings', () => {
  const GET_EVENTS = seedTable[3][1];
  const SET_EVENTS = seedTable[4][1];

  test('are kept over a restart, and user events act only after one', () => {
    make();
    expect(toHex(findTlv(ask(GET_EVENTS).payload, '89')?.value ?? new Uint8Array(0))).toBe('C10400000000');
    const set = ask(SET_EVENTS);
    expect(findTlv(set.payload, '89')?.value).toEqual(parseHex('C1048F000000'));
    reader.insert();
    clock.pass(0);
    expect(codes()).toEqual([]);
    reader.remove();
    ask(RESET);
    clock.pass(1);
    expect(dropped).toBe(1);
    expect(reader.connect({ deliver: () => undefined, drop: () => undefined })).toBeUndefined();
    clock.pass(1_000);
    port = join();
    heard.length = 0;
    expect(toHex(findTlv(ask(GET_EVENTS).payload, '89')?.value ?? new Uint8Array(0))).toBe('C1048F000000');
    reader.insert();
    reader.remove();
    reader.tap();
    reader.swipe();
    clock.pass(0);
    expect(codes()).toEqual(['1001 01020000', '0101 10010300', '1001 01030000', '1001 01000000', '1001 01010000']);
  });

  test('are answered by the branch', () => {
    make();
    const answer = ask('AA0081040155D101840CD1018501018701028902C700');
    expect(readProperties(answer.payload).map(({ oid }) => oid)).toEqual(['1.2.7.1.1.1', '1.2.7.1.1.2', '1.2.7.1.2.1']);
  });

  test('that do not exist or cannot be set are refused', () => {
    make();
    expect(ask('AA0081040155D101840FD1018501018704090909098902C100').status.detail).toBe('020102');
    expect(ask('AA0081040155D1118410D1118501028704020101018903C10101').status.ok).toBe(false);
  });

  test('limit the number of clients', () => {
    make({ clients: 2 });
    join([]);
    expect(() => join([])).toThrow('refused');
    // Takes effect when the reader starts again.
    expect(ask(seed('Set WebSocket Connections 1')).status.ok).toBe(true);
    expect(reader.face.clients).toBe(2);
    ask(RESET);
    clock.pass(1_000);
    port = join();
    expect(() => join([])).toThrow('refused');
    expect(reader.face.clients).toBe(1);
  });

  test.each(['CA00', 'CA0100', 'CA0105', 'CA020101'])('keep a number of clients that can be: %s is refused', (leaf) => {
    make();
    const length = (leaf.length / 2).toString(16).padStart(2, '0');
    const whole = (13 + leaf.length / 2).toString(16).padStart(2, '0');
    const status = ask(`AA0081040155D11184${whole}D11185010187040202010189${length}${leaf}`).status;
    expect(status.summary).toBe(0x80);
    expect(
      toHex(
        findTlv(ask('AA0081040155D101840FD1018501018704020201018902CA00').payload, '89')?.value ?? new Uint8Array(0),
      ),
    ).toBe('CA0104');
  });
});

describe('what happens around a sale', () => {
  test('a timed text is shown and ends, another command meanwhile is refused', () => {
    make();
    expect(ask('AA0081040155180384081803810105820103').status.running).toBe(true);
    expect(reader.face).toMatchObject({ state: 'showing', display: 'APPROVED' });
    expect(ask(START).status.ok).toBe(false);
    clock.pass(5_000);
    clock.pass(0);
    expect(codes()).toHaveLength(1);
    expect(reader.face.state).toBe('idle');
  });

  test('a buzzer sounds for as long as its tones', () => {
    make();
    expect(ask('AA00810401031805840C1805810801B801F403700258').status.running).toBe(true);
    clock.pass(1_099);
    expect(codes()).toEqual([]);
    clock.pass(1);
    clock.pass(0);
    expect(codes()).toEqual(['1805 05040100']);
    expect(ask('AA00810401551805840718058103003200').status.ok).toBe(false);
  });

  test('a PIN is entered, and the host ends the session', () => {
    make();
    const [, PIN] = seedTable[15];
    expect(ask(PIN).status.running).toBe(true);
    expect(ask(PIN).status.ok).toBe(false);
    reader.enterPin();
    clock.pass(0);
    const [told] = heard.filter(({ id, kind }) => id === 0x0205 && kind === 'notification');
    expect(told?.payload[0]?.children?.map(({ tag }) => tag)).toEqual(['DF71', '99', 'DFDF41', 'DFDF42']);
    const SUCCESS_STEP = 'AA00810401002001840820018101008201FF';
    expect(ask(SUCCESS_STEP).status.ok).toBe(true);
    expect(ask(SUCCESS_STEP).status.detail).toBe('02030E');
  });

  test('a signature is captured and its file fetched', () => {
    make();
    expect(ask('AA008104010118018405180181011E').status.running).toBe(true);
    reader.sign([
      [
        { x: 16, y: 16 },
        { x: 32, y: 32 },
      ],
      [{ x: 48, y: 48 }],
    ]);
    clock.pass(0);
    expect(codes()).toEqual(['1805 01010101']);
    const got = ask('AA0081040109D821840BD821810401000000870101');
    expect(got.status.ok).toBe(true);
    const file = heard.at(-1);
    if (file?.kind !== 'file') throw new Error('no file');
    expect(file).toMatchObject({ reference: 9, fileId: '01000000' });
    expect(toHex(file.contents)).toBe(
      '4D47544B41503130C10401000000CE208108000000FD0000007882140010001000200020FFFFFFFF00300030FFFFFFFF',
    );
    expect(ask('AA0081040109D821840BD821810402000000870101').status.ok).toBe(false);
  });

  test('barcodes are read where they are asked for', () => {
    make();
    expect(ask('AA00810401021804840B180481010182011E830100').status.running).toBe(true);
    reader.scan('HELLO');
    clock.pass(0);
    expect(toHex(heard.at(-1)?.bytes ?? new Uint8Array(0))).toContain('FC08DF740548454C4C4F');
    expect(reader.face.state).toBe('idle');
  });

  test('a client can turn notifications off for itself', () => {
    make();
    const others: MmsMessage[] = [];
    join(others);
    ask('AA00810401021F02840C1F0281010082010083020101');
    ask(START);
    reader.tap();
    clock.pass(1_000);
    expect(codes().map((code) => code.slice(0, 4))).toEqual(['0105']);
    expect(others).toHaveLength(4);
  });

  test('notifications go to the asker alone where it is made so', () => {
    make({ audience: 'asker' });
    const others: MmsMessage[] = [];
    join(others);
    ask(START);
    reader.tap();
    clock.pass(1_000);
    expect(codes()).toHaveLength(4);
    expect(others).toEqual([]);
  });
});

describe('what is not a command', () => {
  test('is refused where its head can be read, else not answered', () => {
    make();
    expect(ask('AA0081040155DF0184021F01').status.detail).toBe('010113');
    expect(ask('AA008104015510018405100182').status.detail).toBe('010102');
    const before = heard.length;
    for (const hex of ['', '00', 'AA', 'AA0081', 'FFFFFFFFFFFFFFFFFF', 'AA00810482071001820401000000'])
      port.receive(parseHex(hex));
    clock.pass(10);
    expect(heard).toHaveLength(before);
  });

  test('makers of impossible readers are told', () => {
    make();
    expect(() => new SimulatedReader({ serialNumber: 'X' })).toThrow(RangeError);
    expect(() => new SimulatedReader({ clients: 5 })).toThrow(RangeError);
    expect(() => {
      reader.insert('nothing' as 'visa');
    }).toThrow(/visa/);
  });
});
