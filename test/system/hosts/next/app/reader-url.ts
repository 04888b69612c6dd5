/** The address of the reader as the server knows it when a page is asked for. */
import { connection } from 'next/server';

export async function readerUrl() {
  await connection();
  return process.env['READER_URL'] ?? '';
}
