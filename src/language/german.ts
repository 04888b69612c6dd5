/** The words of all elements in German. */
import { errors } from './german/errors.js';
import { fleet } from './german/fleet.js';
import { log } from './german/log.js';
import { panel } from './german/panel.js';
import { receipt } from './german/receipt.js';
import { sale } from './german/sale.js';
import { setup } from './german/setup.js';
import { simulator } from './german/simulator.js';
import { updater } from './german/updater.js';
import type { Words } from './words.js';

export const german: Words = {
  ...sale,
  ...fleet,
  ...log,
  ...panel,
  ...receipt,
  ...setup,
  ...simulator,
  ...updater,
  ...errors,
};
