/** The broker with simulated readers that `npm start` serves beside the page, where it can. */

/**
 * Its address for a WebSocket; it is started when the first page asks.
 * @throws {Error} that says what is missing, where there is none.
 */
export async function brokerAddress(): Promise<string> {
  const response = await fetch('/__broker');
  const { url, error } = (await response.json()) as { readonly url?: string; readonly error?: string };
  if (url === undefined) throw new Error(error ?? 'This server has no broker.');
  return url;
}
