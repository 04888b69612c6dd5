/**
 * A finding as indented lines: its description, then one line a part.
 * It writes what it is given: that is redacted before.
 */
import type { TreeNode } from '../mms/tree.js';
import type { Finding } from './recognise.js';

/** The lines of what was found, each with its end. */
export function findingText({ text, tree }: Pick<Finding, 'text' | 'tree'>): string {
  const lines = [oneLine(text)];
  const add = (nodes: readonly TreeNode[], depth: number): void => {
    for (const node of nodes) {
      lines.push('  '.repeat(depth) + partText(node));
      add(node.children ?? [], depth + 1);
    }
  };
  add(tree, 1);
  return `${lines.join('\n')}\n`;
}

/** Tag, name and value, as far as there are any; a tag without a name says that it is unknown. */
function partText({ tag = '', label, reading }: TreeNode): string {
  const name = [tag, label === '' ? '(unknown)' : label].filter((text) => text !== '').join(' ');
  return oneLine(reading === '' ? name : `${name}: ${reading}`);
}

/** What a reader sends may hold line ends: they would look like lines of ours. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
