/**
 * One HTTP request to a gateway's service, never repeated: credentials from the environment, an address that can be trusted, an
 * answer of any kind. It knows nothing of payments.
 */

/** Where variables are read from. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  readonly customerCode: string;
  readonly username: string;
  readonly password: string;
}

const variables = {
  customerCode: 'MAGENSA_CUSTOMER_CODE',
  username: 'MAGENSA_USERNAME',
  password: 'MAGENSA_PASSWORD',
} as const;

/**
 * The merchant's credentials. They are never given in code, where they would end up in a repository.
 * @throws {Error} naming the variables that are missing.
 */
export function readCredentials(environment: Environment): Credentials {
  const missing = Object.values(variables).filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`The gateway’s credentials are missing: set ${missing.join(', ')}.`);
  const read = (name: keyof typeof variables): string => environment[variables[name]] ?? '';
  return { customerCode: read('customerCode'), username: read('username'), password: read('password') };
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

/**
 * The address of a service, ending in a slash.
 * @throws {RangeError} unless it is https (or this computer), without user, query and fragment.
 */
export function serviceAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !isSafe || url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
    throw new RangeError('The address of a gateway must be https://, without user, query and fragment.');
  }
  return new URL(url.pathname.endsWith('/') ? url : `${url.href}/`);
}

/** What a service has answered. */
export interface ServiceAnswer {
  readonly status: number;
  /** Its JSON; undefined where it is something else, such as the HTML of a proxy. */
  readonly json: unknown;
}

/** Bytes of the largest answer that is read. */
const LARGEST_ANSWER = 1_048_576;

/** @throws {Error} where there is no whole answer; whether the request arrived is not known then. */
export async function requestOnce(
  url: URL,
  init: {
    readonly method: 'GET' | 'POST';
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
): Promise<ServiceAnswer> {
  let response: Response;
  try {
    // A redirect would send card data and credentials to another address, or the same request a second time.
    response = await fetch(url, { ...init, redirect: 'error' });
  } catch (cause) {
    const { code } = Object((cause as Error).cause) as { code?: string };
    throw new Error(`${(cause as Error).message}${code === undefined ? '' : ` (${code})`}`, { cause });
  }
  return { status: response.status, json: parse(await readText(response)) };
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LARGEST_ANSWER) throw new Error('the answer is too long');
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
