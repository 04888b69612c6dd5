/**
 * The field that a cardholder signs on: strokes drawn with a pointer, in the reader's own coordinates.
 * It does not know what becomes of a signature.
 */
import { svg, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Point } from '../../simulator/signature.js';

/** Width and height of the field, the default of the vendor's demo [PJ]. */
export const FIELD = { width: 253, height: 120 } as const;

/** A signature for those who cannot, or need not, draw one. */
export const SAMPLE_SIGNATURE: readonly (readonly Point[])[] = [
  [
    { x: 20, y: 80 },
    { x: 50, y: 30 },
    { x: 70, y: 90 },
    { x: 100, y: 45 },
    { x: 130, y: 80 },
    { x: 170, y: 50 },
    { x: 230, y: 70 },
  ],
  [
    { x: 30, y: 100 },
    { x: 220, y: 95 },
  ],
];

export class SignaturePad implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private lines: Point[][] = [];
  private isDown = false;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  get strokes(): readonly (readonly Point[])[] {
    return this.lines;
  }

  hostDisconnected(): void {
    this.clear();
  }

  readonly clear = (): void => {
    this.lines = [];
    this.isDown = false;
    this.host.requestUpdate();
  };

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.isDown = true;
    this.lines.push([]);
    this.add(event);
  };

  readonly move = (event: PointerEvent): void => {
    if (this.isDown) this.add(event);
  };

  readonly up = (): void => {
    this.isDown = false;
  };

  /** The strokes as drawn. */
  render(): TemplateResult[] {
    return this.lines.map(
      (points) => svg`<polyline points=${points.map(({ x, y }) => `${String(x)},${String(y)}`).join(' ')}></polyline>`,
    );
  }

  private add(event: PointerEvent): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const scaled = (at: number, size: number, most: number): number =>
      Math.max(0, Math.min(most - 1, Math.round((at / size) * most)));
    this.lines.at(-1)?.push({
      x: scaled(event.clientX - box.left, box.width, FIELD.width),
      y: scaled(event.clientY - box.top, box.height, FIELD.height),
    });
    this.host.requestUpdate();
  }
}
