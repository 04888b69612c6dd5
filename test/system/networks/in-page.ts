/** The steps of a test in a page of the shop, with a bare WebSocket and with the elements. */
import type { Frame, Page } from 'puppeteer-core';

/** Milliseconds for a connection to open or fail. */
const PATIENCE = 8_000;

/** `open`, `closed`, or the name of what the constructor throws. */
export const openBare = (page: Page, url: string): Promise<string> =>
  page.evaluate(
    (address, patience) =>
      new Promise<string>((resolve) => {
        try {
          const socket = new WebSocket(address);
          socket.onopen = () => {
            resolve('open');
            socket.close();
          };
          socket.onclose = () => {
            resolve('closed');
          };
          setTimeout(resolve, patience, 'neither');
        } catch (error) {
          resolve((error as Error).name);
        }
      }),
    url,
    PATIENCE,
  );

/** What of a reader element is used here. */
interface ReaderElement extends HTMLElement {
  readonly state: string;
  readonly error?: { readonly code: string; readonly because?: { readonly code: string } };
  connect(): Promise<void>;
}

/** Puts a reader element into the page; gives the state in which it comes to rest, or the code of its error. */
export const addReader = (
  page: Page | Frame,
  attributes: Readonly<Record<string, string>>,
  patience = PATIENCE,
): Promise<string> =>
  page.evaluate(
    async (given, most) => {
      await customElements.whenDefined('magtek-reader');
      const element = document.createElement('magtek-reader') as ReaderElement;
      for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
      document.body.append(element);
      const end = performance.now() + most;
      while (performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (element.state === 'ready') return 'ready';
        if (element.error) return element.error.code;
      }
      return element.state;
    },
    attributes,
    patience,
  );

/** As a click on a button does: `ready`, or the code of the error. */
export const connectReader = (page: Page | Frame): Promise<string> =>
  page.evaluate(async () => {
    const element = document.querySelector('magtek-reader') as ReaderElement;
    return element.connect().then(
      () => element.state,
      (error: unknown) => (error as { code: string }).code,
    );
  });

/** What is particular to the error that is shown. */
export const reasonOf = (page: Page | Frame): Promise<string | undefined> =>
  page.evaluate(() => (document.querySelector('magtek-reader') as ReaderElement).error?.because?.code);

export const waitForState = (page: Page | Frame, state: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => (document.querySelector('magtek-reader') as ReaderElement | null)?.state === wanted,
    { timeout: 2 * PATIENCE, polling: 50 },
    state,
  );

/** Cuts the connection; resolves when it was lost and is there again. */
export async function reopens(page: Page, cut: () => void): Promise<void> {
  await page.evaluate(() => {
    const passed: string[] = [];
    Object.assign(globalThis, { passed });
    document.addEventListener('magtek-state-change', ({ detail }) => passed.push(detail.state));
  });
  cut();
  await page.waitForFunction(
    () => (globalThis as unknown as { passed: string[] }).passed.join(' ').endsWith('reconnecting ready'),
    { timeout: 2 * PATIENCE, polling: 50 },
  );
}

/** How many sockets the page has made. */
export const attemptsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { attempts: number }).attempts);
