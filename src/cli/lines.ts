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

/** The lines of a stream of UTF-8, also where no line ending stands behind the last one. */
export async function* readLines(stream: Readable, longest = LONGEST_LINE): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
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
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    const pieces = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      add(piece);
      yield take();
    }
    add(last);
  }
  add(decoder.decode());
  if (length > 0) yield take();
}
