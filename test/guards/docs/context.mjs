/**
 * What a sample may use without having made it: a fence names what it takes after its language, as in “js client”.
 * It stands in a page of the tests, which has a reader element, and its types are checked with the samples.
 */
import 'magtek-elements';

const found = document.querySelector('magtek-reader');
if (!found) throw new Error('the page has no reader');

/** The reader element of the page, connected. */
export const reader = found;
await reader.connect();

if (!reader.client) throw new Error('the reader of the page has no client');
/** A client with a connection. */
export const client = reader.client;

/**
 * The host of a shop, which says yes.
 * @param {Uint8Array} arqc @param {string} amount @param {AbortSignal} signal
 * @returns {Promise<import('magtek-elements').Decision>}
 */
export async function askMyHost(arqc, amount, signal) {
  const body = JSON.stringify({ arqc: Array.from(arqc), amount });
  const response = await fetch('/authorize', { method: 'POST', body, signal });
  return response.json();
}
