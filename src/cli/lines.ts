/**
 * Lines of a stream of text, one after the other, however large the stream is.
 * It does not know what lines mean.
 */
import type { Readable } from 'node:stream';

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without the line ending. Of a line that is too long, its beginning only. */
  readonly text: string;
  readonly tooLong: boolean;
}

/** Characters of the longest line that is kept whole: a message of a megabyte has two million, spaces not counted. */
export const LONGEST_LINE = 8_388_608;

/**
 * Text of a stream, in pieces: UTF-16 where it begins with such a byte order mark, as files that Windows PowerShell writes, else
 * UTF-8.
 */
async function* readText(stream: Readable): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array(0);
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    if (typeof chunk === 'string') {
      yield chunk;
      continue;
    }
    const bytes = head.length === 0 ? chunk : Uint8Array.from([...head, ...chunk]);
    // The mark may be cut between two chunks.
    if (!decoder && bytes.length < MARK_BYTES) {
      head = bytes;
      continue;
    }
    head = new Uint8Array(0);
    decoder ??= new TextDecoder(encodingOf(bytes));
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder ? decoder.decode() : new TextDecoder().decode(head);
}

const MARK_BYTES = 2;

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** The lines of a stream of UTF-8 or UTF-16, also where no line ending stands behind the last one. */
export async function* readLines(stream: Readable, longest = LONGEST_LINE): AsyncGenerator<Line> {
  let number = 0;
  let parts: string[] = [];
  let length = 0;
  const add = (text: string): void => {
    // What lies beyond is counted and not kept, so that a line of any length takes little memory.
    if (length < longest) parts.push(text.slice(0, longest - length));
    length += text.length;
  };
  const take = (): Line => {
    const line = { number: ++number, text: parts.join('').replace(/\r$/, ''), tooLong: length > longest };
    parts = [];
    length = 0;
    return line;
  };
  for await (const text of readText(stream)) {
    const pieces = text.split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      add(piece);
      yield take();
    }
    add(last);
  }
  if (length > 0) yield take();
}
