/**
 * A list of objects that stands in no message, redacted, as a tree of named parts. It is read as EMV objects: without a command
 * around them nobody knows what else they mean.
 */
import { MmsError } from './error.js';
import { redactValue } from './redact.js';
import { hideCardData, isCardDataNode } from './redaction/card-data.js';
import { mask } from './redaction/mask.js';
import { hideOthers } from './redaction/message.js';
import { tagInfo } from './tables/tags.js';
import { decodeTlv, type TlvNode } from './tlv.js';
import { objectsTree, type TreeNode } from './tree.js';

/** What is shown of a list of objects. */
export interface ShownObjects {
  /** As long as the original, with what is sensitive masked. */
  readonly bytes: Uint8Array;
  readonly tree: readonly TreeNode[];
}

/**
 * Objects as the log would show them: of card data only what is known to be harmless, of others all but what is sensitive.
 * @throws {MmsError} where the bytes are not a list of whole objects, or there is none.
 */
export function showObjects(original: Uint8Array): ShownObjects {
  const bytes = new Uint8Array(original);
  const nodes = decodeTlv(bytes);
  // Zeros alone are padding around nothing.
  if (nodes.length === 0) throw new MmsError('no-start', 0);
  if (nodes.some(isCardDataNode)) hideCardData(nodes, true);
  else hideOthers(nodes);
  hideNumbersAsObjects(bytes, nodes);
  return { bytes, tree: objectsTree(bytes) };
}

/** Digits that only look like objects, so that a card number would show as tag, length and value, and its last zeros as padding. */
function hideNumbersAsObjects(bytes: Uint8Array, nodes: readonly TlvNode[]): void {
  for (const { tag, value, children, offset } of nodes) {
    if (children) {
      hideNumbersAsObjects(bytes, children);
      continue;
    }
    if (!/^\d+$/.test(tag) || (tagInfo(tag) !== undefined && tag !== LABEL)) continue;
    let end = value.byteOffset - bytes.byteOffset + value.length;
    while (bytes[end] === 0) end++;
    const whole = bytes.subarray(offset, end);
    if (redactValue(whole).some((byte, at) => byte !== whole[at])) mask(value);
  }
}

/** Application label: the one shown object of text whose tag begins as numbers of card schemes do. */
export const LABEL = '50';
