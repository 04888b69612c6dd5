/** The words of all elements in French. */
import { errors } from './french/errors.js';
import { fleet } from './french/fleet.js';
import { log } from './french/log.js';
import { panel } from './french/panel.js';
import { sale } from './french/sale.js';
import { setup } from './french/setup.js';
import { simulator } from './french/simulator.js';
import type { Words } from './words.js';

export const french: Words = { ...sale, ...fleet, ...log, ...panel, ...setup, ...simulator, ...errors };
