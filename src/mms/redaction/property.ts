/**
 * Values of properties in D101 and D111: those of the wireless and MQTT settings are hidden.
 * It does not know what the other properties mean.
 */
import { readProperties, type PropertyValue } from '../oid.js';
import { findNode, type TlvNode } from '../tlv.js';
import { hideCardNumbers } from './content.js';
import { mask, maskAll } from './mask.js';
import { isTip } from './tip.js';

/**
 * Network settings: user names, passwords, addresses. Not among them are those of USB (1.2.2.2), and numbers that give nothing away:
 * security and address mode, connections, WLAN mode [PJ].
 */
const NETWORK = /^1\.2\.2\.(?!2\.|1\.1\.(?:3|5|A|11)$)/;

const TIP_BUTTONS = '1.1.1.1.2.2';

/** Hides what tag 89 shows of secret properties; all of it where it cannot be told which properties it holds. */
export function hidePropertyValues(payload: readonly TlvNode[]): void {
  const values = tryRead(payload);
  if (values === undefined) {
    maskAll(payload.filter(({ tag }) => tag === '89'));
    return;
  }
  for (const { oid, value } of values) hidePropertyValue(oid, value);
}

/** Whether the value of a property is never shown, whatever it is. */
export const isHiddenProperty = (oid: string): boolean => NETWORK.test(oid);

/** Hides what must not be shown of one value, in place. */
export function hidePropertyValue(oid: string, value: Uint8Array): void {
  if (isHiddenProperty(oid)) mask(value);
  else if (oid !== TIP_BUTTONS || !isTip(value)) hideCardNumbers(value);
}

function tryRead(payload: readonly TlvNode[]): PropertyValue[] | undefined {
  const tags = payload.map(({ tag }) => tag);
  const isRepeated = (tag: string): boolean => tags.indexOf(tag) !== tags.lastIndexOf(tag);
  if (!findNode(payload, '85')?.value.length || ['85', '87', '89'].some(isRepeated)) return undefined;
  try {
    return readProperties(payload);
  } catch {
    return undefined;
  }
}
