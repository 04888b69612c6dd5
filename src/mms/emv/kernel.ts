/**
 * Tags that each contactless kernel uses for something else (EMV Contactless Books C-2 to C-5): name and reading by kernel.
 * It does not know messages.
 */
import { toHex } from '../hex.js';
import type { Bits } from './bits.js';
import { countryByNumeric } from './country.js';

/** What a tag is in one kernel. */
interface Meaning {
  readonly name: string;
  /** Meanings of bits. */
  readonly bits?: Bits;
  /** Lines for a value of the published form; undefined for others. */
  readonly lines?: (value: Uint8Array) => readonly string[] | undefined;
}

/** Book C-2, A.1: country, identifier, kind of device unless the identifier says that none follows, and more. */
function readThirdPartyData(value: Uint8Array): readonly string[] | undefined {
  if (value.length < 5) return undefined;
  const numeric = toHex(value.subarray(0, 2)).slice(1);
  const hasDevice = ((value[2] as number) & 0x80) === 0 && value.length > 5;
  const rest = value.subarray(hasDevice ? 6 : 4);
  return [
    `country: ${countryByNumeric(numeric) ?? numeric}`,
    `unique identifier: ${toHex(value.subarray(2, 4))}`,
    ...(hasDevice ? [`device type: ${String.fromCharCode(...value.subarray(4, 6))}`] : []),
    `proprietary data: ${toHex(rest)}`,
  ];
}

/** Book C-3, A.2. */
const formFactors = ['card', 'mini card', 'not a card', 'mobile phone', 'worn at the wrist'] as const;
const features: Bits[number] = [
  'passcode capable',
  'signature panel',
  'hologram',
  'CVV2',
  'two-way messaging',
  'credentials in the cloud',
  'biometric verification capable',
];

function readFormFactor(value: Uint8Array): readonly string[] | undefined {
  if (value.length !== 4) return undefined;
  const [first, second, , last] = value as unknown as readonly [number, number, number, number];
  const form = first & 0x1f;
  return [
    `version ${String(first >> 5)}`,
    `form factor: ${formFactors[form] ?? String(form)}`,
    ...features.filter((_, at) => (second & (0x80 >> at)) !== 0),
    `technology: ${(last & 0x0f) === 0 ? 'contactless (ISO/IEC 14443)' : String(last & 0x0f)}`,
  ];
}

/** Application capabilities information, 9F5D of kernel 2 (Book C-2, A.1); undefined where the value is not three bytes. */
export function readCapabilities(value: Uint8Array): readonly string[] | undefined {
  if (value.length !== 3) return undefined;
  const [versions, abilities, scheme] = value as unknown as readonly [number, number, number];
  const storage = versions & 0x0f;
  return [
    `version ${String(versions >> 4)}`,
    storage === 0 ? 'no data storage' : `data storage version ${String(storage)}`,
    ...['field off detection', 'balance reading', 'CDA for TC, ARQC and AAC'].filter(
      (_, at) => (abilities & (0x04 >> at)) !== 0,
    ),
    `standalone data storage scheme ${String(scheme)}`,
  ];
}

/** By tag, then by number of the kernel. */
export const kernelTags: Readonly<Record<string, Readonly<Record<number, Meaning>>>> = {
  '9F53': { 2: { name: 'Transaction category code' }, 5: { name: 'Terminal interchange profile' } },
  '9F5D': { 2: { name: 'Application capabilities information' }, 3: { name: 'Available offline spending amount' } },
  '9F66': { 2: { name: 'Track 2 bit map for unpredictable number and transaction counter' } },
  '9F6C': { 2: { name: 'Magstripe application version of the card' } },
  '9F6D': {
    2: { name: 'Magstripe application version of the reader' },
    4: { name: 'Contactless reader capabilities' },
  },
  '9F6E': {
    2: { name: 'Third-party data', lines: readThirdPartyData },
    3: { name: 'Form factor indicator', lines: readFormFactor },
    4: {
      name: 'Enhanced contactless reader capabilities',
      // Book C-4, 4.3.4
      bits: [
        [
          'contact mode supported',
          'contactless magstripe mode supported',
          'contactless EMV full online mode supported',
          'contactless EMV partial online mode supported',
          'contactless mobile supported',
          'another interface is tried after a decline',
        ],
        [
          'mobile verification supported',
          'online PIN supported',
          'signature supported',
          'plaintext offline PIN supported',
        ],
        ['reader is offline only', 'cardholder verification required'],
        ['exempt from checks without verification', 'delayed authorisation', 'transit'],
      ],
    },
    5: { name: 'Device information' },
  },
  '9F7C': {
    2: { name: 'Merchant custom data' },
    3: { name: 'Customer exclusive data' },
    5: { name: 'Partner discretionary data' },
  },
};
