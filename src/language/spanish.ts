/** The words of all elements in Spanish. */
import { errors } from './spanish/errors.js';
import { fleet } from './spanish/fleet.js';
import { log } from './spanish/log.js';
import { panel } from './spanish/panel.js';
import { receipt } from './spanish/receipt.js';
import { sale } from './spanish/sale.js';
import { setup } from './spanish/setup.js';
import { simulator } from './spanish/simulator.js';
import { updater } from './spanish/updater.js';
import type { Words } from './words.js';

export const spanish: Words = {
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
