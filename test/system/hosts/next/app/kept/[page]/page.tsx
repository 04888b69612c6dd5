/** A page without a reader of its own. */
import { Heading } from '../../Heading';

export default async function KeptPage({ params }: { params: Promise<{ page: string }> }) {
  return <Heading folder="kept" page={(await params).page} />;
}
