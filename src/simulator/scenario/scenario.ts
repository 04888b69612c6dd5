/** The type of a scenario: a reader and the steps that happen to it, as a plain value, as in a JSON file. */
import type { FaultName } from '../faults/index.js';
import type { Point } from '../signature.js';
import type { ReaderFace } from '../face.js';
import type { SimulatedReaderOptions } from '../options.js';
import type { BarcodeType } from '../user-events.js';
import type { TestCardName } from '../test-cards.js';

/** When a step happens. */
export interface StepTime {
  /** Waits until the reader is in this state, or its sale in this phase. */
  readonly when?: ReaderFace['state'] | NonNullable<ReaderFace['phase']>;
  /** Waits so many milliseconds more. */
  readonly after?: number;
}

/** One thing that a cardholder, or chance, does. */
export type ScenarioStep = StepTime &
  (
    | { readonly do: 'insert' | 'tap' | 'swipe' | 'type'; readonly card?: TestCardName }
    | { readonly do: 'remove' | 'collide' | 'cancel' | 'restart' | 'wait' }
    | { readonly do: 'enterPin'; readonly pin?: string }
    | { readonly do: 'sign'; readonly strokes: readonly (readonly Point[])[] }
    | { readonly do: 'touch'; readonly x: number; readonly y: number }
    | { readonly do: 'select'; readonly index: number }
    | { readonly do: 'scan'; readonly text: string; readonly type?: BarcodeType }
    /** Refuses the next command with a status detail, six hexadecimal digits. */
    | { readonly do: 'refuse'; readonly status: string }
    | { readonly do: 'startFault'; readonly fault: FaultName }
    | { readonly do: 'endFault'; readonly fault?: FaultName }
  );

export interface Scenario {
  /** For people. */
  readonly name?: string;
  /** How the reader is made. */
  readonly reader?: Omit<SimulatedReaderOptions, 'clock' | 'encryption'>;
  readonly steps: readonly ScenarioStep[];
  /** Begins again after the last step. Default false. */
  readonly repeat?: boolean;
}
