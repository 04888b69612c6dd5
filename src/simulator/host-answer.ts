/**
 * The host's answer to an ARQC in full EMV, as command 1004 brings it [DP 1004, SAMPLE].
 * It does not know the sale that it belongs to.
 */
import type { MmsRequest } from '../mms/message.js';
import { decodeTlv, findNode, type TlvNode } from '../mms/tlv.js';

export interface HostAnswer {
  /** Authorisation response code (8A), two characters. */
  readonly code: string;
  readonly isApproval: boolean;
}

/** Value of 81: the answer of the host to a reader that waits for it [DP 1004]. */
const HOST_ANSWER = 0x00;

/** Response codes with which a card takes the answer for a yes: approved, with identification, partially, VIP (ISO 8583). */
const approvals: ReadonlySet<string> = new Set(['00', '08', '10', '11']);

/**
 * The answer with or without MAC, which is not checked; undefined where it is not one, or is for another reader.
 * @param serialNumber Of the reader; the answer repeats it as the ARQC gave it.
 */
export function readHostAnswer({ payload }: MmsRequest, serialNumber: string): HostAnswer | undefined {
  const data = findNode(payload, '84')?.value;
  if (findNode(payload, '81')?.value[0] !== HOST_ANSWER || !data) return undefined;
  const list = read(data);
  const [container] = list;
  if (container?.tag !== 'FF74' && container?.tag !== 'F9') return undefined;
  const textOf = (path: string): string | undefined => {
    const value = findNode(list, `${container.tag}/${path}`)?.value;
    return value && new TextDecoder().decode(value);
  };
  const code = textOf('FA/70/8A');
  if (code?.length !== 2 || textOf('DFDF25') !== serialNumber) return undefined;
  return { code, isApproval: approvals.has(code) };
}

/** With MAC the container F9 has two bytes of its length before it, and padding and MAC behind it. */
function read(data: Uint8Array): readonly TlvNode[] {
  const hasMac = data[2] === 0xf9;
  const length = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
  try {
    return decodeTlv(hasMac ? data.subarray(2, 2 + length) : data);
  } catch {
    return [];
  }
}
