/**
 * Notices that the page's own content security policy forbids a connection: the socket itself does not say so, and in Chromium
 * it does not even close.
 */
import type { PolicyWatch } from '../connection/environment.js';
import type { Destination } from '../transports/transport.js';

/** Milliseconds after a failure within which the browser reports the reason. */
const MOMENT = 100;

export function watchPolicy({ url }: Destination): PolicyWatch {
  const { host, protocol } = new URL(url);
  const stop = new AbortController();
  let directive: string | undefined;
  let settle: (() => void) | undefined;
  const onViolation = ({ blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    const blocked = URL.canParse(blockedURI) ? new URL(blockedURI) : undefined;
    if (disposition !== 'enforce' || blocked?.host !== host || blocked.protocol !== protocol) return;
    directive ??= effectiveDirective;
    settle?.();
  };
  document.addEventListener('securitypolicyviolation', onViolation, { signal: stop.signal });
  return {
    violated: async () => {
      if (directive === undefined)
        await new Promise<void>((resolve) => {
          settle = resolve;
          setTimeout(resolve, MOMENT);
        });
      return directive;
    },
    stop: () => stop.abort(),
  };
}
