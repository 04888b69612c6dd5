/**
 * Reads the body of a request, at most so many bytes of it: JSON, or a form in which one field holds the JSON of a
 * `<magtek-transaction>`.
 */
import { Refusal } from './refusal.js';

/** Bytes of the largest body. An ARQC takes about two thousand. */
export const LARGEST_BODY = 65_536;

/** @throws {Refusal} `body-too-large`, or `bad-body` where it is neither JSON nor such a form. */
export async function readBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  const type = request.headers.get('content-type') ?? '';
  if (/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return readForm(bytes, type);
  return parseJson(bytes);
}

/** The body of an operation, which may be left out. */
export async function readOptionalBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  return bytes.length === 0 ? {} : parseJson(bytes);
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length')) > LARGEST_BODY) throw new Refusal('body-too-large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Refusal('body-too-large');
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('bad-body', 'body');
  }
}

/** The one field of a form that holds the value of a `<magtek-transaction>`; its name is the page's choice. */
async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<unknown> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new Refusal('bad-body', 'body');
  }
  const sales = [...form.values()].flatMap((value) => {
    const sale = typeof value === 'string' ? parseObject(value) : undefined;
    return sale && 'arqc' in sale ? [sale] : [];
  });
  if (sales.length !== 1) throw new Refusal('bad-body', 'body');
  return sales[0];
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
