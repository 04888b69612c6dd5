/** Resolves when a signal is aborted: a command that runs until the person interrupts waits for it. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', (): void => resolve(), { once: true });
  });
