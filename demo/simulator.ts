/** The page of the simulated reader: asks it for a sale, a PIN and the like, and says in a line how that ended. */
import '../src/index.js';
import '../src/elements/simulator/define.js';
import type { ReaderError } from '../src/connection/reader-error.js';
import { find } from './shared/find.js';

const reader = find('magtek-reader');
const answer = find('#answer');
const problem = find('#problem');

/** What can be asked for; each resolves with a line for people, in which no card data and no PIN stand. */
const requests: Readonly<Record<string, () => Promise<string>>> = {
  sale: async () => {
    const sale = reader.startTransaction({ amount: '4.60', currency: 'EUR', accept: 'insert tap swipe' });
    const { outcome, reason } = await sale.result;
    return `The sale ended: ${outcome}. ${reason}`;
  },
  pin: async () => {
    const { end } = await reader.requestPin();
    await end(true);
    return 'A PIN was entered.';
  },
  signature: async () => {
    const { strokes } = await reader.requestSignature();
    return `Signed in ${String(strokes.length)} strokes.`;
  },
  barcode: async () => {
    const { text } = await reader.readBarcode();
    return `Barcode: ${text ?? 'no text'}`;
  },
};

find('#requests').addEventListener('click', (event) => {
  const name = (event.target as HTMLElement).closest<HTMLElement>('[data-ask]')?.dataset.ask ?? '';
  void ask(requests[name]);
});

async function ask(request: (() => Promise<string>) | undefined): Promise<void> {
  if (!request) return;
  problem.textContent = '';
  answer.textContent = 'The reader was asked: play the cardholder.';
  try {
    answer.textContent = await request();
  } catch (error) {
    const { message, help } = error as ReaderError;
    answer.textContent = '';
    problem.textContent = `${message} ${help}`;
  }
}
