/**
 * The parameters of commands as fields of a form, and the message that they make.
 * It does not know how fields are shown; what a value may be is for the builders of the codec to say.
 */
import { commands } from '../../mms/commands/index.js';
import type { MmsRequest } from '../../mms/message.js';
import { displayStrings } from '../../mms/tables/display-strings.js';
import { propertyNames } from '../../mms/tables/property-names.js';
import type { formWords } from '../../language/english/panel-parts.js';

/** A field of a form. Values are text, whatever the kind: `true` or empty for a check box. */
export interface FormField {
  readonly name: string;
  readonly label: keyof typeof formWords;
  readonly kind: 'text' | 'password' | 'number' | 'select' | 'checkbox';
  /** Of a list: what can be chosen. Of a text: what is offered. */
  readonly options?: readonly (readonly [value: string, title: string])[];
}

export type FormValues = Readonly<Record<string, string>>;

export interface CommandForm {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly FormField[];
  /** Values to begin with. */
  readonly initial: FormValues;
  /** @throws {MmsError} `bad-value` with a text that names the option. */
  build(values: FormValues): MmsRequest;
}

const text = (name: string, label: FormField['label'], options?: FormField['options']): FormField => ({
  name,
  label,
  kind: 'text',
  ...(options ? { options } : {}),
});
const number = (name: string, label: FormField['label']): FormField => ({ name, label, kind: 'number' });
const check = (name: string, label: FormField['label']): FormField => ({ name, label, kind: 'checkbox' });
const select = (name: string, label: FormField['label'], options: NonNullable<FormField['options']>): FormField => ({
  name,
  label,
  kind: 'select',
  options,
});
const words = (...values: readonly string[]): NonNullable<FormField['options']> =>
  values.map((value) => [value, value]);

