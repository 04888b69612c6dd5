/** The host of a shop, as browser tests steer it; `host-middleware.mjs` plays it. */

export interface ReceivedPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let count = 0;

/** A host at an address of its own, which answers every post alike. */
export async function startHost(status: number, body: string) {
  const address = `/__host/host${String(++count)}x${String(Date.now())}`;
  await fetch(address, { method: 'PUT', body: JSON.stringify({ status, body }) });
  return {
    address,
    /** Everything that was posted, in order. */
    received: async (): Promise<readonly ReceivedPost[]> => (await fetch(address)).json() as Promise<ReceivedPost[]>,
    /** Paths behind the address at which it was asked how a sale ended, in order. */
    asked: async (): Promise<readonly string[]> => (await fetch(`${address}?asked`)).json() as Promise<string[]>,
  };
}
