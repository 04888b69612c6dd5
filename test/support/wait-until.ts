/** Waits in browsers. A busy computer needs more than the second that tests are given otherwise. */
import { waitUntil as waitFor } from '@open-wc/testing';

const PATIENCE = 10_000;

/** Waits until a condition holds. @param what What is waited for, for the error. */
export const waitUntil = (
  condition: () => unknown,
  what?: string,
  { timeout = PATIENCE, ...others }: { readonly timeout?: number; readonly interval?: number } = {},
): Promise<void> => waitFor(() => condition(), what, { timeout, ...others });
