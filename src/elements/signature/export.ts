/**
 * A signature as the text of an SVG file, and as a PNG picture.
 * It does not know elements.
 */
import type { SignatureData, SignaturePoint } from '../../mms/views/signature.js';

/** Width of the pen in pixels of the field. */
const PEN = 2;

/** The points of a polyline. A tap of the pen is a line to itself, which round ends make a dot. */
export function pointsOf(stroke: readonly SignaturePoint[]): string {
  const points = stroke.length === 1 ? [...stroke, ...stroke] : stroke;
  return points.map(({ x, y }) => `${String(x)},${String(y)}`).join(' ');
}

/** Black on nothing, in the size of the field. */
export function signatureSvg({ width, height, strokes }: SignatureData): string {
  const size = `width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}"`;
  const pen = `fill="none" stroke="#000" stroke-width="${String(PEN)}" stroke-linecap="round" stroke-linejoin="round"`;
  const lines = strokes.map((stroke) => `<polyline points="${pointsOf(stroke)}"/>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><g ${pen}>${lines}</g></svg>`;
}

/**
 * Black on nothing, `width` pixels wide and as high as the field's shape wants.
 * @throws {RangeError} where the width is not a whole number of pixels from 1 on, or the picture is too large for the browser.
 */
export async function signaturePng({ width: field, height, strokes }: SignatureData, width: number): Promise<Blob> {
  if (!Number.isInteger(width) || width < 1) throw new RangeError('The width is a whole number of pixels, 1 or more.');
  const scale = width / Math.max(field, 1);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.scale(scale, scale);
    pen.lineWidth = PEN;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    for (const stroke of strokes) {
      pen.beginPath();
      for (const { x, y } of stroke) pen.lineTo(x, y);
      pen.stroke();
      const [first] = stroke;
      // A canvas draws no line without length, so a tap of the pen needs a dot.
      if (!first || stroke.length > 1) continue;
      pen.beginPath();
      pen.arc(first.x, first.y, PEN / 2, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!pen || !blob) throw new RangeError('The picture is too large for this browser.');
  return blob;
}
