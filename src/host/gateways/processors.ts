/**
 * Differences between the processors behind MPPG [EMV Acceptance Integration Guide, tables B and C]: the unit of their amounts, and what can be
 * done later by the processor's own id.
 */
import type { OperationKind } from '../gateway.js';
import type { AmountUnit } from './amounts.js';

export interface Processor {
  /** What its names begin with, e.g. `TSYS - Pilot`. */
  readonly name: string;
  readonly unit: AmountUnit;
  readonly operations: readonly OperationKind[];
}

const all: readonly OperationKind[] = ['void', 'refund', 'capture', 'reverse'];

const processors: readonly Processor[] = [
  // Capture by token only, no void.
  { name: 'Chase', unit: 'cents', operations: ['refund'] },
  // Everything by token only.
  { name: 'Elavon', unit: 'cents', operations: [] },
  { name: 'Rapid Connect', unit: 'cents', operations: [] },
  { name: 'EPX', unit: 'dollars', operations: all },
  { name: 'Heartland', unit: 'dollars', operations: all },
  { name: 'TSYS', unit: 'dollars', operations: all },
  { name: 'VantivExpress', unit: 'dollars', operations: all },
];

/** What is known of a processor by its name; of an unknown one that it is like most. */
export const processorOf = (processorName: string): Processor =>
  processors.find(({ name }) => processorName.startsWith(name)) ?? {
    ...{ name: processorName, unit: 'dollars', operations: all },
  };
