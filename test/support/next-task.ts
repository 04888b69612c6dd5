/** The next task of Node or of a page, which begins when every promise that can settle now has done so. */

/** Resolves in the next task, without the pause that pages add to timers which set each other. */
export const nextTask: () => Promise<void> =
  'setImmediate' in globalThis
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(undefined);
        });
