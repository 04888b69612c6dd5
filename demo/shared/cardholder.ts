/** Buttons that present a card to the simulated reader. They speak to the reader, not to the elements. */
import { testCards, type TestCard } from '../../src/simulator/test-cards.js';
import { actOnReader } from './served-reader.js';

/** What a card must have for an action to be possible. */
const needed: Readonly<Record<string, keyof TestCard>> = { insert: 'contact', tap: 'contactless', swipe: 'stripe' };

/**
 * @param cards Is filled with the test cards.
 * @param actions Holds buttons whose `data-act` names the action.
 * @param problem Says why an action was not possible.
 */
export function presentCards(cards: HTMLSelectElement, actions: Element, problem: Element): void {
  for (const [name, card] of Object.entries<TestCard>(testCards)) {
    const last = card.pan === '' ? '' : ` … ${card.pan.slice(-4)}`;
    cards.add(new Option(card.name + last, name));
  }
  const buttons = actions.querySelectorAll<HTMLButtonElement>('button[data-act]');
  const offer = (): void => {
    const card = Object.entries<TestCard>(testCards).find(([name]) => name === cards.value)?.[1];
    for (const button of buttons) {
      const need = needed[button.dataset.act ?? ''];
      button.disabled = need !== undefined && card?.[need] !== true;
    }
  };
  cards.addEventListener('change', offer);
  offer();
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const { act = '' } = button.dataset;
      problem.textContent = '';
      actOnReader(act, ...(act in needed ? [cards.value] : [])).catch((error: unknown) => {
        problem.textContent = `The simulated reader cannot be reached: ${(error as Error).message}`;
      });
    });
  }
}
