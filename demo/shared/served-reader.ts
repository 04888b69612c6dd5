/** The simulated reader that `npm start` serves beside the page: its address, and the hands of the cardholder. */

/** Address for a WebSocket. */
export async function readerAddress(): Promise<string> {
  const { url } = (await ask('/__reader')) as { readonly url: string };
  return url;
}

/** Calls a method of the simulated reader, such as `insert`, with values that JSON can carry. */
export async function actOnReader(action: string, ...values: readonly unknown[]): Promise<void> {
  await ask(`/__reader/${action}`, { method: 'POST', body: JSON.stringify(values) });
}

async function ask(path: string, init?: RequestInit): Promise<object> {
  const response = await fetch(path, init);
  const answer = (await response.json()) as { readonly error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}
