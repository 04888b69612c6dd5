/**
 * A WebSocket server that misbehaves in a chosen way, for tests of what a client does when a reader does.
 * It knows where the reference number and the command id stand in a request, so that it can answer, and nothing else of MMS.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/**
 * @typedef {object} SocketOptions
 * @property {number} [count] `crossed`: how many requests are collected before they are answered. Default 2.
 * @property {number} [after] `drop`: how many requests are answered before the connection is cut. Default 0.
 * @property {number} [code] `close-after-open`: the close code. Default 1011.
 *
 * @typedef {object} Connection
 * @property {(hex: string) => void} send Sends a text frame of hexadecimal digits, or of anything else.
 * @property {(hex: string) => void} sendBinary Sends the bytes of hexadecimal digits in a binary frame.
 * @property {(code: number) => void} close Ends the connection with a close code.
 * @property {() => void} cut Ends the connection without a word, as a network that is gone.
 *
 * @typedef {(connection: Connection, options: SocketOptions) => (request: string) => void} Behaviour
 */

/** Frames that are no message: text, odd and cut hexadecimal digits, an empty frame, lengths that lie. */
const garbageText = [
  'hello',
  'AA0',
  'AA00zz',
  '',
  '00',
  'AA0081',
  'AA00810483',
  'AA0081FF',
  'AA00818000',
  'AA008104820110',
];
/** Bytes that are no message, the second one with lengths that go on for ever. */
const garbageBytes = ['', '00FF10', `E182FFFF${'E182FFFF'.repeat(64)}`, '7B2261223A317D'];

/**
 * The answer “done” to a request: type 82, the request's reference and command id, tag 82 with no bit set.
 * @param {string} request hexadecimal digits that begin AA vv 81 04 01 rr cc cc
 */
const answerTo = (request) => `AA00810482${request.slice(10, 16)}820400000000`;

/** @param {string} answer */
function withOtherReference(answer) {
  const reference = (parseInt(answer.slice(10, 12), 16) + 1) & 0xff;
  return answer.slice(0, 10) + reference.toString(16).toUpperCase().padStart(2, '0') + answer.slice(12);
}

/**
 * What each mode does: called once for each connection, then with each request.
 * @satisfies {Record<string, Behaviour>}
 */
const behaviours = {
  /** Answers every request. */
  answer:
    ({ send }) =>
    (request) =>
      send(answerTo(request)),
  /** Answers every request in a binary frame. */
  binary:
    ({ sendBinary }) =>
    (request) =>
      sendBinary(answerTo(request)),
  /** Accepts everything and never says a word. */
  mute: () => () => {},
  /** Sends back what it got. */
  echo:
    ({ send }) =>
    (request) =>
      send(request),
  /** Sends what is not a message, on opening and before each answer. */
  garbage: ({ send, sendBinary }) => {
    const litter = () => {
      garbageText.forEach(send);
      garbageBytes.forEach(sendBinary);
    };
    litter();
    return (request) => {
      litter();
      send(answerTo(request));
    };
  },
  /** Closes as soon as it is open. */
  'close-after-open': ({ close }, { code = 1011 }) => {
    close(code);
    return () => {};
  },
  /** Answers `after` requests, then cuts the connection instead of answering. */
  drop: ({ send, cut }, { after = 0 }) => {
    let left = after;
    return (request) => {
      if (left-- > 0) send(answerTo(request));
      else cut();
    };
  },
  /** Collects `count` requests and answers them in reverse order. */
  crossed: ({ send }, { count = 2 }) => {
    /** @type {string[]} */
    const waiting = [];
    return (request) => {
      if (waiting.push(request) === count) waiting.splice(0).reverse().map(answerTo).forEach(send);
    };
  },
  /** Answers every request twice. */
  twice:
    ({ send }) =>
    (request) => {
      send(answerTo(request));
      send(answerTo(request));
    },
  /** Before each answer sends one that belongs to another client's request. */
  foreign:
    ({ send }) =>
    (request) => {
      send(withOtherReference(answerTo(request)));
      send(answerTo(request));
    },
};

/** @typedef {keyof typeof behaviours | 'hang' | 'refuse'} SocketMode `hang` never finishes opening, `refuse` answers 403. */

/**
 * Starts a server on a free loopback port.
 *
 * @param {SocketOptions & { mode: SocketMode }} options
 */
export async function startSocketServer({ mode, ...options }) {
  if (mode !== 'hang' && mode !== 'refuse' && !Object.hasOwn(behaviours, mode)) throw new Error(`no mode “${mode}”`);
  const sockets = new WebSocketServer({ noServer: true });
  /** @type {{ frame: 'text' | 'binary', data: string }[]} */
  const received = [];
  /** @type {Set<import('node:stream').Duplex>} */
  const streams = new Set();
  let attempts = 0;

  const http = createServer((_request, response) => response.writeHead(426).end());
  http.on('upgrade', (request, stream, head) => {
    attempts++;
    streams.add(stream);
    stream.on('close', () => streams.delete(stream));
    stream.on('error', () => stream.destroy());
    if (mode === 'hang') return;
    if (mode === 'refuse') {
      stream.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const respond = /** @type {Behaviour} */ (behaviours[mode])(
        {
          send: (text) => socket.send(text),
          sendBinary: (hex) => socket.send(Buffer.from(hex, 'hex')),
          close: (code) => socket.close(code),
          cut: () => socket.terminate(),
        },
        options,
      );
      socket.on('error', () => socket.terminate());
      socket.on('message', (data, isBinary) => {
        const bytes = /** @type {Buffer} */ (data);
        const text = isBinary ? bytes.toString('hex').toUpperCase() : bytes.toString();
        received.push({ frame: isBinary ? 'binary' : 'text', data: text });
        respond(text);
      });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());

  return {
    url: `ws://127.0.0.1:${port}`,
    /** What can be asked of a running server. */
    actions: {
      /** Every frame that arrived, in order: text as it came, bytes as upper-case hexadecimal digits. */
      received: () => received,
      /** How often somebody tried to connect, and how many connections are open. */
      connections: () => ({ attempts, open: sockets.clients.size }),
      /**
       * Sends a text frame to every client.
       * @param {string} text
       */
      send: (text) => sockets.clients.forEach((socket) => socket.send(text)),
      /**
       * Sends a binary frame to every client.
       * @param {string} hex
       */
      sendBinary: (hex) => sockets.clients.forEach((socket) => socket.send(Buffer.from(hex, 'hex'))),
      /** Cuts every connection without a word; new ones are accepted. */
      cut: () => sockets.clients.forEach((socket) => socket.terminate()),
      /**
       * Closes every connection with a code; new ones are accepted.
       * @param {number} code
       * @param {string} [reason]
       */
      disconnect: (code, reason) => sockets.clients.forEach((socket) => socket.close(code, reason)),
    },
    async close() {
      for (const stream of streams) stream.destroy();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
}
