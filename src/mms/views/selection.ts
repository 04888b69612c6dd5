/**
 * The choice that a reader without a display asks its host to offer to the cardholder (notification 1803), to be answered
 * with command 1802. The shape of the prompt is not published: the vendor's demo only compares how its text begins [PJ].
 */
import type { MmsMessage } from '../message.js';
import { readDisplayText } from './display-text.js';

export interface SelectionPrompt {
  /** The whole text. */
  readonly text: string;
  /** Its lines after the first, each taken for one choice, in order: the first has the index 0 [D]. */
  readonly lines: readonly string[];
}

/** How such a text begins [PJ]. */
const BEGINNING = 'Application ID Selection';

/** The prompt; undefined for other messages and other texts. */
export function readSelection(message: MmsMessage): SelectionPrompt | undefined {
  const text = readDisplayText(message)?.trim();
  if (!text?.startsWith(BEGINNING)) return undefined;
  const [, ...lines] = text.split(/[\r\n]+/).map((line) => line.trim());
  return { text, lines: lines.filter((line) => line !== '') };
}
