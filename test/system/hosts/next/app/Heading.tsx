/** Which page it is, and the way to the next one. */
import Link from 'next/link';

export function Heading({ folder, page }: { readonly folder: string; readonly page: string }) {
  return (
    <>
      <h1>Page {page}</h1>
      <Link id="next" href={`/${folder}/${Number(page) + 1}`} prefetch={false}>
        Next
      </Link>
    </>
  );
}
