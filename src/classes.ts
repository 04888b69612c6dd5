/**
 * Entry `magtek-elements/classes`: every element class, event class and type, with nothing registered.
 */
export * from './client.js';
export { MagtekCardData } from './elements/card-data/card-data.js';
export { MagtekCommandPanel } from './elements/command-panel/command-panel.js';
export { clientContext, stateContext } from './elements/context/contexts.js';
export { ReaderController, type ReaderHost } from './elements/context/reader-controller.js';
export { MagtekDeviceInfo } from './elements/device-info/device-info.js';
export { MagtekDisplay } from './elements/display/display.js';
export { MagtekFleet } from './elements/fleet/fleet.js';
export { MagtekLog } from './elements/log/log.js';
export { MagtekReader } from './elements/reader/reader.js';
export { defineWords, loadWords } from './language/catalogue.js';
export type { OwnWords, WordKey, Words } from './language/words.js';
export { MagtekSignature } from './elements/signature/signature.js';
export { MagtekStatus } from './elements/status/status.js';
export { MagtekTransaction } from './elements/transaction/transaction.js';
export type { HostRequest } from './elements/transaction/host.js';
export * from './events/index.js';
export { VERSION } from './version.js';
