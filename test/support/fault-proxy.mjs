/**
 * A proxy between a client and a simulated reader that does one bad thing at one step of a sale: over a real WebSocket, so
 * that a test meets what a network and a reader can do. It tells steps apart by the fixed bytes of their messages, and knows
 * nothing else of MMS.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

/** Milliseconds for which `delay` holds what travels. */
const DELAY = 3_000;
/** Milliseconds that `reorder` waits for a message to let pass. */
const OVERTAKEN_AFTER = 500;
/** Milliseconds that the cardholder takes. */
const CARD_AFTER = 30;

/**
 * The messages of a sale: what their hexadecimal text looks like. `vv` of the envelope and reference numbers are open.
 * @satisfies {Record<string, RegExp>}
 */
const steps = {
  start: /^AA..810401..1001/,
  accepted: /^AA..810482..1001/,
  card: /^AA..8104830001018204100102/,
  arqc: /^AA..8104830001018204100802/,
  completed: /^AA..810483000105/,
  batch: /^AA..8104830001018204100803/,
  cancel: /^AA..810401..1008/,
  cancelled: /^AA..810482..1008/,
};

/**
 * One way that messages take, in order.
 * @typedef {object} Way
 * @property {(text: string, options?: { fin: boolean }) => void} send
 * @property {() => void} hold Keeps what follows until `release`.
 * @property {() => void} release
 * @property {(text: string) => void} behind Sends after the next message, or after a moment.
 *
 * @typedef {object} Link
 * @property {() => void} cut Ends the connection without a word.
 * @property {() => void} halfClose Ends one direction, as a peer that goes away in the middle.
 * @property {() => void} stall Nothing travels any more, and the connection stays.
 * @property {() => void} refuseFurther
 */

/**
 * What each fault does with the message that it meets.
 * @satisfies {Record<string, (text: string, way: Way, link: Link) => void>}
 */
const faults = {
  none: (text, { send }) => send(text),
  cut: (_, __, { cut }) => cut(),
  refuse: (_, __, { cut, refuseFurther }) => {
    refuseFurther();
    cut();
  },
  'half-close': (_, __, { halfClose }) => halfClose(),
  stall: (_, __, { stall }) => stall(),
  delay: (text, { send, hold, release }) => {
    hold();
    setTimeout(release, DELAY);
    send(text);
  },
  reorder: (text, { behind }) => behind(text),
  duplicate: (text, { send }) => {
    send(text);
    send(text);
  },
  corrupt: (text, { send }) => send(text.slice(0, -2)),
  split: (text, { send }) => {
    const middle = Math.floor(text.length / 4) * 2;
    send(text.slice(0, middle));
    send(text.slice(middle));
  },
  fragment: (text, { send }) => {
    send(text.slice(0, 7), { fin: false });
    send(text.slice(7));
  },
  foreign: (text, { send }) => {
    // Refusals of another client’s commands: its own reference with those of a sale, and the one that is in use here with others.
    const used = text.slice(10, 12);
    const other = used === 'FE' ? 'FD' : 'FE';
    for (const head of [`${other}1001`, `${other}1008`, `${used}1803`, `${used}D101`])
      send(`AA00810482${head}820480020308`);
    send(text);
  },
};

/** @typedef {{ fault: keyof typeof faults, step: keyof typeof steps, card?: boolean }} FaultOptions */

/**
 * Starts a simulated reader whose clock runs ten times as fast, and the proxy in front of it.
 *
 * @param {FaultOptions} options `card`: whether a card is inserted when the reader asks for one.
 * @param {typeof import('../../src/simulator/node.js')} simulator
 */
export async function startFaultProxy({ fault, step, card = true }, { serveSimulatedReader }) {
  if (!Object.hasOwn(faults, fault)) throw new Error(`no fault “${fault}”`);
  if (!Object.hasOwn(steps, step)) throw new Error(`no step “${step}”`);
  const { reader, ...served } = await serveSimulatedReader({
    pace: 100,
    clock: {
      setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds / 10),
      clearTimeout: (handle) => clearTimeout(/** @type {NodeJS.Timeout} */ (handle)),
    },
  });
  let wasAsked = false;
  reader.subscribe(({ state }) => {
    if (!card || state !== 'transaction' || wasAsked) return;
    wasAsked = true;
    setTimeout(() => reader.insert('visa'), CARD_AFTER);
  });

  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  let attempts = 0;
  let starts = 0;
  let isArmed = true;
  let refuses = false;

  const http = createServer((_request, response) => response.writeHead(426).end());
  http.on('upgrade', (request, stream, head) => {
    attempts++;
    stream.on('error', () => stream.destroy());
    if (refuses) {
      stream.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (client) => {
      const upstream = new WebSocket(served.url);
      let isStalled = false;
      /** @type {Link} */
      const link = {
        cut: () => stream.destroy(),
        halfClose: () => stream.end(),
        stall: () => (isStalled = true),
        refuseFurther: () => (refuses = true),
      };
      const pipe = (
        /** @type {WebSocket} */ from,
        /** @type {WebSocket} */ to,
        /** @type {Promise<unknown>} */ ready,
      ) => {
        const way = makeWay((text, options) => {
          if (to.readyState === WebSocket.OPEN) to.send(text, options ?? {});
        });
        from.on('message', (data) => {
          const text = String(data);
          if (from === client && steps.start.test(text)) starts++;
          void ready.then(() => {
            if (isStalled) return;
            if (!isArmed || !steps[step].test(text)) return way.send(text);
            isArmed = false;
            faults[fault](text, way, link);
          });
        });
        from.on('error', () => from.terminate());
        from.on('close', () => to.close());
      };
      const opened = once(upstream, 'open');
      opened.catch(() => client.terminate());
      pipe(client, upstream, opened);
      pipe(upstream, client, Promise.resolve());
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());

  return {
    url: `ws://127.0.0.1:${port}`,
    actions: {
      /** What the client did: tries to connect, connections that are open, starts that it sent; and whether the fault struck. */
      report: () => ({ attempts, open: sockets.clients.size, starts, struck: !isArmed }),
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
      await served.close();
    },
  };
}

/**
 * @param {(text: string, options?: { fin: boolean }) => void} forward
 * @returns {Way}
 */
function makeWay(forward) {
  /** @type {(() => void)[] | undefined} */
  let held;
  /** @type {string | undefined} */
  let overtaken;
  const flush = () => {
    if (overtaken !== undefined) forward(overtaken);
    overtaken = undefined;
  };
  return {
    send: (text, options) => {
      if (held) {
        held.push(() => forward(text, options));
        return;
      }
      forward(text, options);
      flush();
    },
    hold: () => (held ??= []),
    release: () => {
      const waiting = held ?? [];
      held = undefined;
      for (const send of waiting) send();
    },
    behind: (text) => {
      overtaken = text;
      setTimeout(flush, OVERTAKEN_AFTER);
    },
  };
}
