/**
 * No element has words of its own in its templates. In a language in which every text of the catalogue is marked, all that people
 * read or hear is marked, or data, or said to be English.
 */
import { expect } from '@open-wc/testing';
import { defineWords } from '../../../src/language/catalogue.js';
import { german } from '../../../src/language/german.js';
import { plainTour, tourOfEveryElement } from '../../support/every-element.js';

/** A kind of German, for which `Intl` writes numbers as for German. */
const MARKED = 'de-x-marked';

/** Attributes that are read to people. */
const spoken = ['aria-label', 'placeholder', 'title', 'aria-description'] as const;

/** Texts of readers, bytes, and what people type: data in whatever language they are. */
const DATA = 'code, .mono, [lang=en], [part~=text], .display > *, .choice, textarea, svg, style, bdi, [type=url]';

/** What is left of a text without what is marked, one in another too. */
function unmarked(text: string): string {
  let before: string;
  let rest = text;
  do {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  } while (rest !== before);
  return rest;
}

/** Units, also those of a slow machine, and currencies as `Intl` writes them; identifiers, names and terms of the field. */
const isData = (word: string): boolean =>
  /^(?:ms|Sek|Min|Sekunden?|EUR|NFC|Visa|AID|CVM|Kim|[0-9A-F]+|p50|p95|B571AF2|OID|html|v\d+)$/.test(word);

function wordsLeft(text: string): readonly string[] {
  return (unmarked(text).match(/\p{L}[\p{L}\p{N}]+/gu) ?? []).filter((word) => !isData(word));
}

/** Words that are neither marked nor data, with where they stand. */
function findings(root: ShadowRoot | Element, where: string): string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) found.push(...findings(element.shadowRoot, element.localName));
    const isInside = root instanceof ShadowRoot;
    if (!isInside || element.matches(DATA) || element.closest(DATA)) continue;
    const texts = [...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data);
    const labels = spoken.map((name) => element.getAttribute(name) ?? '');
    for (const text of [...texts, ...labels]) {
      for (const word of wordsLeft(text)) found.push(`${where}: “${word}” in “${text.trim()}”`);
    }
  }
  return found;
}

describe('the words of the elements', () => {
  it('all come from the catalogue, in every state', async function () {
    this.timeout(110_000);
    defineWords(MARKED, Object.fromEntries(Object.entries(german).map(([key, text]) => [key, `⟦${text}⟧`])));
    const found = new Set<string>();
    await tourOfEveryElement({
      ...plainTour,
      lang: MARKED,
      look: (_, { place }) => {
        for (const finding of findings(place, 'page')) found.add(finding);
      },
    });
    expect([...found].join('\n')).to.equal('');
  });

  it('would be found where they do not', () => {
    const host = document.createElement('div');
    const inner = host.appendChild(document.createElement('section')).attachShadow({ mode: 'open' });
    const line = inner.appendChild(document.createElement('p'));
    for (const [text, count] of [
      ['⟦Verbunden⟧', 0],
      ['⟦{count} von ⟦12 Einträge⟧⟧ 4,60 EUR', 0],
      ['Connected', 1],
      ['⟦Verbunden⟧ again', 1],
    ] as const) {
      line.textContent = text;
      expect(findings(host, 'here'), text).to.have.length(count);
    }
    line.textContent = '';
    line.title = 'Close it';
    expect(findings(host, 'here')).to.have.length(2);
  });
});
