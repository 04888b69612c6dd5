/**
 * Random card data go through everything that the elements do, from a reader that encrypts and from one that does not: no card
 * number, name or PIN block stands in the page, its accessibility tree, its storage, its console, or in what is copied or saved.
 * What people type stays in the field that they type into, and the events are for the page's own code: both are not looked at.
 */
import { expect } from '@open-wc/testing';
import { a11ySnapshot } from '@web/test-runner-commands';
import fc from 'fast-check';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { encodeTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { testCards, type TestCard } from '../../../src/simulator/test-cards.js';
import { cardNumber } from '../../support/card-number.js';
import { tourOfEveryElement, type Walkthrough } from '../../support/every-element.js';

interface CardData {
  readonly pan: string;
  /** Family name and given name, as on a track. */
  readonly name: string;
  readonly pinBlock: Uint8Array;
}

const letters = fc.stringMatching(/^[A-Z]{10}$/);

const cardData: fc.Arbitrary<CardData> = fc.record({
  pan: cardNumber,
  name: fc.tuple(letters, letters).map((parts) => parts.join('/')),
  pinBlock: fc.uint8Array({ minLength: 8, maxLength: 8 }).filter((bytes) => new Set(bytes).size > 5),
});

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const packed = (digits: string): Uint8Array => parseHex(digits.length % 2 === 0 ? digits : `${digits}F`);
const object = (tag: string, value: Uint8Array): TlvInput => ({ tag, value });

/** As the reader tells of card data in notification 0101: length, F9, MAC. */
function told(detail: string, children: readonly TlvInput[]): Uint8Array {
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        object('DFDF54', parseHex('9501000000000000001D')),
        object('DFDF25', ascii('B571AF2')),
        { tag: 'FA', children },
      ],
    },
  ]);
  const value = Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 1, 2, 3, 4);
  return toMessage({ kind: 'notification', id: 0x0101, detail: parseHex(detail), payload: [object('84', value)] })
    .bytes;
}

/** What a reader might send that encrypts nothing. */
function clearMessages({ pan, name, pinBlock }: CardData): readonly Uint8Array[] {
  const track1 = ascii(`%B${pan}^${name}^30122011000000000?`);
  const track2 = ascii(`;${pan}=30122011000000000?`);
  const objects = [
    object('5A', packed(pan)),
    object('57', packed(`${pan}D30122010000000000`)),
    object('56', track1),
    object('5F20', ascii(name)),
    object('9F0B', ascii(name)),
    object('DFDF31', track1),
    object('DFDF33', track2),
    object('99', pinBlock),
  ];
  const pin = [
    object('99', pinBlock),
    object('DFDF41', parseHex('9501000000000000001D')),
    object('DF71', parseHex('00')),
  ];
  const notification = (id: number, detail: string, payload: TlvInput[]): Uint8Array =>
    toMessage({ kind: 'notification', id, detail: parseHex(detail), payload }).bytes;
  return [
    told('10080202', [{ tag: '70', children: objects }]),
    told('08080302', [
      { tag: 'F0', children: [{ tag: 'F1', children: [object('DFDF1A', parseHex('00'))] }, ...objects] },
    ]),
    notification(0x0205, '00000000', [{ tag: 'F5', children: pin }]),
    notification(0x1803, '00000000', [object('81', ascii(`CARD ${pan}`))]),
    notification(0x1001, '30080000', [object('DF74', ascii(pan))]),
    notification(0x7777, '00000000', [object('C1', track2)]),
    toMessage({
      kind: 'response',
      reference: 0x77,
      id: 0xd101,
      status: { summary: 0, detail: '000000' },
      payload: [object('89', encodeTlv([object('C2', ascii(pan))]))],
    }).bytes,
  ];
}

