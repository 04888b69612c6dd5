/**
 * The styles of the elements are made of tokens. No colour, size of text or corner stands anywhere but in the shared look,
 * no token is read that is not there, and none is there that nothing reads.
 */
import { expect } from '@open-wc/testing';
import { CSSResult, type CSSResultGroup, type CSSResultOrNative } from 'lit';
import * as classes from '../../../../src/classes.js';
import { MagtekSimulator } from '../../../../src/elements/simulator/simulator.js';
import { baseStyles } from '../../../../src/elements/shared/base-styles.js';
import { simulatedBadgeStyles } from '../../../../src/elements/shared/simulated-badge.js';

interface Declaration {
  readonly property: string;
  readonly value: string;
  /** Whether it holds with forced colours only, where the colours of the system are the right ones. */
  readonly isForced: boolean;
}

const flatten = (group: CSSResultGroup | undefined): CSSResultOrNative[] =>
  Array.isArray(group) ? group.flatMap(flatten) : group === undefined ? [] : [group];

const elements = [...Object.values(classes), MagtekSimulator].filter(
  (made) => typeof made === 'function' && made.prototype instanceof HTMLElement,
) as unknown as readonly { readonly name: string; readonly styles: CSSResultGroup }[];

const textOf = (sheet: CSSResultOrNative): string => {
  if (!(sheet instanceof CSSResult)) throw new Error('styles are written with css`…`');
  return sheet.cssText;
};

/** All declarations, those of nested rules too. */
function declarationsOf(cssText: string): Declaration[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(cssText);
  const walk = (rules: CSSRuleList, isForced: boolean): Declaration[] =>
    [...rules].flatMap((rule) => {
      const here = isForced || (rule instanceof CSSMediaRule && rule.conditionText.includes('forced-colors'));
      const inner = 'cssRules' in rule ? walk(rule.cssRules as CSSRuleList, here) : [];
      return rule instanceof CSSStyleRule || rule instanceof CSSKeyframeRule
        ? [...read(rule.style, here), ...inner]
        : inner;
    });
  return walk(sheet.cssRules, false);
}

const read = ({ cssText }: CSSStyleDeclaration, isForced: boolean): Declaration[] =>
  [...cssText.matchAll(/([\w-]+): ([^;]+);/g)].map(([, property = '', value = '']) => ({ property, value, isForced }));

const OWN_COLOUR = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\(/i;
const FREE_WORDS = /^(?:transparent|currentcolor|inherit|initial|unset|revert|revert-layer)$/i;

/** Words of a value that are colours by themselves. */
function coloursIn({ property, value, isForced }: Declaration): string[] {
  if (property.startsWith('grid') || property.startsWith('animation')) return [];
  const words = value.replace(/var\([^()]*\)/g, '').match(/[a-z-]+/gi) ?? [];
  const named = isForced ? [] : words.filter((word) => CSS.supports('color', word) && !FREE_WORDS.test(word));
  const written = OWN_COLOUR.exec(value)?.[0];
  return written === undefined ? named : [written, ...named];
}

const all = [...new Set(elements.flatMap(({ styles }) => flatten(styles)))];
// The badge says that a reader is simulated, and looks alike everywhere: no theme may make it look like something else.
const themed = all.filter((sheet) => sheet !== simulatedBadgeStyles);
const own = themed.filter((sheet) => sheet !== baseStyles);
const written = own.flatMap((sheet) => declarationsOf(textOf(sheet)));
const shown = ({ property, value }: Declaration): string => `${property}: ${value}`;
const names = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map(([, name = '']) => name));

describe('the styles of the elements', () => {
  it('are all looked at', () => {
    expect(elements.length).to.be.greaterThan(10);
    expect(all).to.include(baseStyles);
    expect(written.length).to.be.greaterThan(500);
  });

  it('have no colours beside the tokens', () => {
    expect(written.filter((declaration) => coloursIn(declaration).length > 0).map(shown)).to.deep.equal([]);
  });

  it('would be noticed if they had', () => {
    const bad = ['#fff', 'rgb(1 2 3)', 'tomato', 'CanvasText', 'color-mix(in srgb, var(--_accent), white)'];
    for (const value of bad) {
      expect(coloursIn({ property: 'color', value, isForced: false }), value).to.have.length.greaterThan(0);
    }
    expect(coloursIn({ property: 'border', value: '1px solid var(--_border)', isForced: false })).to.deep.equal([]);
    expect(coloursIn({ property: 'color', value: 'CanvasText', isForced: true })).to.deep.equal([]);
  });

  it('have sizes of text that go with the token', () => {
    const sizes = written.filter(({ property }) => property === 'font-size' || property === 'font');
    expect(sizes.filter(({ value }) => !/^(?:[\d.]+em|inherit)$/.test(value)).map(shown)).to.deep.equal([]);
  });

  it('have corners that go with the token, or are round', () => {
    const corners = written.filter(({ property }) => property.includes('radius'));
    expect(corners.length).to.be.greaterThan(3);
    const free = corners.filter(({ value }) => !/^(?:50%|0px|(?:calc\()?var\(--_(?:radius|corner)\).*)$/.test(value));
    expect(free.map(shown)).to.deep.equal([]);
  });

  it('read what there is, and nothing is there that none of them reads', () => {
    const text = themed.map(textOf).join('\n');
    const set = names(text, /(--_[\w-]+):/g);
    const read = names(text, /var\((--_[\w-]+)/g);
    expect([...read].filter((name) => !set.has(name))).to.deep.equal([]);
    expect([...set].filter((name) => !read.has(name))).to.deep.equal([]);
  });

  it('have no token for two meanings', () => {
    const tokens = [...textOf(baseStyles).matchAll(/var\((--magtek-[\w-]+)/g)].map(([, name]) => name);
    expect(new Set(tokens).size).to.equal(tokens.length);
  });
});
