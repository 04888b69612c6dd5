/** The words of all elements in German. */
import { errors } from './german/errors.js';
import { sale } from './german/sale.js';
import type { Words } from './words.js';

export const german: Words = { ...sale, ...errors };