const TIMEOUT = number('timeout', 'form.timeout');
const CURRENCIES = words('USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'JPY', 'MXN');
const OIDS = Object.entries(propertyNames).map(([oid, name]) => [oid, `${oid} ${name}`] as const);
const OID_FIELDS = [
  text('oid', 'form.oid', OIDS),
  select('form', 'form.written-as', words('simple', 'long')),
  check('company', 'form.company'),
];

/** A whole number; NaN, which every builder refuses, for anything else. */
const whole = (value = ''): number => (/^\d+$/.test(value.trim()) ? Number(value) : NaN);
const hexNumber = (value = ''): number => (/^[0-9A-F]+$/i.test(value.trim()) ? parseInt(value, 16) : NaN);

/** An option that is left out where its field is empty. */
const given = <K extends string, V>(
  key: K,
  value: string | undefined,
  read: (value: string) => V,
): { readonly [P in K]?: V } =>
  (value === undefined || value.trim() === '' ? {} : { [key]: read(value.trim()) }) as { readonly [P in K]?: V };
const same = (value: string): string => value;

const oidForm = (value = ''): 'simple' | 'long' => (value === 'long' ? 'long' : 'simple');
const accepted = (values: FormValues): string =>
  ['insert', 'tap', 'swipe', 'manual', 'barcode'].filter((way) => values[way] === 'true').join(' ');

export const commandForms = {
  'start-transaction': {
    name: 'start-transaction',
    title: 'Start Transaction',
    description: 'Starts a sale: the reader waits for a card and then sends the card data as an ARQC.',
    fields: [
      text('amount', 'form.amount'),
      text('currency', 'form.currency', CURRENCIES),
      check('insert', 'form.insert'),
      check('tap', 'form.tap'),
      check('swipe', 'form.swipe'),
      check('manual', 'form.manual'),
      check('barcode', 'form.barcode'),
      check('nfc', 'form.nfc'),
      select('type', 'form.type', words('purchase', 'cash', 'cashback', 'refund')),
      TIMEOUT,
      text('otherAmount', 'form.cash'),
      text('transactionOptions', 'form.transaction-options'),
      text('merchantCategory', 'form.merchant-category'),
    ],
    initial: {
      amount: '1.00',
      currency: 'USD',
      insert: 'true',
      tap: 'true',
      swipe: 'true',
      type: 'purchase',
      timeout: '60',
      transactionOptions: '0003',
    },
    build: (values) =>
      commands.startTransaction({
        amount: values.amount?.trim() ?? '',
        accept: accepted(values),
        nfc: values.nfc === 'true',
        timeout: whole(values.timeout),
        transactionOptions: hexNumber(values.transactionOptions),
        ...given('type', values.type, (type) => type as 'purchase'),
        ...given('currency', values.currency, (code) => code.toUpperCase()),
        ...given('otherAmount', values.otherAmount, same),
        ...given('merchantCategory', values.merchantCategory, same),
      }),
  },
  'pass-through': {
    name: 'pass-through',
    title: 'NFC Pass-Through',
    description: 'Sends a command to the NTAG or MIFARE Ultralight tag that a transaction with NFC has found.',
    fields: [text('command', 'form.command'), check('encrypt', 'form.encrypt-answer'), check('last', 'form.last')],
    initial: { command: '3000' },
    build: ({ command = '', encrypt, last }) =>
      commands.passThrough({ command, encrypt: encrypt === 'true', last: last === 'true' }),
  },
  'display-message': {
    name: 'display-message',
    title: 'Display Message',
    description: 'Shows one of the reader’s texts, for a time or until something else is shown.',
    fields: [
      select(
        'message',
        'form.message',
        Object.entries(displayStrings).map(([id, shown]) => [id, shown === '' ? '–' : shown]),
      ),
      TIMEOUT,
    ],
    initial: { message: '3', timeout: '0' },
    build: ({ message, timeout }) => commands.displayMessage({ message: whole(message), timeout: whole(timeout) }),
  },
  'request-pin': {
    name: 'request-pin',
    title: 'Request PIN for an Account',
    description: 'Asks the cardholder for the PIN of an account number. The number is not kept by this panel.',
    fields: [
      text('accountNumber', 'form.account-number'),
      number('minLength', 'form.min-length'),
      number('maxLength', 'form.max-length'),
      TIMEOUT,
    ],
    initial: { accountNumber: '', minLength: '4', maxLength: '8', timeout: '60' },
    build: ({ accountNumber, minLength, maxLength, timeout }) =>
      commands.requestPin({
        minLength: whole(minLength),
        maxLength: whole(maxLength),
        timeout: whole(timeout),
        ...given('accountNumber', accountNumber, same),
      }),
  },
  'report-selection': {
    name: 'report-selection',
    title: 'Report Selection',
    description: 'Answers a selection that a reader without a screen has asked for. The first entry is 0.',
    fields: [number('index', 'form.entry')],
    initial: { index: '0' },
    build: ({ index }) => commands.reportSelection({ index: whole(index) }),
  },
  'get-property': {
    name: 'get-property',
    title: 'Get Property',
    description: 'Reads a property, or all below a branch.',
    fields: OID_FIELDS,
    initial: { oid: '2.1.2.2.2.2', form: 'simple' },
    build: ({ oid = '', form, company }) =>
      commands.getProperty({ oid: oid.trim(), form: oidForm(form), company: company === 'true' }),
  },
  'set-property': {
    name: 'set-property',
    title: 'Set Property',
    description: 'Writes a property into flash memory. Some settings take effect after the next reset.',
    fields: [...OID_FIELDS, text('value', 'form.value')],
    initial: { oid: '1.2.7.1.2.1', form: 'simple', value: '' },
    build: ({ oid = '', form, company, value = '' }) =>
      commands.setProperty({ oid: oid.trim(), form: oidForm(form), company: company === 'true', value }),
  },
  buzzer: {
    name: 'buzzer',
    title: 'Buzzer',
    description: 'Plays a tone.',
    fields: [number('frequency', 'form.hertz'), number('duration', 'form.milliseconds')],
    initial: { frequency: '2000', duration: '200' },
    build: ({ frequency, duration }) =>
      commands.buzzer({ tones: [{ frequency: whole(frequency), duration: whole(duration) }] }),
  },
  'read-barcode': {
    name: 'read-barcode',
    title: 'Read Barcode',
    description: 'Reads a barcode outside of a transaction.',
    fields: [TIMEOUT, check('encrypt', 'form.encrypt-read')],
    initial: { timeout: '15' },
    build: ({ timeout, encrypt }) => commands.readBarcode({ timeout: whole(timeout), encrypt: encrypt === 'true' }),
  },
  'request-signature': {
    name: 'request-signature',
    title: 'Request Signature',
    description: 'Lets the cardholder sign on the screen.',
    fields: [TIMEOUT],
    initial: { timeout: '30' },
    build: ({ timeout }) => commands.requestSignature({ timeout: whole(timeout) }),
  },
  'card-emulation': {
    name: 'card-emulation',
    title: 'Card Emulation',
    description: 'Lets the reader act as a tag with a web address, for phones that are held to it.',
    fields: [text('url', 'form.url'), TIMEOUT],
    initial: { url: 'https://example.com', timeout: '30' },
    build: ({ url = '', timeout }) => commands.cardEmulation({ url, timeout: whole(timeout) }),
  },
  'set-device-lock': {
    name: 'set-device-lock',
    title: 'Set Device Lock',
    description:
      'Locks the reader, which then refuses nearly every command, or opens it again. The passcode is not kept by this panel.',
    fields: [check('locked', 'form.locked'), { name: 'passcode', label: 'form.passcode', kind: 'password' }],
    initial: { locked: '', passcode: '' },
    build: ({ locked, passcode = '' }) =>
      commands.setDeviceLock({ locked: locked === 'true', passcode: new TextEncoder().encode(passcode) }),
  },
  'get-file-info': {
    name: 'get-file-info',
    title: 'Get File Info',
    description: 'Asks about a file; fails where there is none.',
    fields: [text('fileId', 'form.file-id')],
    initial: { fileId: '01000000' },
    build: ({ fileId = '' }) => commands.getFileInfo({ fileId }),
  },
} as const satisfies Readonly<Record<string, CommandForm>>;

/** @see {@link commandForms} */
export type CommandFormName = keyof typeof commandForms;

const noCard = { insert: '', tap: '', swipe: '' };

/** The commands of the seed guide that have parameters, by their name in the catalogue: which form, and what differs from its start. */
export const seedForms: Readonly<Record<string, readonly [form: CommandFormName, values: FormValues]>> = {
  'start-emv': ['start-transaction', { currency: '' }],
  'start-contact': ['start-transaction', { ...noCard, insert: 'true' }],
  'start-contactless': ['start-transaction', { ...noCard, tap: 'true' }],
  'start-msr': ['start-transaction', { ...noCard, swipe: 'true' }],
  nfc: [
    'start-transaction',
    { ...noCard, tap: 'true', nfc: 'true', timeout: '120', transactionOptions: '0203', merchantCategory: '0000' },
  ],
  'nfc-mifare': ['pass-through', {}],
  'display-amount': ['display-message', { message: '1' }],
  'display-approved': ['display-message', {}],
  'request-pin': ['request-pin', { accountNumber: '123456789012' }],
  'user-selection-0': ['report-selection', {}],
  'user-selection-1': ['report-selection', { index: '1' }],
  'get-user-notify': ['get-property', { oid: '1.2.7.1.2.1' }],
  'get-sn': ['get-property', { oid: '2.2.1.1.1.1', company: 'true' }],
  'get-capabilities': ['get-property', { oid: '2.2.1.1.1.2', company: 'true', form: 'long' }],
  'set-user-notify-all-events': ['set-property', { value: '8F000000' }],
  'set-dynaprox-user-notify': ['set-property', { value: '83000000' }],
  'set-websocket-connections-1': ['set-property', { oid: '1.2.2.1.1.A', value: '01' }],
  'set-websocket-connections-4': ['set-property', { oid: '1.2.2.1.1.A', value: '04' }],
};
