/**
 * The support bundle of a reader as a file.
 * It knows what a page may say of itself; what is secret is for the client layer to know.
 */
import type { ReaderClient } from '../../client/reader-client.js';
import { makeSupportBundle, type SupportBundle } from '../../client/service/support-bundle.js';
import { VERSION } from '../../version.js';
import { download } from '../shared/download.js';

/** Makes the bundle and gives it to the person; resolves with what is in it. */
export async function saveSupportBundle(client: ReaderClient): Promise<SupportBundle> {
  const bundle = await makeSupportBundle({
    client,
    versions: { 'magtek-elements': VERSION },
    environment: {
      // The origin only: paths and queries of a shop may hold names and keys.
      origin: location.origin,
      userAgent: navigator.userAgent,
      language: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      isOnline: navigator.onLine,
      isSecureContext,
      visibility: document.visibilityState,
      screen: `${String(screen.width)} × ${String(screen.height)}`,
      pixelRatio: devicePixelRatio,
    },
    made: new Date().toISOString(),
  });
  const name = `reader-support-${bundle.made.replace(/[:.]/g, '-')}.json`;
  download(JSON.stringify(bundle, undefined, 2), name, 'application/json');
  return bundle;
}
