/** Words, money and numbers in the language of the place where an element stands. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/status/define.js';
import { defineWords, findWord, loadWords } from '../../../src/language/catalogue.js';
import { transactionWords } from '../../../src/language/english/transaction.js';
import { french } from '../../../src/language/french.js';
import { german } from '../../../src/language/german.js';
import { LanguageController } from '../../../src/language/language-controller.js';
import { money, secondsText } from '../../../src/language/sale-words.js';
import { spanish } from '../../../src/language/spanish.js';
import type { WordKey } from '../../../src/language/words.js';
import { englishWords } from '../../support/english-words.js';
import type { ReactiveControllerHost } from 'lit';
import { waitUntil } from '../../support/wait-until.js';

const shown = (place: ParentNode): string =>
  place.querySelector('magtek-status')?.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

/** A controller in a place of the page. */
async function languageIn(lang: string): Promise<LanguageController<keyof typeof transactionWords>> {
  const place = await fixture<HTMLElement>(html`<div lang=${lang}></div>`);
  const host = Object.assign(place, {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  }) satisfies ReactiveControllerHost & Element;
  return new LanguageController(host, transactionWords);
}

describe('the language of an element', () => {
  it('is that of the nearest lang attribute, through shadow roots, and follows it', async () => {
    const place = await fixture<HTMLElement>(html`<section lang="de-AT"><div></div></section>`);
    const root = (place.firstElementChild as HTMLElement).attachShadow({ mode: 'open' });
    root.append(document.createElement('magtek-status'));
    await waitUntil(() => shown(root).includes('Kein Lesegerät'));
    place.lang = 'fr';
    await waitUntil(() => shown(root).includes('Aucun lecteur'));
    place.removeAttribute('lang');
    await waitUntil(() => shown(root).includes('No reader'));
  });

  it('is English where this package does not know it', async () => {
    const place = await fixture<HTMLElement>(html`<div lang="xx"><magtek-status></magtek-status></div>`);
    await waitUntil(() => shown(place).includes('No reader'));
  });

  it('can be brought by the page, also in part, and holds at once', async () => {
    const place = await fixture<HTMLElement>(html`<div lang="ar" dir="rtl"><magtek-status></magtek-status></div>`);
    await waitUntil(() => shown(place).includes('No reader'));
    defineWords('ar', { 'status.no-reader': 'لا يوجد قارئ' });
    await waitUntil(() => shown(place).includes('لا يوجد قارئ'));
    expect(shown(place), 'the rest stays English').to.contain('Connect');
  });

  it('says what went wrong and what to do', async () => {
    const place = await fixture<HTMLElement>(
      html`<magtek-reader url="nonsense" lang="es"><magtek-status></magtek-status></magtek-reader>`,
    );
    place.querySelector('magtek-status')?.shadowRoot?.querySelector('button')?.click();
    await waitUntil(() => shown(place).includes(spanish['help.bad-url']));
    expect(shown(place)).to.contain(spanish['error.bad-url']);
  });
});

describe('the words of the languages', () => {
  for (const [name, words] of Object.entries({ german, french, spanish })) {
    it(`are whole in ${name}, with the same parts to fill in`, () => {
      const parts = (text: string): string[] => [...text.matchAll(/\{[a-z]+\}/g)].map(([part]) => part).sort();
      for (const [key, english] of Object.entries(englishWords) as [WordKey, string][]) {
        expect(words[key], key).to.be.a('string').that.is.not.empty;
        expect(parts(words[key]), key).to.deep.equal(parts(english));
      }
      for (const key of Object.keys(words) as WordKey[]) {
        expect(parts(words[key]), key).to.deep.equal(parts(german[key]));
      }
    });
  }

  it('are there at once when they were loaded before', async () => {
    await loadWords('de-CH');
    expect(findWord('de-CH', 'status.close')).to.equal(german['status.close']);
  });
});

describe('money and numbers', () => {
  const cases: readonly (readonly [lang: string, amount: string, currency: string, text: string])[] = [
    ['en', '4.60', 'EUR', '€4.60'],
    ['de', '4.6', 'EUR', '4,60 €'],
    ['en', '460', 'JPY', '¥460'],
    ['en', '1.5', 'BHD', 'BHD 1.500'],
    ['en', '9999999999.99', 'USD', '$9,999,999,999.99'],
    // As the browser itself would write it, which may not be English.
    ['not a tag', '1', 'USD', new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' }).format(1)],
    ['en', 'five', 'EUR', 'five EUR'],
    ['en', '5', 'XXX', '5 XXX'],
  ];
  for (const [lang, amount, currency, text] of cases) {
    it(`writes ${amount} ${currency} in “${lang}” as ${text}`, async () => {
      const language = await languageIn(lang);
      expect(money(language, amount, currency).replace(/\s/g, ' ')).to.equal(text.replace(/\s/g, ' '));
    });
  }

  it('writes seconds with their unit in the right number', async () => {
    const language = await languageIn('de');
    expect([1, 12].map((value) => secondsText(language, value))).to.deep.equal(['1 Sekunde', '12 Sekunden']);
  });
});
