/**
 * The broker of the demo: mosquitto on loopback with simulated readers of some shops, whose cardholders act by themselves. It
 * is started when a page first asks for it, so that those who do not look at fleets need no broker.
 */
import { startMosquitto, whyNoBroker } from '../../tools/mosquitto.mjs';

const SHOPS = ['Shop1', 'Shop2', 'Shop12'];
const READERS_OF_A_SHOP = 8;

/** @typedef {typeof import('../../src/cli/simulate-fleet.ts').startFleet} StartFleet */
/** @typedef {{ url: string, close(): Promise<void> }} DemoBroker */

/**
 * @param {StartFleet} startFleet
 * @returns {Promise<DemoBroker>}
 * @throws {Error} that says what to do, where there is no mosquitto.
 */
export async function startDemoBroker(startFleet) {
  const why = whyNoBroker();
  if (why !== undefined) throw new Error(`There is no broker to show a fleet of: ${why}`);
  const broker = await startMosquitto();
  const fleets = await Promise.all(
    SHOPS.map((shop, index) =>
      startFleet({
        size: READERS_OF_A_SHOP,
        broker: { url: broker.tcpUrl },
        path: `MagTek/${shop}/DynaFlexIIPED`,
        seed: 1 + index * READERS_OF_A_SHOP,
        auto: true,
        say: () => undefined,
      }),
    ),
  );
  return {
    url: broker.url,
    close: async () => {
      await Promise.allSettled(fleets.map((fleet) => fleet.stop()));
      await broker.close();
    },
  };
}

/**
 * A plugin through which the demo page finds the broker: `GET /__broker`.
 * @param {() => Promise<DemoBroker>} ask
 * @returns {import('vite').Plugin}
 */
export function brokerPlugin(ask) {
  return {
    name: 'magtek-broker',
    configureServer({ middlewares }) {
      middlewares.use('/__broker', (_, response) => {
        /** @param {object} body */
        const reply = (body) =>
          response
            .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
            .end(JSON.stringify(body));
        ask().then(
          ({ url }) => reply({ url }),
          (error) => reply({ error: error instanceof Error ? error.message : String(error) }),
        );
      });
    },
  };
}
