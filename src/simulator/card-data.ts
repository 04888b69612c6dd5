/**
 * ARQC and batch of a test card, well-formed to the last byte.
 * It does not know how things are encrypted.
 */
import { encodeTlv, type TlvInput } from '../mms/tlv.js';
import { ascii, chosen, type CardObjects, type CardWay } from './card-objects.js';
import { wholeBlocks, type CardEncryption, type TransactionKey } from './encryption.js';
import { badTracks, maskedTrack1, maskedTrack2, track1, track2, type MaskTerms } from './masked-track.js';
import type { TestCard } from './test-cards.js';
import { ENCRYPTION_TYPE, MAC_ENCRYPTION_TYPE } from './unconfirmed.js';

/** First byte of the detail codes of notification 0101 [DP 0101, PJ]. */
export const technologies = { contact: 0x10, contactless: 0x20, swipe: 0x08, manual: 0x07 } as const;

/** DFDF52: how the card was read [DP ARQC]. */
const cardTypes = { stripe: 0x01, manual: 0x03, contact: 0x05, contactless: 0x06, stripeWithChip: 0x07 } as const;

/** DFDF53 where the stripe is read because the chip does not work [DP ARQC]. */
const TECHNICAL_FALLBACK = 0x01;

/** Results in DFDF1A [MF, DP batch]. */
export const batchResults = { accept: 0x00, decline: 0x01, error: 0x02 } as const;

/** What can be wrong with card data: a number in clear beside the encrypted ones, a stripe that cannot be read, or has nothing. */
export type CardDataFault = 'clear' | 'bad-track' | 'empty-track';

/** Factory lists of tags; what a card does not have is left out. */
export const tagLists = {
  /** The first fourteen are the list of the older product [DM p61]; DynaFlex has about 45 from 50 to 9F7C [DP 1.1.1]. */
  arqc: [
    ...['9F03', '9F26', '82', '5A', '5F34', '9F36', '9F1A', '95', '9F02', '5F2A', '9A', '9C', '9F37', '9F10'],
    ...['50', '57', '5F24', '84', '9F06', '9F27', '9F33', '9F34', '9F35'],
  ],
  /** The end of the older product’s list is published [DM p85], the rest is inferred. */
  batch: [
    ...['9F26', '9F27', '82', '5A', '57', '5F24', '5F34', '9F36', '9F1A', '95', '9F02', '9F03', '5F2A', '9A', '9C'],
    ...['9F10', '9F06', '84', '9F35', '9F33', '9F34', '9F37'],
  ],
  /** [DM p86] */
  reversal: [
    ...[
      '82',
      '9F36',
      'DFDF25',
      '9F10',
      '9F5B',
      '9F33',
      '9F35',
      '95',
      '9F01',
      '5F24',
      '5A',
      '5F34',
      '8A',
      '9F15',
      '9F16',
    ],
    ...['9F39', '9F1A', '9F1C', '57'],
  ],
  /** Not to be changed [DM p85]. */
  merchant: [
    '5F25',
    '5F24',
    '89',
    '5F2A',
    '9F02',
    '9F03',
    '9F06',
    '9F12',
    '9F1C',
    '9F39',
    '9C',
    '9F34',
    '5F57',
    '5F34',
  ],
} as const;

const LENGTH_BYTES = 2;
const MAC_BYTES = 4;

const object = (tag: string, ...bytes: number[]): TlvInput => ({ tag, value: Uint8Array.from(bytes) });

/** One reading of a card. */
export interface Reading {
  readonly card: TestCard;
  readonly way: CardWay;
  /** The stripe is read because the chip does not work. */
  readonly isFallback: boolean;
  readonly objects: CardObjects;
  /** Amounts that the cardholder chose on the reader: DF2A, DF5D, DF5E [PJ]. */
  readonly amounts: readonly TlvInput[];
}

export interface CardDataTools {
  readonly serialNumber: string;
  readonly encryption: CardEncryption;
  readonly mask: MaskTerms;
  /** Tags of the lists that can be set (properties 1.1.1.1.1.2 and .3). */
  readonly lists: { readonly arqc: readonly string[]; readonly batch: readonly string[] };
  readonly fault?: CardDataFault | undefined;
}

/** Card data for the host; undefined where there is no key to encrypt them with. */
export function arqcBlob(reading: Reading, tools: CardDataTools): Uint8Array | undefined {
  const { isFallback, amounts } = reading;
  return blob(tools, (key) => [
    {
      tag: '70',
      children: [
        object('DFDF53', isFallback ? TECHNICAL_FALLBACK : 0x00),
        ...maskedTracks(reading, tools),
        object('DFDF52', cardType(reading)),
        ...amounts,
        ...inClear(reading, tools),
        { tag: 'F8', children: encrypted(hostData(reading, tools), key) },
      ],
    },
  ]);
}

/**
 * What a reader keeps of a finished sale; undefined where there is no key to encrypt it with.
 * @param isReversal The host said yes and the card refused: the data with which the host takes the money back.
 */
export function batchBlob(
  reading: Reading,
  result: number,
  isReversal: boolean,
  tools: CardDataTools,
): Uint8Array | undefined {
  const results: TlvInput = { tag: 'F1', children: [object('DFDF1A', result), object('DFDF1B', 0x00)] };
  const clear: TlvInput[] = [{ tag: 'F2', children: chosen(reading.objects, tools.lists.batch) }];
  if (isReversal) clear.push({ tag: 'F3', children: chosen(reading.objects, tagLists.reversal) });
  return blob(tools, (key) => [
    {
      tag: 'F0',
      children: [
        results,
        { tag: 'F8', children: encrypted(clear, key) },
        { tag: 'F7', children: merchantData(reading, tools) },
      ],
    },
  ]);
}

