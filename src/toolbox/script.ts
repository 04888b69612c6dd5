/**
 * Batch scripts as the vendor's demo has them: one step a line [PJ].
 * A script is read whole before anything is done, and every wrong line is reported. It does not know a reader.
 */
import { decodeMessage } from '../mms/decode.js';
import { describe } from '../mms/describe.js';
import { MmsError } from '../mms/error.js';
import { parseHex, toHex } from '../mms/hex.js';
import type { MmsRequest } from '../mms/message.js';
import { redact, redactText, redactWords } from '../mms/redact.js';
import { decodeTlv, type TlvNode } from '../mms/tlv.js';
import { messageTree } from '../mms/tree.js';
import { readSignature, readSignatureObjects, type SignatureData } from '../mms/views/signature.js';
import { VERSION } from '../version.js';
import { findingText } from './finding-text.js';
import { readId } from './ids.js';
import { readBytes, toBase64 } from './notation.js';
import { isFault } from './paste-fault.js';
import { shownBytes } from './recognise.js';
import { doneVerbs, verbOf, type DoneVerbName } from './script-verbs.js';
import { readXmlValues, XmlError, type XmlValue } from './xml-values.js';

export type ScriptStep = { readonly line: number } & (
  | { readonly kind: 'send'; readonly bytes: Uint8Array; readonly request: MmsRequest }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'message'; readonly text: string }
  | {
      readonly kind: 'tag-value';
      readonly tag: string;
      readonly fallback: string;
      readonly nodes: readonly TlvNode[];
      readonly isText: boolean;
    }
  | { readonly kind: 'tlv'; readonly nodes: readonly TlvNode[] }
  /** Needs no reader: what is to be shown, redacted. */
  | { readonly kind: 'shown'; readonly text: string; readonly signature?: SignatureData }
  | { readonly kind: 'property'; readonly oid: string }
  | { readonly kind: 'info' }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'detect' }
);

/** A line that cannot be used. */
export interface ScriptProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
}

export interface Script {
  readonly steps: readonly ScriptStep[];
  /** Empty where the whole script can be run. */
  readonly problems: readonly ScriptProblem[];
}

/** Reset Device [S, PJ]. */
const RESET = 'AA00810401001F0184021F01';

/** Longest pause, an hour: more is a slip of the keyboard. */
const LONGEST_WAIT = 3_600_000;

type StepBody = ScriptStep extends infer S ? (S extends ScriptStep ? Omit<S, 'line'> : never) : never;

/**
 * The lines of a script. The vendor's command files are lists of lines in JSON as well [PJ]; their lines are counted like others.
 */
export function scriptLines(text: string): readonly string[] {
  const own = text.replace(/^\uFEFF/, '');
  if (own.trimStart().startsWith('[')) {
    try {
      const list: unknown = JSON.parse(own);
      if (Array.isArray(list) && list.every((line) => typeof line === 'string')) return list.map(oneLine);
    } catch {
      // No list: its first line is told to be wrong.
    }
  }
  return own.split(/\r\n|\r|\n/);
}

const oneLine = (line: string): string => line.replace(/[\r\n]+/g, ' ');

/** The steps of a script and what is wrong in it. Never throws. */
export function parseScript(text: string): Script {
  const found: ScriptStep[] = [];
  const problems: ScriptProblem[] = [];
  for (const [index, raw] of scriptLines(text).entries()) {
    const source = raw.trim();
    if (source === '' || source.startsWith('#')) continue;
    const line = index + 1;
    try {
      found.push({ line, ...parseLine(source) });
    } catch (error) {
      problems.push({ line, problem: problemText(error) });
    }
  }
  return { steps: found, problems };
}

function problemText(error: unknown): string {
  if (error instanceof MmsError && error.code === 'bad-hex')
    return `${error.message} (digit ${String(error.offset + 1)})`;
  if (error instanceof XmlError) return `${error.message} (character ${String(error.offset + 1)})`;
  return error instanceof MmsError && error.offset > 0
    ? `${error.message} (byte ${String(error.offset)})`
    : (error as Error).message;
}

function parseLine(source: string): StepBody {
  const comma = source.indexOf(',');
  const word = (comma < 0 ? source : source.slice(0, comma)).trim();
  const rest = comma < 0 ? '' : source.slice(comma + 1).trim();
  const verb = verbOf(word);
  if (verb === undefined) {
    if (comma < 0 && /^[0-9A-F\s]+$/i.test(source)) return send(source);
    throw new RangeError(`“${redactWords(word.toUpperCase().slice(0, 40))}” is neither a verb nor hexadecimal`);
  }
  if (typeof verb === 'object') throw new RangeError(`${word.toUpperCase()} ${verb.why}`);
  const { form } = doneVerbs[verb];
  if (form === '' && rest !== '') throw new RangeError(`nothing may follow ${verb}`);
  return steps[verb](rest);
}

