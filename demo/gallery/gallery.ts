/** Every state of every element: for the pages that show them, the pictures that are taken and the tests that look at them. */
import type { States } from './state.js';
import { reader, status } from './states/connection.js';
import { cardData, deviceInfo, signature } from './states/data.js';
import { display } from './states/display.js';
import { commandPanel, log } from './states/service.js';
import { receipt } from './states/receipt.js';
import { setup } from './states/setup.js';
import { simulator } from './states/simulator.js';
import { transaction } from './states/transaction.js';
import { updater } from './states/updater.js';
import { Stage } from './stage.js';

/** States by the name of the element, without its prefix. */
export const gallery = {
  reader,
  status,
  transaction,
  display,
  'device-info': deviceInfo,
  'card-data': cardData,
  signature,
  'command-panel': commandPanel,
  log,
  receipt,
  setup,
  updater,
  simulator,
} as const satisfies Readonly<Record<string, States>>;

/** Name of an element, without its prefix. */
export type GalleryName = keyof typeof gallery;

export const isGalleryName = (name: string): name is GalleryName => Object.hasOwn(gallery, name);

/** Puts an element into a page, in one of its states. @throws {Error} where there is no such state, or it is not reached. */
export async function present(place: Element, name: GalleryName, state: string): Promise<Stage> {
  const found = gallery[name][state];
  if (!found) throw new Error(`magtek-${name} has no state “${state}”`);
  const stage = new Stage({ tag: `magtek-${name}`, ...found });
  stage.enter(place);
  await found.reach?.(stage);
  await stage.settle();
  return stage;
}
