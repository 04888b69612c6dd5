/** What a search needs that looks into messages, or for a regular expression: loaded when somebody searches. */
import { logPatternWords } from '../../language/english/log-parts.js';
import { messageTree } from '../../mms/tree.js';
import type { SearchTools } from './log-filter.js';
import { compilePattern } from './pattern.js';

export const searchTools: SearchTools = {
  treeOf: messageTree,
  compilePattern,
  problemText: (language, { code, offset }) => {
    const own = language.with(logPatternWords);
    // The slash in front of the pattern is the first character of the field.
    return own.text('log.pattern', { place: own.number(offset + 2), reason: own.text(`log.${code}`) });
  },
};
