/**
 * Parameters of commands by their place in the payload: name, and words for values of few bytes. The sources are those of the
 * command in `sources.ts`; what is inferred there carries [D] here.
 */
type Row = readonly [name: string, values?: Readonly<Record<string, string>>];

type Parameters = Readonly<Record<string, Row>>;

const OFF_ON = { '00': 'off', '01': 'on' } as const;
const NO_YES = { '00': 'no', '01': 'yes' } as const;

/** Seconds everywhere; the unit is inferred for most commands [D]. */
const TIME_LIMIT = ['Time limit, seconds'] as const;

const READER_OPTIONS: Parameters = {
  A3: ['Reader options'],
  'A3/81': ['Magnetic stripe reader', OFF_ON],
  'A3/82': ['Contact reader', OFF_ON],
  'A3/83': ['Contactless reader', { '00': 'off', '01': 'EMV', '03': 'EMV and NFC tags' }], // 03: D
};

const PIN_STEPS = { FE: 'PIN entry failed', FF: 'PIN entry successful' } as const;

const pinOptions = (prefix: string, first: Readonly<Record<string, string>>): Parameters => ({
  [`${prefix}82`]: ['Step of the session', { ...first, ...PIN_STEPS }],
  [`${prefix}83`]: ['PIN length, maximum and minimum'], // order: D
  [`${prefix}85`]: ['PIN block format', { '00': 'ISO 9564 format 0' }],
});

const PROPERTY: Parameters = {
  '81': ['Company id'],
  '82': ['Device family id'],
  '85': ['Property type, first node'],
  '87': ['Identifier prefix'],
  '89': ['Identifier remainder and value'],
};

const PASS_THROUGH: Parameters = {
  '81': ['Command to the tag'],
  '82': ['Encrypt the reply', NO_YES],
  '83': ['Last command', { '00': 'more follow', FF: 'last' }],
};

const PROGRESS = ['Progress indicator', { '00': 'none', '01': 'LED' }] as const;

/** Files by type, version, subtype and instance [PJ, MG p134, DP D812]. */
export const fileNames: Readonly<Record<string, string>> = {
  '00000000': 'configuration',
  '01000000': 'signature',
  '02000000': 'idle page image',
  '03000000': 'certificate chain of the vendor',
  '03000100': 'certificate chain of the vendor',
  '03000200': 'certificate chain of the vendor',
  '03000300': 'certificate of the customer',
  '03000400': 'certificate of the customer',
  '03000500': 'certificate of the customer',
  '03000900': 'trust configuration',
  '04000000': 'certificate request',
  '05000000': 'trust of the WebSocket',
  '05000100': 'trust of MQTT',
};

const FILE: Parameters = {
  '81': ['File id', fileNames],
  A2: ['Transfer properties'],
  'A2/81': ['Length of the contents'],
  'A2/82': ['Checksum type', { '04': 'SHA-256' }],
  'A2/83': ['Checksum'],
  A3: ['Description'],
  'A3/81': ['Name'],
  '87': PROGRESS,
};

const IMAGE: Parameters = { '85': ['Image type'], '86': ['SHA-256 of the image'], '87': ['Image'] };

const parameterTable: Readonly<Record<number, Parameters>> = {
  0x1001: {
    '82': TIME_LIMIT,
    ...READER_OPTIONS,
    'A3/84': ['Manual entry'],
    'A3/85': ['Barcode reader', { '0000': 'off', '0100': 'on' }],
    A4: ['Tip and tax'],
    'A4/81': ['Tip mode and buttons'],
    'A4/82': ['Tax amount'],
    '84': ['Transaction options'],
    '86': ['Transaction data'],
  },
  0x1100: PASS_THROUGH,
  0x1101: PASS_THROUGH,
  0x1102: {
    '81': ['Command to the card'],
    '82': ['Encrypt the reply', NO_YES],
    '83': ['Last command', { '00': 'more follow', '01': 'last' }],
  },
  0x1801: { '81': TIME_LIMIT },
  0x1802: {
    '81': ['Selection status', { '00': 'completed', '01': 'cancelled', '02': 'timed out' }],
    '82': ['Selected index'],
  },
  0x1803: { '81': ['Display time, seconds', { '00': 'until something else is shown' }], '82': ['Text'] },
  0x1804: { '81': ['Barcode reader', OFF_ON], '82': TIME_LIMIT, '83': ['Encrypt the barcode', NO_YES] }, // 81: D
  0x1805: { '81': ['Tones: hertz and milliseconds'] },
  0x1821: { '81': ['Image slot'], '83': ['Not published'] },
  0x1823: {
    '81': ['Display time, seconds', { '00': 'until something else is shown' }],
    '82': ['Background colour'],
    '83': ['First position value'],
    '84': ['Second position value'],
    '85': ['Bitmap file'],
  },
  0x1840: { '81': ['Action', { '00': 'cancel', '01': 'start' }], '82': TIME_LIMIT, '83': ['URL'] },
  0x1f02: {
    '81': ['Subscribe', { '00': 'unsubscribe', '01': 'subscribe' }],
    '82': ['Scope', { '00': 'only the list', '01': 'all' }],
    '83': ['Notifications'],
    A4: ['Interfaces'],
  },
  0x2001: {
    '81': TIME_LIMIT,
    ...pinOptions('', { '00': 'request the PIN' }),
    A1: ['Account number'],
    'A1/81': ['Digits'],
    'A1/82': ['Number'],
  },
  0x2002: {
    '81': TIME_LIMIT,
    ...READER_OPTIONS,
    A4: ['PIN entry options'],
    ...pinOptions('A4/', { '01': 'request card and PIN' }),
  },
  0xd101: PROPERTY,
  0xd111: PROPERTY,
  0xd801: { '81': ['Progress indicator'], ...IMAGE },
  0xd812: FILE,
  0xd821: FILE,
  0xd825: FILE,
  0xd901: IMAGE,
  0xdf01: { '81': ['Data to send back'] }, // D
  0xef03: { '81': ['Not published'] },
  0xef06: {
    '81': ['Device lock', { '00': 'unlocked', '01': 'locked' }],
    '82': ['Form of the passcode', { '00': 'clear', '01': 'SHA-256, fixed', '02': 'SHA-256, variable' }],
    '83': ['Passcode'],
  },
  0xef11: { '81': ['Kind of information'] },
};

export interface ParameterInfo {
  /** For people, in English. */
  readonly name: string;
  /** What a value says, where that is known. */
  readonly meaning?: string;
}

/**
 * What is known of a parameter: by command, and by its place as tags with slashes between, such as `A3/81`. Undefined for
 * places that no source names.
 *
 * @param value Upper-case hexadecimal.
 */
export function parameterInfo(command: number, place: string, value: string): ParameterInfo | undefined {
  const row = parameterTable[command]?.[place];
  if (!row) return undefined;
  const [name, values] = row;
  const meaning = values?.[value];
  return meaning === undefined ? { name } : { name, meaning };
}
