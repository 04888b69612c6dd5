/** The readers that people have named, kept in the browser's storage. What an address may keep secret is not among it. */
import { shownAddress } from '../../transports/network-address.js';

/** How a reader is reached. */
export const carriers = ['network', 'hid', 'serial', 'ble', 'mqtt'] as const;
export type Carrier = (typeof carriers)[number];

/** Whether it goes over a network; the others are chosen from a list of the browser. */
export const hasAddress = (carrier: Carrier): boolean => carrier === 'network' || carrier === 'mqtt';

export interface SavedReader {
  readonly name: string;
  readonly carrier: Carrier;
  /** Of the reader, or of its broker; empty where the browser lists the readers. */
  readonly address: string;
  /** Path of the reader at its broker. */
  readonly device: string;
}

const KEY = 'magtek-elements/readers';

/** The address without user, password, query and fragment; of a text that is not an address, what is certainly none of these. */
export function withoutSecrets(address: string): string {
  const { protocol = '', host = '', pathname = '' } = URL.canParse(address) ? new URL(address) : {};
  if (host === '') return shownAddress(address).replace(/…@|[?#]?…/g, '');
  return `${protocol}//${host}${pathname}`;
}

/** Those that were kept; what somebody else has written there is left out. */
export function loadReaders(): readonly SavedReader[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter(isSavedReader) : [];
  } catch {
    return [];
  }
}

/** Keeps them where the browser lets the page. */
export function saveReaders(readers: readonly SavedReader[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(readers));
  } catch {
    // They are there until the page is left.
  }
}

function isSavedReader(value: unknown): value is SavedReader {
  const { name, carrier, address, device } = (value ?? {}) as Partial<Record<keyof SavedReader, unknown>>;
  return (
    typeof name === 'string' &&
    carriers.some((one) => one === carrier) &&
    typeof address === 'string' &&
    typeof device === 'string'
  );
}
