/**
 * Entry `magtek-elements/simulator`: a reader in software, for demos and tests without hardware.
 */
export type { SimulatorClock } from './clock.js';
export type { Audience, ReaderLink, ReaderPort } from './links.js';
export type { Point } from './signature.js';
export {
  SimulatedReader,
  type ReaderFace,
  type SimulatedReaderOptions,
  type SimulatedState,
} from './simulated-reader.js';
export { SimulatedTransport } from './simulated-transport.js';
export { testCards, type TestCard, type TestCardName } from './test-cards.js';
