/**
 * The card data of a message as a tree in which everything sensitive is hidden, and its branches as text.
 * It keeps the redacted copy only, so that nothing that shows it can show more.
 */
import { toHex } from '../../mms/hex.js';
import type { MmsMessage } from '../../mms/message.js';
import { redact } from '../../mms/redact.js';
import { messageTree, type TreeNode } from '../../mms/tree.js';
import { readCardContainer, type CardContainer } from '../../mms/views/card-container.js';

export interface MaskedCardData {
  readonly kind: CardContainer['kind'];
  readonly via: CardContainer['via'];
  /** The object that holds the card data, and what is in it. */
  readonly root: TreeNode;
  /** The whole redacted message: places in the tree are places in it. */
  readonly bytes: Uint8Array;
}

/** Tag of the object in notification 0101 that holds card data [DP 0101]. */
const CARD_DATA = '84';

/**
 * The card data of a message; undefined where it carries none.
 * @throws {MmsError} where it says that it carries some and they are not whole.
 */
export function maskedCardData(message: MmsMessage): MaskedCardData | undefined {
  const data = readCardContainer(message);
  if (!data) return undefined;
  const redacted = redact(message);
  const payload = messageTree(redacted).find(({ label }) => label === 'Payload');
  const root = payload?.children?.find(({ tag }) => tag === CARD_DATA);
  return root && { kind: data.kind, via: data.via, root, bytes: redacted.bytes };
}

/** A branch in hexadecimal, its own tag and length included. */
export const branchAsHex = ({ bytes }: MaskedCardData, { start, end }: TreeNode): string =>
  toHex(bytes.subarray(start, end));

/** A branch as JSON: tags, names and readings; bytes of what has no parts of its own. */
export const branchAsJson = (data: MaskedCardData, node: TreeNode): string =>
  JSON.stringify(plain(data, node), undefined, 2);

function plain(data: MaskedCardData, node: TreeNode): object {
  const { tag, label, reading, children = [] } = node;
  return {
    ...(tag === undefined ? {} : { tag }),
    ...(label === '' ? {} : { name: label }),
    ...(reading === '' ? {} : { reading }),
    ...(children.length === 0
      ? { hex: branchAsHex(data, node) }
      : { parts: children.map((child) => plain(data, child)) }),
  };
}
