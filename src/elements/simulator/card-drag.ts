/**
 * Dragging a card to a place with a mouse, a pen or a finger. What is dragged goes back to where it was.
 * It does not know cards or places: they are elements with `data-card` and `data-place`.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Pixels that a pointer moves before a press becomes a drag. */
const THRESHOLD = 6;

interface Drag {
  readonly card: HTMLElement;
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
}

export class CardDrag implements ReactiveController {
  /** The place under the card that is being dragged. */
  over: string | undefined;
  /** Whether a card is being dragged. */
  isDragging = false;
  private readonly host: ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement };
  private readonly dropped: (card: string, place: string) => void;
  private drag: Drag | undefined;

  constructor(host: CardDrag['host'], dropped: (card: string, place: string) => void) {
    this.host = host;
    this.dropped = dropped;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.end();
  }

  readonly start = (event: PointerEvent): void => {
    const card = (event.currentTarget as HTMLElement | null) ?? undefined;
    if (event.button !== 0 || !card || this.drag) return;
    // At once: a quick hand has left the card before the next event.
    card.setPointerCapture(event.pointerId);
    this.drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY };
  };

  readonly move = (event: PointerEvent): void => {
    const { drag } = this;
    if (drag?.pointer !== event.pointerId) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!this.isDragging) {
      if (Math.hypot(x, y) < THRESHOLD) return;
      this.isDragging = true;
      this.host.requestUpdate();
    }
    drag.card.style.translate = `${String(x)}px ${String(y)}px`;
    const over = this.placeAt(event.clientX, event.clientY);
    if (over === this.over) return;
    this.over = over;
    this.host.requestUpdate();
  };

  readonly finish = (event: PointerEvent): void => {
    const { drag, isDragging } = this;
    if (drag?.pointer !== event.pointerId) return;
    const place = isDragging ? this.placeAt(event.clientX, event.clientY) : undefined;
    this.end();
    if (place !== undefined) this.dropped(drag.card.dataset.card ?? '', place);
  };

  readonly abort = (): void => this.end();

  private end(): void {
    this.drag?.card.style.removeProperty('translate');
    this.drag = undefined;
    this.isDragging = false;
    this.over = undefined;
    this.host.requestUpdate();
  }

  private placeAt(x: number, y: number): string | undefined {
    const root = this.host.renderRoot as ShadowRoot;
    const under = root.elementsFromPoint(x, y);
    return under.map((each) => each.closest<HTMLElement>('[data-place]')?.dataset.place).find((each) => each);
  }
}
