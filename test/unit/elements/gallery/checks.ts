/**
 * Checks for every state of an element: nothing that axe finds, light or dark, and nothing that is cut off on a small
 * screen or with large text. It does not know which states there are.
 */
import { expect } from '@open-wc/testing';
import { gallery, present, type GalleryName } from '../../../../demo/gallery/gallery.js';
import type { Stage } from '../../../../demo/gallery/stage.js';

/** The narrowest screen of WCAG 1.4.10, and the same in pixels twice as fine: text of 200 % on 640. */
const NARROW = '320px';
const ENLARGED = '640px';

/** Declares the tests of some elements, one a state. */
export function checkStates(names: readonly GalleryName[]): void {
  for (const name of names) {
    describe(`<magtek-${name}>`, () => {
      let stage: Stage | undefined;
      let place: HTMLElement;

      beforeEach(() => {
        place = document.createElement('main');
        place.style.backgroundColor = 'Canvas';
        document.body.append(place);
      });
      afterEach(() => {
        stage?.leave();
        stage = undefined;
        place.remove();
      });

      for (const state of Object.keys(gallery[name])) {
        it(`${state}: axe finds nothing, nothing is cut off, and right to left is the mirror image`, async () => {
          await checkLooks(place, async () => {
            stage?.leave();
            stage = await present(place, name, state);
            return stage;
          });
        });
      }
    });
  }
}

/** An element that is looked at. */
export interface Shown {
  /** The outermost element. */
  readonly element: HTMLElement;
  /** The element that is looked at; it may be the same. */
  readonly view: HTMLElement;
}

/**
 * Looks at one state of an element from all sides.
 * @param show Puts the element into `place` in that state, each time anew.
 */
export async function checkLooks(place: HTMLElement, show: () => Promise<Shown>): Promise<void> {
  const page = document.documentElement;
  try {
    let shown;
    // The elements follow the scheme of the page. Shown anew for each: what fades from one to the other has neither.
    for (const scheme of ['dark', 'light']) {
      page.style.colorScheme = scheme;
      shown = await show();
      await stopFading(shown);
      await expect(shown.element).to.be.accessible();
    }
    if (!shown) throw new Error('nothing was shown');
    expect(await notMirrored(place, shown), 'right to left').to.deep.equal([]);
    place.style.inlineSize = NARROW;
    expect(await cutOff(shown), '320 px wide').to.deep.equal([]);
    page.style.fontSize = '200%';
    place.style.inlineSize = ENLARGED;
    expect(await cutOff(shown), 'text of 200 %').to.deep.equal([]);
  } finally {
    page.removeAttribute('style');
  }
}

/** Parts of the element that reach out of it, or whose text does not fit, described. */
export async function cutOff({ element, view }: Shown): Promise<string[]> {
  // Two frames: what measures itself has done so.
  await nextFrame();
  await nextFrame();
  const problems: string[] = [];
  const around = element.getBoundingClientRect();
  for (const part of [element, view].flatMap(({ shadowRoot }) => [
    ...(shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []),
  ])) {
    if (part instanceof SVGElement || part.closest('.visually-hidden, [hidden], option')) continue;
    // What stands in a closed part is laid out when it is opened.
    if (!part.checkVisibility()) continue;
    const { left, right, width } = part.getBoundingClientRect();
    if (width === 0) continue;
    const isOut = left < around.left - 1 || right > around.right + 1;
    if (isOut && !canScrollTo(part)) problems.push(`${nameOf(part)} reaches from ${String(left)} to ${String(right)}`);
    const { overflowX, textOverflow } = getComputedStyle(part);
    const hides = overflowX === 'hidden' || overflowX === 'clip';
    // A shortened line of a list says so with dots; it stands elsewhere in full.
    if (hides && textOverflow !== 'ellipsis' && part.scrollWidth > part.clientWidth + 1) {
      problems.push(`${nameOf(part)} hides ${String(part.scrollWidth - part.clientWidth)} px`);
    }
  }
  return problems;
}

/** Parts whose place in a page that reads from right to left is not the mirror image of that from left to right, described. */
async function notMirrored(place: HTMLElement, { element, view }: Shown): Promise<string[]> {
  const parts = [element, view].flatMap(({ shadowRoot }) =>
    [...(shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].filter(isMirrored),
  );
  const readsFrom = async (direction: 'ltr' | 'rtl'): Promise<void> => {
    place.dir = direction;
    await nextFrame();
    await nextFrame();
  };
  // Firefox measures a list of options that has grown when the direction changes.
  await readsFrom('rtl');
  await readsFrom('ltr');
  const around = element.getBoundingClientRect();
  const toStart = parts.map((part) => part.getBoundingClientRect().left - around.left);
  await readsFrom('rtl');
  const mirrored = element.getBoundingClientRect();
  const problems = parts.flatMap((part, index) => {
    const { right, width } = part.getBoundingClientRect();
    const distance = mirrored.right - right - (toStart[index] ?? 0);
    return width === 0 || Math.abs(distance) < 2 ? [] : [`${nameOf(part)} is off by ${String(distance)} px`];
  });
  place.removeAttribute('dir');
  return problems;
}

/** Whether the place of a part depends on the direction alone: bytes and messages stay as they are, and so do pictures. */
function isMirrored(part: HTMLElement): boolean {
  if (part instanceof SVGElement || !part.checkVisibility()) return false;
  if (part.closest('[dir], .visually-hidden, [hidden], option')) return false;
  // Within a line of text the order of words and signs is that of the text.
  return !getComputedStyle(part).display.startsWith('inline');
}

const STILL = new CSSStyleSheet();
STILL.replaceSync('*, *::before, *::after { transition: none !important; }');

/** What fades from one colour to another has the second one, whenever it begins. */
async function stopFading({ element, view }: Shown): Promise<void> {
  for (const { shadowRoot } of new Set([element, view])) shadowRoot?.adoptedStyleSheets.push(STILL);
  await nextFrame();
  await nextFrame();
}

/** Whether something around a part scrolls sideways. */
function canScrollTo(part: Element): boolean {
  for (let at = part.parentElement; at; at = at.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true;
  }
  return false;
}

const nameOf = (part: HTMLElement): string =>
  `<${part.localName} class="${part.className}">${part.textContent.trim().slice(0, 40)}`;

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
