/**
 * The file of a captured signature: field and strokes [PJ].
 * It does not draw.
 */
import { MmsError } from '../error.js';
import { decodeTlv, findNode } from '../tlv.js';

export interface SignaturePoint {
  readonly x: number;
  readonly y: number;
}

export interface SignatureData {
  /** Pixels of the field that was signed in. */
  readonly width: number;
  readonly height: number;
  /** What was drawn without lifting the pen, each with at least one point. */
  readonly strokes: readonly (readonly SignaturePoint[])[];
}

/** Letters that signature and trust files begin with [PJ]. */
const MAGIC = 'MGTKAP10';
export const POINT_BYTES = 4;
export const PEN_UP = 0xffff;

/**
 * The signature in the contents of a file.
 * @throws {MmsError} `bad-object` where it is not a signature file, and as {@link decodeTlv} where it is not whole.
 */
export function readSignature(contents: Uint8Array): SignatureData {
  const begins = Array.from(MAGIC, (letter) => letter.charCodeAt(0)).every((code, at) => contents[at] === code);
  if (!begins) throw new MmsError('bad-object', 0, `the file does not begin with ${MAGIC}`);
  // CE holds objects although its tag is primitive.
  const body = findNode(decodeTlv(contents.subarray(MAGIC.length)), 'CE')?.value;
  if (!body) throw new MmsError('bad-object', MAGIC.length, 'the signature (tag CE) is missing');
  return readSignatureObjects(body);
}

/**
 * The signature in the value of object CE of its file.
 * @throws {MmsError} as {@link readSignature}.
 */
export function readSignatureObjects(body: Uint8Array): SignatureData {
  const objects = decodeTlv(body);
  const field = findNode(objects, '81')?.value;
  const points = findNode(objects, '82')?.value;
  if (field?.length !== 8) throw new MmsError('bad-object', MAGIC.length, 'the size of the field (tag 81) is missing');
  if (!points || points.length % POINT_BYTES !== 0) {
    throw new MmsError('bad-object', MAGIC.length, 'the points (tag 82) are missing or cut short');
  }
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  return { width: view.getUint32(0), height: view.getUint32(4), strokes: strokesOf(points) };
}

function strokesOf(points: Uint8Array): SignaturePoint[][] {
  const view = new DataView(points.buffer, points.byteOffset, points.byteLength);
  const strokes: SignaturePoint[][] = [];
  let stroke: SignaturePoint[] = [];
  for (let at = 0; at < points.length; at += POINT_BYTES) {
    const point = { x: view.getUint16(at), y: view.getUint16(at + 2) };
    if (point.x !== PEN_UP || point.y !== PEN_UP) {
      // A stroke is kept as soon as it has a point: the last one may end without the pen being lifted.
      if (stroke.push(point) === 1) strokes.push(stroke);
    } else {
      stroke = [];
    }
  }
  return strokes;
}
