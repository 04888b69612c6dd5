/** The network addresses that a page may use, and where they lead. */
import { TransportError, type Destination, type TransportDetailCode } from './transport.js';

/** Schemes that encrypt what travels. */
const ENCRYPTED: ReadonlySet<string> = new Set(['wss:', 'mqtts:']);

/** What an address is called. */
export interface AddressName {
  /** E.g. “WebSocket address”. */
  readonly name: string;
  /** Says that a text is none; its value is the `address`. */
  readonly none: TransportDetailCode;
}

export interface AddressRules {
  /** Schemes that can be used, with their colon, the best one first. */
  readonly schemes: readonly string[];
  readonly name: AddressName;
  /** Accepts unencrypted addresses of other hosts than this computer. */
  readonly allowInsecure: boolean;
}

/**
 * The address in the form that URL gives it, if it may be used.
 * @throws {TransportError} `bad-address` or `insecure-address`.
 */
export function checkAddress(text: string, { schemes, name, allowInsecure }: AddressRules): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !schemes.includes(url.protocol)) {
    const known = schemes.map((scheme) => `${scheme}//`).join(' or ');
    const shown = shownAddress(text);
    throw new TransportError('bad-address', `“${shown}” is not a valid ${name.name}: it must begin with ${known}.`, {
      because: { code: name.none, values: { address: shown } },
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TransportError('bad-address', 'The address must not contain a user name or password.', {
      because: { code: 'address-with-user' },
    });
  }
  if (url.hash !== '')
    throw new TransportError('bad-address', 'The address must not contain a fragment (#).', {
      because: { code: 'address-with-fragment' },
    });
  if (!ENCRYPTED.has(url.protocol) && !allowInsecure && !isLoopback(url.hostname)) {
    throw new TransportError('insecure-address', `${url.host} is not this computer.`, {
      because: { code: 'not-this-computer', values: { host: url.host } },
    });
  }
  return url.href;
}

/**
 * An address without what may be secret in it: user name and password, query and fragment. Also of a text that is not an address,
 * such as one whose scheme was forgotten: there, everything before the last @ may be a password.
 */
export function shownAddress(text: string): string {
  const { host = '', username = '', password = '' } = URL.canParse(text) ? new URL(text) : {};
  const isClear = host !== '' && username === '' && password === '';
  const [, scheme = '', rest = ''] = /^(\s*[a-z][a-z\d+.-]*:[/\\]+)?(.*)$/is.exec(text) ?? [];
  const [, place = '', end = '', hidden = ''] = /^([^?#]*)([?#]?)(.*)$/s.exec(rest) ?? [];
  // A password with a ? or # in it, or a query with an @: nobody can tell which.
  if (!isClear && hidden.includes('@')) return `${scheme}…`;
  return `${scheme}${isClear ? place : place.replace(/^.*@/s, '…@')}${end === '' ? '' : `${end}…`}`;
}

/** Where an address leads; undefined for text that is none. */
export function destinationOf(text: string): Destination | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && { url: url.href, isLoopback: isLoopback(url.hostname) };
}

/** Why a socket could not even be made: the page may not, or the address is none. */
export function constructionError(address: string, { name, none }: AddressName, cause: unknown): TransportError {
  const reason = (cause as { name?: unknown } | null)?.name;
  const shown = shownAddress(address);
  // Firefox throws this where the page's own policy forbids it, which the policy's own event explains.
  if (reason === 'NS_ERROR_CONTENT_BLOCKED') return new TransportError('unreachable', 'The browser blocked it.');
  if (reason === 'SecurityError')
    return new TransportError('mixed-content', 'This page may not open unencrypted connections.', {
      because: { code: 'unencrypted-forbidden' },
    });
  return new TransportError('bad-address', `“${shown}” is not a valid ${name}.`, {
    because: { code: none, values: { address: shown } },
    // A cause quotes the address: not where something in it may be secret.
    ...(shown === address ? { cause } : {}),
  });
}

/** Whether a host name, as URL writes it, always means this computer (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
