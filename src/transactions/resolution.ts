/** Statement about a sale that was settled: checked, and free of card numbers, as people type into it what they have before them. */
import { present } from '../connection/present.js';
import { redactText } from '../mms/redact.js';
import type { Resolution } from './contract.js';
import { badOption } from '../connection/bad-option.js';

/** Characters that are kept of a text. */
const MOST = 500;

const ways: readonly unknown[] = ['host', 'reader', 'hand', 'page'] satisfies readonly Resolution['via'][];

/** @throws {ReaderError} `bad-option` for a way that does not exist, or a person's without who and how. */
export function checkedResolution({ via, approved, decision, by = '', how = '' }: Resolution): Resolution {
  if (!ways.includes(via)) throw badOption('via', `via must be one of ${ways.join(', ')}.`);
  const texts = { by: kept(by), how: kept(how) };
  for (const name of via === 'hand' ? (['by', 'how'] as const) : [])
    if (texts[name] === '') throw badOption(name, `${name} must say something where a person has settled the sale.`);
  return {
    via,
    ...present({ approved, decision }),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
  };
}

/** Cut after it is redacted: the beginning of a card number is not known as one. */
const kept = (text: string): string =>
  redactText(text.slice(0, 2 * MOST))
    .slice(0, MOST)
    .trim();
