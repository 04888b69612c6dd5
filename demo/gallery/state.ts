/** What a state of an element is: how the element is put on a stage, and how it gets there. */
import type { Stage, StageOptions } from './stage.js';

export interface GalleryState extends Omit<StageOptions, 'tag'> {
  /** For people. */
  readonly title: string;
  /** Brings it there; a state without is what the element is like at first. */
  readonly reach?: (stage: Stage) => Promise<void>;
}

/** States of an element by name. */
export type States = Readonly<Record<string, GalleryState>>;
