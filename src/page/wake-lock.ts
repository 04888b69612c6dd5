/**
 * Keeps the screen on during a sale, where the platform can and allows it.
 * It does not know sales.
 */

/** Holds a screen wake lock until the returned function is called; taken again when the page is seen again. */
export function keepAwake(): () => void {
  let isWanted = true;
  let isAsking = false;
  let lock: WakeLockSentinel | undefined;

  const request = async (): Promise<void> => {
    // The platform itself ends a lock when the page is hidden.
    if (document.visibilityState === 'hidden' || isAsking || lock?.released === false) return;
    isAsking = true;
    try {
      const granted = await (navigator as Partial<Navigator>).wakeLock?.request('screen');
      if (isWanted) lock = granted;
      else await granted?.release();
    } catch {
      // Refused on low battery, for example: a sale goes on without it.
    } finally {
      isAsking = false;
    }
  };
  const onVisibilityChange = (): void => {
    void request();
  };

  document.addEventListener('visibilitychange', onVisibilityChange);
  void request();
  return () => {
    isWanted = false;
    document.removeEventListener('visibilitychange', onVisibilityChange);
    lock?.release().catch(() => undefined);
  };
}
