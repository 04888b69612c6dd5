/**
 * Probes whether anything answers at the address of a WebSocket that could not be opened. Browsers do not say why it could not: a path
 * that the broker does not serve looks like a computer that is off. It reads nothing of the answer.
 */

/** Milliseconds that an answer may take. */
const PATIENCE = 3_000;

/** Where the platform has no `fetch`, or the page may not use it, nothing is known: false. */
export async function somethingAnswers(address: string): Promise<boolean> {
  if (!/^wss?:/.test(address) || typeof fetch !== 'function') return false;
  try {
    // Not readable for the page, but told apart from a network that does not reach it. No “redirect”: browsers refuse every request
    // that is “no-cors” and does not follow redirects.
    await fetch(address.replace(/^ws/, 'http'), {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return true;
  } catch {
    return false;
  }
}
