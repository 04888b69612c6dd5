/**
 * The properties of two readers beside each other: only what differs. Hidden values are never compared.
 * It does not know where they come from: a reader, a file, a fleet.
 */
import { SERIAL_NUMBER } from '../tables/oids.js';
import { propertyInfo } from '../tables/properties.js';
import type { PropertyEntries, PropertyEntry } from './property-entry.js';

/** A property that is not the same at both. */
export interface PropertyDifference {
  readonly oid: string;
  /** As in the table of properties; empty where no source names it. */
  readonly name: string;
  /** Whether it is a setting, which can be changed; else it is a fact or a state. */
  readonly isSetting: boolean;
  /** What the first one has; absent where it does not have the property. */
  readonly a?: PropertyEntry;
  readonly b?: PropertyEntry;
}

export interface PropertyComparison {
  /** Settings first, then by identifier. */
  readonly differences: readonly PropertyDifference[];
  /** How many are the same. */
  readonly same: number;
  /** Identifiers that both have, and that could not be compared because a value is hidden. */
  readonly hidden: readonly string[];
}

/** Properties whose first node is 1 are settings, those of 2 facts and states [DP]. */
export const isSetting = (oid: string): boolean => oid.startsWith('1.');

/** Compares the properties of two readers, or of one at two times. */
export function compareProperties(a: PropertyEntries, b: PropertyEntries): PropertyComparison {
  const differences: PropertyDifference[] = [];
  const hidden: string[] = [];
  let same = 0;
  for (const oid of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(byNodes)) {
    // It is what tells the two apart.
    if (oid === SERIAL_NUMBER) continue;
    const [ours, theirs] = [entryOf(a, oid), entryOf(b, oid)];
    if (ours && theirs) {
      if ('hidden' in ours || 'hidden' in theirs) {
        hidden.push(oid);
        continue;
      }
      if (ours.hex === theirs.hex) {
        same++;
        continue;
      }
    }
    differences.push({
      oid,
      name: propertyInfo(oid)?.name ?? '',
      isSetting: isSetting(oid),
      ...(ours ? { a: ours } : {}),
      ...(theirs ? { b: theirs } : {}),
    });
  }
  return { differences, same, hidden };
}

const entryOf = (entries: PropertyEntries, oid: string): PropertyEntry | undefined =>
  Object.hasOwn(entries, oid) ? entries[oid] : undefined;

/** Identifiers by their nodes, which are hexadecimal; one that another begins with comes before it. */
function byNodes(first: string, second: string): number {
  const [a, b] = [first, second].map((oid) => oid.split('.').map((node) => parseInt(node, 16))) as [number[], number[]];
  const at = a.findIndex((node, index) => node !== b[index]);
  return at < 0 ? -1 : (a[at] as number) - (b[at] ?? -1);
}
