/**
 * A value that an attribute or property cannot have, as the error that its element shows: one rule for all of them. The element
 * with the wrong value says so; nothing else of the page is affected.
 */
import { badOption as refuse } from '../../connection/bad-option.js';
import type { ReaderError } from '../../connection/reader-error.js';

/** @param name Of the attribute. @param what What it must be, for people. */
export const badOption = (name: string, what: string, cause?: unknown): ReaderError =>
  refuse(name, `${name} ${what}.`, cause);

/** What has no text that can be shown, such as an object, shows as nothing. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
