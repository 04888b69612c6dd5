/** Properties: asked for one by one or as a branch, and set. */
import { toHex } from '../../mms/hex.js';
import { encodeOid, readProperties, type OidForm } from '../../mms/oid.js';
import { encodeTlv, findNode, type TlvInput } from '../../mms/tlv.js';
import { UNKNOWN_PROPERTY } from '../unconfirmed.js';
import { SUCCESS } from '../outgoing.js';
import { DONE, REFUSED, type Handler } from './handler.js';

export const getProperty: Handler = ({ payload }, { properties, reply }) => {
  const [asked] = readProperties(payload);
  const form: OidForm = findNode(payload, '87') ? 'simple' : 'long';
  const value = asked && properties.get(asked.oid);
  const branch = asked && value === undefined ? properties.branch(asked.oid) : [];
  if (!asked || (value === undefined && branch.length === 0)) return reply(REFUSED, UNKNOWN_PROPERTY);
  const echoed = payload.filter(({ tag }) => tag === '81' || tag === '82');
  const answered = value === undefined ? branchObjects(asked.oid, branch, form) : encodeOid(asked.oid, value, form);
  reply(DONE, SUCCESS, [...echoed, ...answered]);
};

/** A whole branch is answered in the form of the request, its leaves nested below the node that was asked for [MG p120]. */
function branchObjects(oid: string, branch: readonly (readonly [string, Uint8Array])[], form: OidForm): TlvInput[] {
  const head = encodeOid(oid, new Uint8Array(0), form);
  const nodes = oid.split('.').map((node) => parseInt(node, 16));
  const nested = (depth: number, rows: readonly (readonly [string, Uint8Array])[]): TlvInput[] => {
    const byNode = new Map<number, (readonly [string, Uint8Array])[]>();
    for (const row of rows) {
      const node = parseInt(row[0].split('.')[depth] ?? '0', 16);
      byNode.set(node, [...(byNode.get(node) ?? []), row]);
    }
    return [...byNode].map(([node, below]) => {
      const [first] = below;
      const isLeaf = below.length === 1 && first?.[0].split('.').length === depth + 1;
      return isLeaf
        ? { tag: toHex(Uint8Array.of(0xc0 | node)), value: first[1] }
        : { tag: toHex(Uint8Array.of(0xe0 | node)), children: nested(depth + 1, below) };
    });
  };
  const from = form === 'simple' ? nodes.length - 1 : 1;
  return head.map((object) => (object.tag === '89' ? { tag: '89', value: encodeTlv(nested(from, branch)) } : object));
}

export const setProperty: Handler = ({ payload }, { properties, reply }) => {
  const [asked] = readProperties(payload);
  if (!asked || asked.value.length === 0 || !properties.set(asked.oid, asked.value)) reply(REFUSED, UNKNOWN_PROPERTY);
  else reply(DONE, SUCCESS, payload);
};