/** What each verb becomes. */
const steps: Readonly<Record<DoneVerbName, (rest: string) => StepBody>> = {
  SENDCOMMAND: send,
  SENDBASE64COMMAND: (rest) => sendBytes(base64(rest)),
  PCIRESET: () => send(RESET),
  OPENDEVICE: () => ({ kind: 'open' }),
  CLOSEDEVICE: () => ({ kind: 'close' }),
  DETECTDEVICE: () => ({ kind: 'detect' }),
  WAIT: (rest) => ({ kind: 'wait', milliseconds: duration(rest) }),
  GETDEVINFO: () => ({ kind: 'info' }),
  GETDEVICESN: () => ({ kind: 'property', oid: SERIAL_NUMBER }),
  GETFIRMWAREID: () => ({ kind: 'property', oid: FIRMWARE_ID }),
  GETAPPVERSION: () => ({ kind: 'shown', text: `magtek-elements ${VERSION}` }),
  DISPLAYMESSAGE: (rest) => {
    if (rest === '') throw new RangeError('DISPLAYMESSAGE needs a text');
    return { kind: 'message', text: rest };
  },
  GETTAGVALUE: tagValue,
  PARSETLV: (rest) => ({ kind: 'tlv', nodes: objects(rest) }),
  PARSEMMS: (rest) => {
    const message = redact(decodeMessage(hexadecimal(rest)));
    return shown(findingText({ text: describe(message), tree: messageTree(message) }).trimEnd());
  },
  HEXTOBASE64: (rest) => shown(toBase64(shownBytes(hexadecimal(rest)))),
  BASE64TOHEX: (rest) => shown(toHex(shownBytes(base64(rest)))),
  PARSEHARDWAREID: (rest) => {
    const id = readId(rest);
    if (!id) {
      throw new RangeError(
        'PARSEHARDWAREID needs the hardware id of a USB device, such as USB\\VID_0801&PID_2020, or a firmware id; the layout of other hardware ids is not published',
      );
    }
    return shown([id.text, ...id.parts.map(({ label, reading }) => `  ${label}: ${reading}`)].join('\n'));
  },
  XML2JSON: (rest) => {
    const values = readXmlValues(rest);
    return shown(values.map(valueLine).join('\n'));
  },
  LOADSIGNATURE: (rest) => {
    const bytes = hexadecimal(rest);
    const signature =
      toHex(bytes.subarray(0, MAGIC.length / 2)) === MAGIC ? readSignature(bytes) : readSignatureObjects(bytes);
    const { width, height, strokes } = signature;
    const size = `${String(width)} × ${String(height)} pixels`;
    return { ...shown(`Signature, ${size}, ${String(strokes.length)} strokes`), signature };
  },
};

/** Words in the names of elements that hold what is never shown, whatever it looks like. */
const SECRETS: ReadonlySet<string> = new Set(
  (
    'track track1 track2 track3 pan pin pinblock epb cvv cvv2 cvc cvc2 cvn cid cardholder cardholdername expiry expiration ' +
    'expirationdate expdate password passcode passphrase secret key'
  ).split(' '),
);
/** Names of keys, which are shown, are no keys. */
const SERIAL = /ksn|key_?serial/i;

/** An element of an XML text with its text: as long as it was where it is hidden. */
function valueLine({ name, text }: XmlValue): string {
  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^\p{L}\p{N}]+/u);
  const isSecret = !SERIAL.test(name) && words.some((word) => SECRETS.has(word.toLowerCase()));
  return redactText(`${name}: ${isSecret ? '*'.repeat(text.length) : text}`);
}

/** `MGTKAP10`, which the file of a signature begins with [PJ]. */
const MAGIC = '4D47544B41503130';

const SERIAL_NUMBER = '2.2.1.1.1.1';
/** Main firmware id [PJ]. */
const FIRMWARE_ID = '2.1.2.2.2.2';

/** Lines of a result that are shown. */
const MOST_LINES = 400;

function shown(text: string): { readonly kind: 'shown'; readonly text: string } {
  const lines = text.split('\n');
  const more = lines.length - MOST_LINES;
  return {
    kind: 'shown',
    text: more > 0 ? [...lines.slice(0, MOST_LINES), `… ${String(more)} more`].join('\n') : text,
  };
}

function hexadecimal(text: string): Uint8Array {
  if (text === '') throw new RangeError('the hexadecimal digits are missing');
  return parseHex(text);
}

function base64(text: string): Uint8Array {
  if (text === '') throw new RangeError('the base64 is missing');
  const read = readBytes(`BASE64TOHEX,${text}`);
  if (!isFault(read)) return read.bytes;
  throw new RangeError(`${read.message} (character ${String(read.offset - 'BASE64TOHEX,'.length + 1)})`);
}

function sendBytes(bytes: Uint8Array): StepBody {
  const request = decodeMessage(bytes);
  if (request.kind !== 'request' || request.direction !== 'to-reader') {
    throw new RangeError('only requests to the reader can be sent');
  }
  return { kind: 'send', bytes, request };
}

function send(hex: string): StepBody {
  if (hex === '') throw new RangeError('the hexadecimal digits of a command are missing');
  return sendBytes(parseHex(hex));
}

function duration(text: string): number {
  const milliseconds = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(milliseconds <= LONGEST_WAIT)) {
    throw new RangeError(`WAIT needs milliseconds, a whole number up to ${String(LONGEST_WAIT)}`);
  }
  return milliseconds;
}

function tagValue(rest: string): StepBody {
  const [tag = '', fallback, hex, isText = 'false', ...more] = rest.split(',').map((field) => field.trim());
  if (fallback === undefined || hex === undefined || more.length > 0 || !/^(?:true|false)$/i.test(isText)) {
    throw new RangeError('GETTAGVALUE needs a tag, a default, hexadecimal digits, and true or false');
  }
  if (!/^(?:[0-9A-F]{2})+$/i.test(tag)) throw new RangeError('the tag must be hexadecimal');
  return {
    kind: 'tag-value',
    tag: tag.toUpperCase(),
    fallback,
    nodes: objects(hex),
    isText: isText.toLowerCase() === 'true',
  };
}

function objects(hex: string): readonly TlvNode[] {
  if (hex === '') throw new RangeError('the hexadecimal digits of the objects are missing');
  return decodeTlv(parseHex(hex));
}
