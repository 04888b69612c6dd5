/**
 * The topics of readers at an MQTT broker, below a path such as `MagTek/<group>/<model>/<serial>` for each reader, and what
 * is published as a reader's status [PJ]. It does not know how anything is published.
 */
import type { Presence, TopicPatterns } from './broker-options.js';
import { TransportError } from './transport.js';

/** What the vendor's demo listens to for the list of readers: `MagTek/<group>/<model>/<serial>/Status` [PJ]. */
export const ALL_READERS = 'MagTek/+/+/+';

/** The tree that readers are set to since 2025-09: `MagTek/US/<state>/<city>/<name>/<model>/<serial>` [PJ]. */
const NEWER_TREE = 'MagTek/US/+/+/+/+/+';

/** Both, as a list. */
export const BOTH_TREES = `${ALL_READERS}, ${NEWER_TREE}`;

/** Stands for the path of a reader in topics. */
const DEVICE = '{device}';

const defaults: Required<TopicPatterns> = {
  command: `${DEVICE}/SendCommand`,
  message: `${DEVICE}/MMSMessage`,
  status: `${DEVICE}/Status`,
};

/** The topics of one reader. */
export interface ReaderTopics {
  /** The path above the others, e.g. `MagTek/Shop12/DynaFlexIIPED/B571AF2`. */
  readonly path: string;
  /** To the reader: one message a publish, in hexadecimal text. */
  readonly command: string;
  /** From the reader: one message a publish, in hexadecimal text. */
  readonly message: string;
  /** Whether the reader is there. */
  readonly status: string;
}

/**
 * The topics below the path of a reader.
 * @throws {TransportError} `bad-address` for a path or topic that is empty, too long, or names more than one reader; also
 * where two of the topics are the same: answers could not be told from commands.
 */
export function readerTopics(path: string, patterns: TopicPatterns = {}): ReaderTopics {
  checkPath(path);
  const fill = (name: keyof TopicPatterns): string => {
    const topic = (patterns[name] ?? defaults[name]).replaceAll(DEVICE, () => path);
    checkPath(topic);
    if (/[+#]/.test(topic)) {
      throw new TransportError('bad-address', `“${topic}” names more than one reader: + and # are not allowed.`);
    }
    return topic;
  };
  const topics = { command: fill('command'), message: fill('message'), status: fill('status') };
  if (new Set(Object.values(topics)).size < 3) {
    throw new TransportError('bad-address', 'Commands, messages and status must have topics of their own.');
  }
  return { path, ...topics };
}

/** The paths and patterns of a list, which has commas or line ends between them. */
export const patternsIn = (list: string): string[] => [
  ...new Set(
    list
      .split(/[,\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/**
 * Where bridges are asked whether they are there: at the reader's own path, and for all readers of its group, which is what
 * stands before model and serial number. Ours: readers without a bridge know nothing of it.
 */
export function presenceTopics(path: string): { readonly own: string; readonly group: string | undefined } {
  const group = path.split('/').slice(0, -2).join('/');
  return { own: `${path}/Presence`, group: group === '' ? undefined : `${group}/Presence` };
}

/**
 * What is published there. `who`: whoever publishes a reader here, publish its status again. `details`: the same of its details.
 * `here` and the id of a bridge: its answer, with `selling` behind it while a sale runs there. `take-over` and the id of a bridge: it will publish this reader from now on.
 */
export const PRESENCE_WORDS = {
  who: 'who',
  details: 'details',
  here: 'here',
  selling: 'selling',
  takeOver: 'take-over',
} as const;

/**
 * The filter for the status topics of many readers.
 * @param paths their paths, where `+` stands for one level, e.g. `MagTek/Shop12/+/+`
 * @throws {TransportError} `bad-address` for a pattern that no broker takes.
 */
export function statusFilter(paths: string, { status = defaults.status }: TopicPatterns = {}): string {
  checkPath(paths);
  if (paths.includes('#') || paths.split('/').some((level) => level.includes('+') && level !== '+')) {
    throw new TransportError('bad-address', `“${paths}” is not a pattern of readers: use + for a whole level.`);
  }
  return status.replaceAll(DEVICE, () => paths);
}

/** The path of the reader whose status topic this is; undefined for another topic. */
export function pathOfStatus(topic: string, { status = defaults.status }: TopicPatterns = {}): string | undefined {
  const at = status.indexOf(DEVICE);
  const [before, after] = [status.slice(0, at), status.slice(at + DEVICE.length)];
  const isOne = at >= 0 && topic.length > before.length + after.length;
  if (!isOne || !topic.startsWith(before) || !topic.endsWith(after)) return undefined;
  return topic.slice(before.length, topic.length - after.length);
}

/** Whether a topic is among those that a filter names (MQTT 3.1.1 section 4.7). */
export function isMatch(filter: string, topic: string): boolean {
  if (!/[+#]/.test(filter)) return filter === topic;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  const isEveryLevel = wanted.at(-1) === '#';
  if (isEveryLevel ? levels.length < wanted.length - 1 : levels.length !== wanted.length) return false;
  return wanted.every((level, at) => level === '#' || level === '+' || level === levels[at]);
}

/**
 * What is published in the status topic, retained: the first one while a reader is there, the other when it has gone, and as
 * the last will of what publishes for it [PJ].
 */
export const READER_STATUS = { there: 'connected', gone: 'disconnected' } as const;

/** Reads a status, in capital or small letters. Words that no public source has mean nothing either way. */
export function presenceOf(status: string): Presence {
  const words = status.trim().toLowerCase();
  if (words === READER_STATUS.there) return 'present';
  return words === READER_STATUS.gone ? 'absent' : 'unknown';
}

/** MQTT 3.1.1 section 4.7.3: at least one character, no U+0000, at most 65,535 bytes; room is left for the last level. */
function checkPath(path: string): void {
  if (path === '' || path.startsWith('/') || path.endsWith('/')) {
    throw new TransportError(
      'bad-address',
      'The path of the reader at the broker must be like MagTek/Shop/DynaFlex/B571AF2, with no / at its ends.',
    );
  }
  if (path.includes('\0') || new TextEncoder().encode(path).length > 60_000) {
    throw new TransportError('bad-address', 'The path of the reader at the broker is too long or has a NUL in it.');
  }
}
