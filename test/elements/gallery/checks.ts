/**
 * What must hold for every state of an element: nothing that axe finds, light or dark, and nothing that is cut off on a small
 * screen or with large text. It does not know which states there are.
 */
import { expect } from '@open-wc/testing';
import { gallery, present, type GalleryName } from '../../../demo/gallery/gallery.js';
import type { Stage } from '../../../demo/gallery/stage.js';

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
        document.documentElement.removeAttribute('style');
      });

      for (const state of Object.keys(gallery[name])) {
        it(`${state}: axe finds nothing, and nothing is cut off`, async () => {
          // The elements follow the scheme of the page. Another stage for each: what fades from one to the other has neither.
          for (const scheme of ['dark', 'light']) {
            stage?.leave();
            document.documentElement.style.colorScheme = scheme;
            stage = await present(place, name, state);
            await stopFading(stage);
            await expect(stage.element).to.be.accessible();
          }
          if (!stage) throw new Error('there is no stage');
          place.style.inlineSize = NARROW;
          expect(await cutOff(stage), '320 px wide').to.deep.equal([]);
          document.documentElement.style.fontSize = '200%';
          place.style.inlineSize = ENLARGED;
          expect(await cutOff(stage), 'text of 200 %').to.deep.equal([]);
        });
      }
    });
  }
}

/** Parts of the element that reach out of it, or whose text does not fit, described. */
export async function cutOff({ element, view }: Stage): Promise<string[]> {
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

const STILL = new CSSStyleSheet();
STILL.replaceSync('*, *::before, *::after { transition: none !important; }');

/** What fades from one colour to another has the second one, whenever it begins. */
async function stopFading({ element, view }: Stage): Promise<void> {
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
