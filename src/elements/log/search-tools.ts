/** Tools of a search inside messages or for a regular expression; loaded when somebody searches. */
import type { JournalEntry } from '../../journal/journal.js';
import { logPatternWords } from '../../language/english/log-parts.js';
import { toHex } from '../../mms/hex.js';
import { messageTree, type TreeNode } from '../../mms/tree.js';
import { patternOf, type SearchTools } from './log-filter.js';
import { compilePattern, PatternError, type Pattern } from './pattern.js';

/** Characters of one entry that a pattern is looked for in, so that none holds up the page. */
export const MOST_CHARACTERS = 8192;

/** The pattern that a search is, or what is wrong with it. */
function compiled(search: string): Pattern | PatternError {
  const { source, flags } = patternOf(search) ?? { source: '', flags: '' };
  try {
    return compilePattern(source, flags);
  } catch (problem) {
    return problem as PatternError;
  }
}

/** Each of the line, the bytes and the parts for itself. */
export function fitsPattern(fits: Pattern, { message, data, text }: JournalEntry): boolean {
  let left = MOST_CHARACTERS;
  const isIn = (own: string): boolean => {
    const looked = own.slice(0, left);
    left -= looked.length;
    return looked !== '' && fits(looked);
  };
  if (isIn(text) || isIn(data ?? '')) return true;
  if (message === undefined) return false;
  return isIn(toHex(message.bytes.subarray(0, left / 4))) || holds(messageTree(message), isIn);
}

function holds(tree: readonly TreeNode[], isIn: (text: string) => boolean): boolean {
  return tree.some(
    ({ tag = '', label, reading, children = [] }) => isIn(`${tag} ${label} ${reading}`.trim()) || holds(children, isIn),
  );
}

export const searchTools: SearchTools = {
  treeOf: messageTree,
  patternTest: (search) => {
    const pattern = compiled(search);
    return pattern instanceof PatternError ? () => false : (entry) => fitsPattern(pattern, entry);
  },
  problemText: (language, search) => {
    const problem = patternOf(search) && compiled(search);
    if (!(problem instanceof PatternError)) return undefined;
    const own = language.with(logPatternWords);
    // The slash in front of the pattern is the first character of the field.
    return own.text('log.pattern', { place: own.number(problem.offset + 2), reason: own.text(`log.${problem.code}`) });
  },
};
