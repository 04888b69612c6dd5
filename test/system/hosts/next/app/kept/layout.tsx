/** Pages around which the reader stays, whichever is shown. */
import type { ReactNode } from 'react';
import { Till } from '../Till';
import { readerUrl } from '../reader-url';

export default async function KeptLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Till url={await readerUrl()} />
      {children}
    </>
  );
}
