/**
 * A simulated reader behind a real WebSocket that remembers how many clients it had, and can be waited for.
 * It knows no browser.
 */

/**
 * @typedef {import('../../dist/simulator/node.js').ServedReader} ServedReader
 * @typedef {import('../../dist/simulator/face.js').ReaderFace} ReaderFace
 *
 * @typedef {object} WatchedReader
 * @property {string} url
 * @property {ServedReader['reader']} reader
 * @property {number[]} clients each number of clients that it had, in order
 * @property {(isWanted: (face: ReaderFace) => boolean, what: string) => Promise<void>} until
 * @property {() => Promise<void>} close
 */

/**
 * @param {(options: object) => Promise<ServedReader>} serveSimulatedReader that of the built package
 * @param {number} timeout milliseconds that `until` waits before it rejects
 * @returns {Promise<WatchedReader>}
 */
export async function watchReader(serveSimulatedReader, timeout) {
  const { url, reader, close } = await serveSimulatedReader({ pace: 1 });
  const clients = [reader.face.clients];
  reader.subscribe((face) => {
    if (face.clients !== clients.at(-1)) clients.push(face.clients);
  });
  return {
    url,
    reader,
    clients,
    close,
    until: (isWanted, what) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`the reader was never ${what}`));
        }, timeout);
        const unsubscribe = reader.subscribe((face) => {
          if (isWanted(face)) settle();
        });
        const settle = () => {
          clearTimeout(timer);
          unsubscribe();
          resolve();
        };
        if (isWanted(reader.face)) settle();
      }),
  };
}
