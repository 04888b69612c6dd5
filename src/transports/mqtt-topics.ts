/**
 * The topics of readers at an MQTT broker, below a path such as `MagTek/<group>/<model>/<serial>` for each reader [PJ].
 * It does not know how anything is published.
 */
import { TransportError } from './transport.js';

/** What the vendor's demo listens to for the list of readers: `MagTek/<group>/<model>/<serial>/Status` [PJ]. */
export const ALL_READERS = 'MagTek/+/+/+';

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

const STATUS = '/Status';

/** What stands in the status topic: the vendor's demo takes the first one, in any case of its letters, for “is there” [PJ]. */
export const READER_STATUS = { there: 'connected', gone: 'disconnected' } as const;

/**
 * The topics below the path of a reader.
 * @throws {TransportError} `bad-address` for a path that is empty, too long, or names more than one reader.
 */
export function readerTopics(path: string): ReaderTopics {
  checkPath(path);
  if (/[+#]/.test(path)) {
    throw new TransportError('bad-address', `“${path}” names more than one reader: + and # are not allowed.`);
  }
  return { path, command: `${path}/SendCommand`, message: `${path}/MMSMessage`, status: path + STATUS };
}

/**
 * The filter for the status topics of many readers.
 * @param paths their paths, where `+` stands for one level, e.g. `MagTek/Shop12/+/+`
 * @throws {TransportError} `bad-address` for a pattern that no broker takes.
 */
export function statusFilter(paths: string): string {
  checkPath(paths);
  if (paths.includes('#') || paths.split('/').some((level) => level.includes('+') && level !== '+')) {
    throw new TransportError('bad-address', `“${paths}” is no pattern of readers: use + for a whole level.`);
  }
  return paths + STATUS;
}

/** The path of the reader whose status topic this is; undefined for another topic. */
export function pathOfStatus(topic: string): string | undefined {
  return topic.endsWith(STATUS) ? topic.slice(0, -STATUS.length) : undefined;
}

/** MQTT 5 section 4.7.3: at least one character, no U+0000, at most 65,535 bytes; room is left for the last level. */
function checkPath(path: string): void {
  if (path === '' || path.startsWith('/') || path.endsWith('/')) {
    throw new TransportError(
      'bad-address',
      'The path of the reader at the broker is missing, e.g. MagTek/Shop/DynaFlex/B571AF2.',
    );
  }
  if (path.includes('\0') || new TextEncoder().encode(path).length > 60_000) {
    throw new TransportError('bad-address', 'The path of the reader at the broker is too long or has a NUL in it.');
  }
}
