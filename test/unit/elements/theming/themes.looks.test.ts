/**
 * A theme reaches everything: under it, no colour is left in any element that is none of its own, and axe finds nothing.
 */
import { expect } from '@open-wc/testing';
import { gallery, present, type GalleryName } from '../../../../demo/gallery/gallery.js';
import type { Stage } from '../../../../demo/gallery/stage.js';
import { resolve, shownColours } from './colours.js';
import { loadThemes, themes } from './themes.js';

const tokens = [
  'surface',
  'surface-sunken',
  'text',
  'text-quiet',
  'border',
  'control',
  'accent',
  'on-accent',
  'good',
  'warn',
  'bad',
].map((name) => `var(--_${name})`);
const mixed = [14, 18, 40].map((share) => `color-mix(in srgb, var(--_accent) ${String(share)}%, var(--_surface))`);

/** Colours in an element that are none of its tokens, described. */
function foreignColours(view: Element): string[] {
  const known = new Set([...tokens, ...mixed].map((value) => String(resolve(view, value))));
  const foreign = shownColours(view).filter(({ pixel }) => !known.has(String(pixel)));
  return foreign.map(({ by, pixel }) => `${by}: ${String(pixel)}`);
}

/** Colours that are nowhere else: a token that does not arrive is seen at once. */
const GARISH = new CSSStyleSheet();
GARISH.replaceSync(`.theme-garish {
  --magtek-surface: rgb(10 200 30); --magtek-surface-sunken: rgb(20 190 40); --magtek-text: rgb(30 10 150);
  --magtek-text-quiet: rgb(40 20 140); --magtek-border: rgb(50 30 130); --magtek-border-control: rgb(60 40 120);
  --magtek-accent: rgb(70 50 110); --magtek-on-accent: rgb(80 240 100); --magtek-good: rgb(90 60 90);
  --magtek-warn: rgb(100 70 80); --magtek-bad: rgb(110 80 70);
}`);

const statesOf = (name: GalleryName): string[] => Object.keys(gallery[name]);

loadThemes();
before(() => {
  document.adoptedStyleSheets.push(GARISH);
});

describe('a theme', () => {
  let stage: Stage | undefined;
  let place: HTMLElement;
  beforeEach(() => {
    place = document.createElement('main');
    document.body.append(place);
  });
  afterEach(() => {
    stage?.leave();
    stage = undefined;
    place.remove();
  });

  it('reaches <magtek-fleet>, here before it has a broker', async () => {
    place.className = 'theme-garish';
    const fleet = document.createElement('magtek-fleet');
    place.append(fleet);
    await fleet.updateComplete;
    expect(shownColours(fleet)).to.have.length.greaterThan(10);
    expect(foreignColours(fleet)).to.deep.equal([]);
  });

  const names = (Object.keys(gallery) as GalleryName[]).filter((name) => name !== 'reader');
  for (const name of names) {
    it(`reaches every part of <magtek-${name}> in every state`, async () => {
      for (const state of statesOf(name)) {
        stage?.leave();
        place.className = 'theme-garish';
        stage = await present(place, name, state);
        await stopFading(stage);
        expect(foreignColours(stage.view), state).to.deep.equal([]);
      }
    }).timeout(60_000);

    for (const theme of themes) {
      it(`${theme}: axe finds nothing in <magtek-${name}>`, async () => {
        const states = statesOf(name);
        // Not all: that a colour arrives in each is shown above, and that the theme's colours suit each other beside this.
        for (const state of [states[Math.floor(states.length / 2)]!, states.at(-1)!]) {
          stage?.leave();
          place.className = theme;
          stage = await present(place, name, state);
          await stopFading(stage);
          await expect(stage.element).to.be.accessible();
        }
      }).timeout(60_000);
    }
  }
});

const STILL = new CSSStyleSheet();
STILL.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');

/** What fades from one colour to another has the second one. */
async function stopFading({ element, view }: Stage): Promise<void> {
  for (const { shadowRoot } of new Set([element, view])) shadowRoot?.adoptedStyleSheets.push(STILL);
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}
