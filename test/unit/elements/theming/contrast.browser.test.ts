/**
 * Every pair of colours that meets in the elements can be told apart, light and dark, with the look of the package and with the
 * themes of the demo: 4.5 to 1 for text, 3 to 1 for the lines of controls and for what shows the focus (WCAG 2.2, 1.4.3, 1.4.11).
 */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../../src/elements/status/define.js';
import { contrast, resolve } from './colours.js';
import { loadThemes, themes } from './themes.js';

const texts = ['text', 'text-quiet', 'accent', 'good', 'warn', 'bad'];
const grounds = ['surface', 'surface-sunken'];
/** The row that is chosen in a list, and the one under the pointer in a tree. */
const chosen = 'color-mix(in srgb, var(--_accent) 18%, var(--_surface))';

const token = (name: string): string => `var(--_${name})`;

const pairs: readonly (readonly [front: string, ground: string, least: number])[] = [
  ...texts.flatMap((text) => grounds.map((ground) => [token(text), token(ground), 4.5] as const)),
  ...['text', 'text-quiet', 'bad'].map((text) => [token(text), chosen, 4.5] as const),
  [token('on-accent'), token('accent'), 4.5],
  ...['control', 'accent', 'good', 'warn', 'bad'].flatMap((line) => [[token(line), token('surface'), 3] as const]),
];

loadThemes();

for (const theme of ['', ...themes]) {
  for (const scheme of ['light', 'dark']) {
    it(`${theme === '' ? 'the look of the package' : theme} in a ${scheme} page`, async () => {
      const page = await fixture(
        html`<div style="color-scheme: ${scheme}">
          <div class=${theme}><magtek-status></magtek-status></div>
        </div>`,
      );
      const status = page.querySelector('magtek-status')!;
      const weak = pairs.flatMap(([front, ground, least]) => {
        const ratio = contrast(resolve(status, front), resolve(status, ground));
        return ratio < least ? [`${front} on ${ground}: ${ratio.toFixed(2)}`] : [];
      });
      expect(weak).to.deep.equal([]);
    });
  }
}

it('the measure is that of WCAG', () => {
  expect(contrast([0, 0, 0, 255], [255, 255, 255, 255])).to.equal(21);
  // #767676 is the lightest grey that may stand on white.
  expect(contrast([118, 118, 118, 255], [255, 255, 255, 255])).to.be.within(4.5, 4.6);
});
