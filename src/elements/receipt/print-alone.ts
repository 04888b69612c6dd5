/**
 * Prints one element of a page and nothing else: a twin of it at the end of the body, and a style sheet that hides everything else
 * on paper, both for as long as the browser prints. No frame and no window, so that policies of the page and blockers of windows
 * have nothing to forbid, and pictures in it are loaded already.
 */

/** Papers: a roll of 80 mm, of which printers reach 72 mm, or A4; empty for whatever the printer has. */
export const papers = ['', '80mm', 'a4'] as const;
export type Paper = (typeof papers)[number];

const MARK = 'data-magtek-print';
/** Millimetres at the edges of a roll. */
const EDGE = 4;
const PIXELS = 96 / 25.4;

/** On the screen the twin is as wide as on paper and seen by nobody: so its height on the roll is known. */
const BESIDE = `
[${MARK}] { position: absolute; inset-block-start: 0; inset-inline-start: 0; visibility: hidden; }
[${MARK}='80mm'] { inline-size: 72mm; }
@media print {
  html, body { margin: 0 !important; padding: 0 !important; block-size: auto !important; min-block-size: 0 !important; overflow: visible !important; background: none !important; }
  body > :not([${MARK}]) { display: none !important; }
  [${MARK}] { position: static; visibility: visible; margin-inline: auto; }
}`;

const pageOf = (paper: Paper, height: number): string => {
  if (paper === '80mm') return `@page { size: 80mm ${String(height + 2 * EDGE)}mm; margin: ${String(EDGE)}mm; }`;
  return paper === 'a4' ? '@page { size: A4; margin: 15mm; }' : '@page { margin: 15mm; }';
};

/** What is being printed now, by its document. */
const printing = new WeakMap<Document, () => void>();

/**
 * Prints a twin of an element, and removes it when the browser has printed or printing was cancelled.
 * @param twin Not in a document yet; it belongs to this function from now on.
 * @param ready Resolves when the twin is drawn.
 */
export async function printAlone(
  twin: HTMLElement,
  place: Document,
  paper: Paper,
  ready: () => Promise<unknown>,
): Promise<void> {
  const view = place.defaultView;
  if (!view) return;
  printing.get(place)?.();
  const sheet = new view.CSSStyleSheet();
  const end = (): void => {
    view.removeEventListener('afterprint', end);
    twin.remove();
    place.adoptedStyleSheets = place.adoptedStyleSheets.filter((each) => each !== sheet);
    printing.delete(place);
  };
  printing.set(place, end);
  twin.setAttribute(MARK, paper);
  twin.inert = true;
  place.body.append(twin);
  sheet.replaceSync(BESIDE);
  place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
  await ready();
  sheet.replaceSync(BESIDE + pageOf(paper, Math.ceil(twin.getBoundingClientRect().height / PIXELS)));
  view.addEventListener('afterprint', end);
  view.print();
}
