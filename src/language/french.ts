/** The words of all elements in French. */
import { errors } from './french/errors.js';
import { fleet } from './french/fleet.js';
import { log } from './french/log.js';
import { panel } from './french/panel.js';
import { receipt } from './french/receipt.js';
import { sale } from './french/sale.js';
import { setup } from './french/setup.js';
import { simulator } from './french/simulator.js';
import { updater } from './french/updater.js';
import type { Words } from './words.js';

export const french: Words = {
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