/** Length, F9, zeros up to a whole block, MAC. The length counts F9 alone [DP ARQC, DM p26]. */
function blob(tools: CardDataTools, data: (key: TransactionKey) => readonly TlvInput[]): Uint8Array | undefined {
  const key = tools.encryption();
  if (!key) return undefined;
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        { tag: 'DFDF54', value: key.ksn },
        object('DFDF55', MAC_ENCRYPTION_TYPE),
        { tag: 'DFDF25', value: ascii(tools.serialNumber) },
        { tag: 'FA', children: data(key) },
      ],
    },
  ]);
  const message = new Uint8Array(LENGTH_BYTES + f9.length);
  message.set([f9.length >> 8, f9.length & 0xff]);
  message.set(f9, LENGTH_BYTES);
  const padded = wholeBlocks(message, key.blockBytes);
  const bytes = new Uint8Array(padded.length + MAC_BYTES);
  bytes.set(padded);
  bytes.set(key.mac(padded).subarray(0, MAC_BYTES), padded.length);
  return bytes;
}

/** Objects in a container FC, in whole blocks, with the key serial number and the number of bytes added [DP, DM p26]. */
function encrypted(objects: readonly TlvInput[], key: TransactionKey): TlvInput[] {
  const clear = encodeTlv([{ tag: 'FC', children: objects }]);
  const padded = wholeBlocks(clear, key.blockBytes);
  return [
    { tag: 'DFDF59', value: key.encryptData(padded) },
    { tag: 'DFDF56', value: key.ksn },
    object('DFDF57', ENCRYPTION_TYPE),
    object('DFDF58', padded.length - clear.length),
  ];
}

/** What a host decrypts: the objects of the chip, or of a stripe the container F4 and the objects of the sale [DM p26, p61]. */
function hostData(reading: Reading, { lists, fault }: CardDataTools): TlvInput[] {
  const objects = chosen(reading.objects, lists.arqc);
  return hasChip(reading) ? objects : [{ tag: 'F4', children: stripeData(reading, fault) }, ...objects];
}

const hasChip = ({ way }: Reading): boolean => way === 'contact' || way === 'contactless';

/** State of a track: read, or not to be read. One that is read and has nothing is empty. */
const READ = 0x00;
const UNREADABLE = 0x01;

/** The three tracks, each with its state in the object before it [DM p26 and p85]; a card number that was typed is on track 2. */
function tracks(
  { card, way }: Reading,
  fault: CardDataFault | undefined,
  [first, second]: readonly [string, string],
): readonly (readonly [state: number, text: string])[] {
  const isBad = fault === 'bad-track';
  const isEmpty = fault === 'empty-track';
  return [
    way === 'manual' || card.pan === '' ? [READ, ''] : [READ, first],
    isBad ? [UNREADABLE, second] : [READ, isEmpty ? '' : second],
    [READ, ''],
  ];
}

/** The content of F4: state and data of each track. */
function stripeData(reading: Reading, fault: CardDataFault | undefined): TlvInput[] {
  const texts = [track1(reading.card), fault === 'bad-track' ? '' : track2(reading.card)] as const;
  return withStates(['DFDF36', 'DFDF37', 'DFDF38', 'DFDF39', 'DFDF3A', 'DFDF3B'], tracks(reading, fault, texts));
}

const withStates = (tags: readonly string[], states: readonly (readonly [state: number, text: string])[]): TlvInput[] =>
  states.flatMap(([state, text], at) => [
    object(tags[at * 2] ?? '', state),
    { tag: tags[at * 2 + 1] ?? '', value: ascii(text) },
  ]);

/** Masked tracks as ARQCs have them: of a chip DFDF4D [DP ARQC]; of a stripe DFDF33 [DP ARQC], and DFDF31 [D]. */
function maskedTracks(reading: Reading, { mask, fault }: CardDataTools): TlvInput[] {
  const { card } = reading;
  if (hasChip(reading)) {
    return [{ tag: 'DFDF4D', value: ascii(fault === 'clear' ? track2(card) : maskedTrack2(card, mask)) }];
  }
  return maskedStripe(reading, mask, fault).filter(
    ({ tag, value }) => (tag === 'DFDF31' || tag === 'DFDF33') && value !== undefined && value.length > 0,
  );
}

function maskedStripe(reading: Reading, mask: MaskTerms, fault: CardDataFault | undefined): TlvInput[] {
  const { card } = reading;
  const second = fault === 'clear' ? track2(card) : fault === 'bad-track' ? badTracks.track2 : maskedTrack2(card, mask);
  return withStates(
    ['DFDF30', 'DFDF31', 'DFDF32', 'DFDF33', 'DFDF34', 'DFDF35'],
    tracks(reading, fault, [maskedTrack1(card, mask), second]),
  );
}

/** What a reader that is set up wrongly would send: the number and the track of the card in clear. */
const inClear = ({ objects }: Reading, { fault }: CardDataTools): TlvInput[] =>
  fault === 'clear' ? chosen(objects, ['5A', '57']) : [];

/** For the receipt [DM p85, p95]; the cardholder's name, which that list has too, is on the stripe of test cards alone. */
function merchantData(reading: Reading, { mask, fault }: CardDataTools): TlvInput[] {
  const { card, objects } = reading;
  return [
    object('DFDF40', 0x00),
    ...chosen(objects, tagLists.merchant),
    ...(hasChip(reading)
      ? [{ tag: 'DFDF4D', value: ascii(maskedTrack2(card, mask)) }]
      : maskedStripe(reading, mask, fault)),
  ];
}

function cardType({ card, way }: Reading): number {
  if (way !== 'swipe') return cardTypes[way];
  return /^[26]/.test(card.serviceCode) ? cardTypes.stripeWithChip : cardTypes.stripe;
}