/** Everything that may not be seen, in each form in which it might be. */
function secretsOf({ pan, name, pinBlock }: CardData): readonly string[] {
  // Six and four digits may be shown; eleven in a row are more than either.
  const windows = Array.from({ length: pan.length - 10 }, (_, at) => pan.slice(at, at + 11));
  const parts = name.split('/');
  const texts = [...windows, ...parts];
  return [...texts, ...texts.map((text) => toHex(ascii(text))), toHex(pinBlock)];
}

/** The text without what may stand between digits, and what it says where it is Base64. */
function readings(text: string): readonly string[] {
  const compact = text.replace(/[\s\-./]+/g, '').toUpperCase();
  const all = [text.toUpperCase(), compact];
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(text) || text.length % 4 !== 0) return all;
  const bytes = ascii(atob(text));
  return [...all, String.fromCharCode(...bytes), toHex(bytes)];
}

function assertHidden(where: string, text: string, secrets: readonly string[]): void {
  for (const reading of readings(text)) {
    for (const secret of secrets) {
      const at = reading.indexOf(secret);
      if (at >= 0) throw new Error(`${where} shows ${secret}: … ${reading.slice(Math.max(0, at - 80), at + 80)} …`);
    }
  }
}

/** Fields into which somebody types what is looked for. */
const TYPED = '#custom, #script, [name=accountNumber]';

/** A field of a person's. The value of `<magtek-transaction>` is what the page's form sends to its host. */
const isField = (node: Element): node is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  /^(input|textarea|select)$/.test(node.localName);

/** Texts, attributes, comments and the values of fields, through all shadow roots. */
function serialise(node: Node): string {
  const own =
    node instanceof Element
      ? [
          ...[...node.attributes].map(({ name, value }) => `${name}="${value}"`),
          ...(isField(node) && !node.matches(TYPED) ? [node.value] : []),
        ]
      : [node.nodeValue ?? ''];
  const children = [...(node instanceof Element && node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes];
  return [...own, ...children.map(serialise)].join('\n');
}

/** What a page is told besides its elements: console, clipboard, saved files. */
class Witness {
  readonly heard: string[] = [];
  private readonly undo: (() => void)[] = [];

  constructor() {
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const before = console[name];
      console[name] = (...args: unknown[]) =>
        this.heard.push(args.map((arg) => `${String(arg)} ${json(arg)}`).join(' '));
      this.undo.push(() => (console[name] = before));
    }
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => this.heard.push(text));
      return createObjectURL(blob);
    };
    this.undo.push(() => (URL.createObjectURL = createObjectURL));
    const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: {
        writeText: (text: string) => {
          this.heard.push(text);
          return Promise.resolve();
        },
      },
    });
    this.undo.push(() => Object.defineProperty(navigator, 'clipboard', { ...clipboard, configurable: true }));
  }

  stop(): void {
    for (const undo of this.undo) undo();
  }
}

/** Empty for what cannot be written, such as functions, and objects that hold themselves. */
function json(value: unknown): string {
  try {
    return value === undefined || typeof value === 'function' ? '' : JSON.stringify(value);
  } catch {
    return '';
  }
}

interface AccessibleNode {
  readonly role?: string;
  readonly value?: unknown;
  readonly children?: readonly AccessibleNode[];
}

/** What assistive technology is told, but for what stands in text fields: those are looked at one by one. */
async function accessibilityTree(): Promise<AccessibleNode | 'not readable here'> {
  if (!isReadable) return 'not readable here';
  const strip = ({ value, children = [], ...node }: AccessibleNode): AccessibleNode => ({
    ...node,
    ...(node.role === 'textbox' ? {} : { value }),
    children: children.map(strip),
  });
  return strip((await a11ySnapshot({})) as unknown as AccessibleNode);
}

/** The branches of the card data are copied as well. */
function copyCardData({ element }: Walkthrough): void {
  const root = element.querySelector('magtek-card-data')!.shadowRoot!;
  for (const button of root.querySelectorAll('button')) button.click();
}

/** The runner reads the accessibility tree in Chromium alone. */
const isReadable = 'userAgentData' in navigator;

