/**
 * Entry `magtek-elements/simulator`: a reader in software, for demos and tests without hardware.
 */
export type { SimulatorClock } from './clock.js';
export {
  aesDukptEncryption,
  dukptEncryption,
  TEST_AES_BDK,
  TEST_AES_KSN,
  TEST_BDK,
  TEST_KSN,
  type DukptOptions,
} from './dukpt.js';
export type { CardEncryption, TransactionKey } from './encryption.js';
export { faults, type FaultName } from './faults/index.js';
export type { Audience, ReaderEnd, ReaderLink, ReaderPort } from './links.js';
export { observedReader } from './observed-reader.js';
export { ReplayedReader, type ReplayedMessage, type ReplayOptions } from './replayed-reader.js';
export type { SalePhase } from './sale.js';
export { runScenario, type ScenarioRun } from './scenario/run.js';
export { parseScenario, ScenarioError } from './scenario/parse.js';
export type { Scenario, ScenarioStep } from './scenario/scenario.js';
export type { Point } from './signature.js';
export type { ReaderFace, SimulatedState } from './face.js';
export type { SimulatedReaderOptions } from './options.js';
export { SimulatedReader } from './simulated-reader.js';
export type { BarcodeType } from './user-events.js';
export { SimulatedTransport } from './simulated-transport.js';
export { testCards, type TestCard, type TestCardName, type TestTag } from './test-cards.js';
