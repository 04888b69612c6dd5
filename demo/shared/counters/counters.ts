/** What the pages in `demo/react` and its neighbours share: which readers there are, and the host that decides. No framework. */

/** One reader of the shop. */
export interface CounterSettings {
  readonly name: string;
  /** Address of the reader; empty for a simulated one. */
  readonly url: string;
}

/** The shop’s settings, which its server gives to the page: an address in a link would let a stranger name the reader. */
export async function loadCounters(): Promise<CounterSettings[]> {
  const response = await fetch('readers.json');
  if (!response.ok) throw new Error(`readers.json: status ${String(response.status)}`);
  return (await response.json()) as CounterSettings[];
}

/** Above this the host declines. */
const LIMIT = 50;

/** Stands for a request to the shop’s own server, which would send the encrypted card data on to its bank. */
export async function askHost({
  amount,
}: {
  readonly amount: string;
}): Promise<{ approved: boolean; message: string }> {
  const approved = Number(amount) <= LIMIT;
  return Promise.resolve({ approved, message: approved ? 'Approved.' : 'Above the limit.' });
}