describe('card data', () => {
  before(() => {
    if (!isReadable) console.warn('Skipped: the accessibility tree, which cannot be read in this browser.');
  });

  it('stand nowhere but in the events', async function () {
    // One way through takes a while; each run of the tests goes another.
    this.timeout(110_000);
    const seed = Date.now();
    await fc.assert(
      fc.asyncProperty(cardData, async (data) => {
        const secrets = secretsOf(data);
        const card: TestCard = { ...testCards.visa, name: 'Random card', pan: data.pan };
        const witness = new Witness();
        const events: string[] = [];
        const listen = ({ detail }: CustomEvent<{ bytes: Uint8Array }>): number => events.push(toHex(detail.bytes));
        document.addEventListener('magtek-card-data', listen);
        let states = 0;
        const look = async (state: string, tour: Walkthrough): Promise<void> => {
          states++;
          assertHidden(`the page, ${state}`, serialise(tour.place), secrets);
          for (const heard of witness.heard.splice(0))
            assertHidden(`what was told or copied, ${state}`, heard, secrets);
          copyCardData(tour);
          // It takes long: in the states that show most.
          if (!/^(over|results|properties|scanned|imported)/.test(state)) return;
          assertHidden(`the accessibility tree, ${state}`, json(await accessibilityTree()), secrets);
        };
        try {
          await tourOfEveryElement({
            lang: 'en',
            card,
            barcode: data.pan,
            messages: clearMessages(data),
            noise: [`;${data.pan}=3012?`, packed(data.pan), `AA00${toHex(ascii(data.pan))}`],
            script: [
              `DISPLAYMESSAGE,${data.pan}`,
              `PARSETLV,${toHex(encodeTlv([object('5A', packed(data.pan)), object('5F20', ascii(data.name))]))}`,
              `GETTAGVALUE,5A,${data.pan},5A08${toHex(packed(data.pan.slice(0, 16).padEnd(16, '0')))},false`,
            ],
            // Commands take an even number of digits.
            account: data.pan.length % 2 === 0 ? data.pan : `0${data.pan}`,
            look: async (state, tour) => {
              await look(state, tour);
              assertHidden('the journal', json([...(tour.element.client?.journal.entries ?? [])]), secrets);
            },
          });
          for (const storage of [localStorage, sessionStorage])
            assertHidden('storage', json(Object.entries(storage)), secrets);
          for (const heard of witness.heard) assertHidden('what was told or copied', heard, secrets);
        } finally {
          witness.stop();
          document.removeEventListener('magtek-card-data', listen);
          localStorage.clear();
        }
        // It was there to be seen: the events have it in clear.
        expect(events.some((hex) => hex.includes(toHex(packed(data.pan)).slice(0, 12)))).to.equal(true);
        expect(states).to.be.greaterThan(80);
      }),
      // The seed is in what is printed where it fails; a smaller case would say no more.
      { seed, numRuns: 1, endOnFailure: true, includeErrorInReport: true },
    );
  });

  it('would be found: the search knows every form', () => {
    const data: CardData = {
      pan: '4111111111111111',
      name: 'ABCDEFGHIJ/KLMNOPQRST',
      pinBlock: parseHex('0123456789ABCDEF'),
    };
    const secrets = secretsOf(data);
    const forms = [
      data.pan,
      '4111 1111 1111 1111',
      '4111-1111-1111-1111',
      toHex(ascii(data.pan)),
      'ABCDEFGHIJ',
      toHex(ascii('KLMNOPQRST')).toLowerCase(),
      '01 23 45 67 89 AB CD EF',
      btoa(`;${data.pan}=3012`),
    ];
    for (const form of forms) expect(() => assertHidden('here', form, secrets), form).to.throw('here shows');
    expect(() => assertHidden('here', '411111******1111 411111 1111', secrets)).not.to.throw();
    const host = document.createElement('div');
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('p'));
    inner.title = data.pan;
    expect(() => assertHidden('here', serialise(host), secrets)).to.throw('here shows');
  });
});
