/**
 * The till of the shop: rendered by the server, and taken over by React in the browser. Taking over sets neither functions nor
 * properties nor listeners of custom elements, so those come with the rendering after it.
 */
'use client';

import 'magtek-elements';
import type { AuthorizeRequest, MagtekTransactionCompleteEvent } from 'magtek-elements';
import type {} from 'magtek-elements/types/react';
import { useState, useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False on the server and while its page is taken over, true in the rendering that follows. */
const useIsTakenOver = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

async function askHost({ amount }: AuthorizeRequest) {
  const response = await fetch('/authorize', { method: 'POST', body: JSON.stringify({ amount }) });
  return (await response.json()) as { approved: boolean; message: string };
}

export function Till({ url }: { readonly url: string }) {
  const [outcome, setOutcome] = useState('');
  const inBrowser = {
    autoConnect: true,
    authorize: askHost,
    'onmagtek-transaction-complete': ({ detail }: MagtekTransactionCompleteEvent) => setOutcome(detail.outcome),
  };

  return (
    <>
      <magtek-reader url={url} journal-size={200} suppressHydrationWarning {...(useIsTakenOver() ? inBrowser : {})}>
        <magtek-status />
        <magtek-transaction amount="4.60" currency="EUR" />
        <magtek-log />
      </magtek-reader>
      <p className="outcome">{outcome}</p>
    </>
  );
}
