/**
 * Batch scripts as the vendor's demo has them: one step a line [PJ].
 * A script is read whole before anything is done, and every wrong line is reported. It does not know a reader.
 */
import { decodeMessage } from '../mms/decode.js';
import { MmsError } from '../mms/error.js';
import { parseHex } from '../mms/hex.js';
import type { MmsRequest } from '../mms/message.js';
import { decodeTlv, type TlvNode } from '../mms/tlv.js';

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
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
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

/** The steps of a script and what is wrong in it. Never throws. */
export function parseScript(text: string): Script {
  const steps: ScriptStep[] = [];
  const problems: ScriptProblem[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const source = raw.trim();
    if (source === '' || source.startsWith('#')) continue;
    const line = index + 1;
    try {
      steps.push({ line, ...parseLine(source) });
    } catch (error) {
      problems.push({ line, problem: problemText(error) });
    }
  }
  return { steps, problems };
}

function problemText(error: unknown): string {
  if (error instanceof MmsError && error.code === 'bad-hex')
    return `${error.message} (digit ${String(error.offset + 1)})`;
  return error instanceof MmsError && error.offset > 0
    ? `${error.message} (byte ${String(error.offset)})`
    : (error as Error).message;
}

function parseLine(source: string): StepBody {
  const comma = source.indexOf(',');
  const verb = (comma < 0 ? source : source.slice(0, comma)).trim().toUpperCase();
  const rest = comma < 0 ? '' : source.slice(comma + 1).trim();
  switch (verb) {
    case 'SENDCOMMAND':
      return send(rest);
    case 'WAIT':
      return { kind: 'wait', milliseconds: duration(rest) };
    case 'DISPLAYMESSAGE':
      if (rest === '') throw new RangeError('DISPLAYMESSAGE needs a text');
      return { kind: 'message', text: rest };
    case 'GETTAGVALUE':
      return tagValue(rest);
    case 'PARSETLV':
      return { kind: 'tlv', nodes: objects(rest) };
    case 'OPENDEVICE':
    case 'CLOSEDEVICE':
    case 'PCIRESET':
      if (rest !== '') throw new RangeError(`nothing may follow ${verb}`);
      return verb === 'PCIRESET' ? send(RESET) : { kind: verb === 'OPENDEVICE' ? 'open' : 'close' };
    default:
      if (comma < 0 && /^[0-9A-F\s]+$/i.test(source)) return send(source);
      throw new RangeError(`“${verb.slice(0, 40)}” is neither a verb nor hexadecimal`);
  }
}

function send(hex: string): StepBody {
  if (hex === '') throw new RangeError('the hexadecimal digits of a command are missing');
  const bytes = parseHex(hex);
  const request = decodeMessage(bytes);
  if (request.kind !== 'request' || request.direction !== 'to-reader') {
    throw new RangeError('only requests to the reader can be sent');
  }
  return { kind: 'send', bytes, request };
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
