/** A page that has a reader of its own: it comes and goes with the page. */
import { Heading } from '../../Heading';
import { Till } from '../../Till';
import { readerUrl } from '../../reader-url';

export default async function OwnPage({ params }: { params: Promise<{ page: string }> }) {
  return (
    <>
      <Till url={await readerUrl()} />
      <Heading folder="own" page={(await params).page} />
    </>
  );
}
