/**
 * The details of errors: one English template for each code. Other languages have the same codes (`detail.` in `language/`), and the
 * compiler reports one that is missing.
 * Carriers and operations that are loaded on demand bring the English of their own codes; so does the codec.
 */
import type { Because } from './because.js';
import { fill, type Placeholder } from './template.js';

/** What is particular to an error, with its values in braces. */
export const errorDetails = {
  host: 'The host is {host}.',
  directive: 'The directive is {directive}.',
  'not-delegated': 'The page around this frame does not pass the permission on.',
  'question-closed':
    'If the browser asked for permission and its question was closed, open the connection again and allow it.',
  'answers-without-socket': 'The host answers and its certificate is trusted, but it does not open a WebSocket.',
  'sale-id': 'Its id is {id}.',
  'no-such-sale': 'No transaction without an outcome has the id {id}.',
  'authorize-url': 'authorize-url must be an address of this page’s own origin.',
  'status-url': 'status-url must be an address of this page’s own origin.',
  'reverse-url': 'reverse-url must be an address of this page’s own origin.',
  ksn: 'Key serial number {ksn}.',
  // Names of tags, never values.
  'tags-in-clear': 'In clear: {tags}.',
  'no-reader': 'There is no reader.',
  'no-url': 'The reader element has no url.',
  'closed-by-page': 'It was closed by this page.',
  'page-left': 'The page was left.',
  'not-opened-in-time': 'It was neither opened nor refused in time.',
  'taken-over': 'Another tab or window of this browser has taken it over.',
  restarts: 'The reader is restarting.',
  // The text is what came with the close frame; it may be empty.
  'ended-without-a-word': 'The connection closed without a reason (close code {code}). {text}',
  'ended-by-reader': 'The reader ended it (close code {code}). {text}',
  'reader-silent': 'The reader {device} did not answer a question.',
  'host-silent': 'It did not answer in time.',
  'host-unclear': 'Its answer says neither yes nor no.',
  'inquiry-unclear': 'Its answer says neither yes, no nor unknown.',
  'no-host': 'Nobody in this page asks a host.',
  'requests-only': 'Only requests to the reader can be sent.',
  'no-completion-known': 'No notification is known that completes this command.',
  'end-not-told': 'The reader did not say how the transaction ended.',
} as const;

/** Templates by code. */
type Templates = Readonly<Record<string, string>>;

type Places<Table extends Templates, Code extends keyof Table> = Placeholder<Table[Code]>;

/** Makes details of a table of templates. */
export const detailsOf =
  <Table extends Templates>(table: Table) =>
  <Code extends keyof Table & string>(
    code: Code,
    ...[values]: [Places<Table, Code>] extends [never] ? [] : [Readonly<Record<Places<Table, Code>, string>>]
  ): { readonly detail: string; readonly because: Because<Code> } => ({
    detail: fill(table[code] as string, values).trimEnd(),
    because: values ? { code, values } : { code },
  });

/** The detail of an error in English and as data: `new ReaderError('unreachable', detailed('reader-silent', { device }))`. */
export const detailed = detailsOf(errorDetails);
