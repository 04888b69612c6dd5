/**
 * Listens to what travels between a reader and its clients.
 * It does not know what becomes of it.
 */
import type { Direction } from '../mms/message.js';
import type { ReaderEnd, ReaderPort } from './links.js';

/** The same reader, whose every message is told, in clear, before it goes on. */
export function observedReader(
  reader: ReaderEnd,
  observe: (direction: Direction, bytes: Uint8Array) => void,
): ReaderEnd {
  return {
    connect(link): ReaderPort | undefined {
      const port = reader.connect({
        ...link,
        deliver: (bytes) => {
          observe('from-reader', bytes);
          link.deliver(bytes);
        },
      });
      return (
        port && {
          receive: (bytes) => {
            observe('to-reader', bytes);
            port.receive(bytes);
          },
          close: () => port.close(),
        }
      );
    },
    close: () => reader.close(),
  };
}
