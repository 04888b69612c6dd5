/** Attributes that say yes by being there: the text that Vue and Svelte write for a bound `false` means no. */
import { expect } from '@open-wc/testing';
import '../../../src/index.js';

const attributes: [tag: keyof HTMLElementTagNameMap, attribute: string, property: string][] = [
  ['magtek-reader', 'simulated', 'simulated'],
  ['magtek-reader', 'auto-connect', 'autoConnect'],
  ['magtek-reader', 'allow-insecure', 'allowInsecure'],
  ['magtek-transaction', 'auto-submit', 'autoSubmit'],
  ['magtek-transaction', 'show-outcome', 'showOutcome'],
  ['magtek-log', 'hide-hex', 'hideHex'],
  ['magtek-log', 'paused', 'paused'],
  ['magtek-device-info', 'manual', 'manual'],
];

for (const [tag, attribute, property] of attributes) {
  it(`${attribute} of <${tag}>`, () => {
    const element = document.createElement(tag);
    const value = (): unknown => Reflect.get(element, property);
    expect(value()).to.equal(false);
    for (const [text, expected] of [
      ['', true],
      ['false', false],
      ['true', true],
      [attribute, true],
    ] as const) {
      element.setAttribute(attribute, text);
      expect(value(), text).to.equal(expected);
    }
    element.removeAttribute(attribute);
    expect(value()).to.equal(false);
  });
}
