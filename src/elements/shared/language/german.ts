/** The words of all elements in German. */
import { errors } from './german/errors.js';
import { log } from './german/log.js';
import { sale } from './german/sale.js';
import type { Words } from './words.js';

export const german: Words = { ...sale, ...log, ...errors };
