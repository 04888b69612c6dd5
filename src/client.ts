/**
 * Entry `magtek-elements/client`: everything that is needed to talk to a reader without elements.
 * It registers nothing and touches no globals. It is outside the layers, because it joins two of them.
 */
export type { AutoStartOptions, AutoStartWay } from './transactions/auto-start.js';
export type { CardAction, CardDataDetail, CardDetail, CardInterface } from './transactions/card.js';
export type {
  ClientEvents,
  DisplayDetail,
  ErrorDetail,
  MessageDetail,
  NotificationDetail,
  ResponseDetail,
  SelectionRequestDetail,
  StateDetail,
} from './client/client-events.js';
export type { ConnectOptions, Reconnect } from './connection/connection.js';
export type { ReaderSnapshot, ReaderState } from './connection/connection-state.js';
export type { Health, HealthDetail, HealthKind } from './mms/views/health.js';
export type { Unsubscribe } from './connection/environment.js';
export {
  systemEnvironment,
  type Environment,
  type LocalNetworkPermission,
  type ReaderStorage,
  type TimerHandle,
} from './connection/environment.js';
export { Journal, type JournalEntry, type JournalLine, type JournalListener } from './journal/journal.js';
export {
  recordedRequests,
  replay,
  type RecordedRequest,
  type ReplayOptions,
  type ReplayResult,
} from './client/service/replay.js';
export { parseScript, type Script, type ScriptProblem, type ScriptStep } from './toolbox/script.js';
export { runScript, type RunScriptOptions, type StepResult } from './toolbox/script-run.js';
export {
  makeSupportBundle,
  supportBundleSchema,
  type DeviceFact,
  type SupportBundle,
  type SupportBundleOptions,
} from './client/service/support-bundle.js';
export { exportJournal, importJournal, JournalFileError } from './journal/journal-file.js';
export type { CompletedResponse, ReaderClientOptions, RequestOptions } from './client/client-options.js';
export { ReaderClient } from './client/reader-client.js';
export type { StartTransactionOptions } from './transactions/start-options.js';
export type { Decision, Outcome, OutcomeCodes, ReasonCode } from './transactions/outcome.js';
export type { Because } from './connection/because.js';
export type { DetailCode } from './connection/detail-code.js';
export type {
  Authorize,
  AuthorizeRequest,
  CardDataText,
  CardFacts,
  Flow,
  HostFacts,
  ReversalOptions,
  ReversalRequest,
  Reverse,
  SaleFacts,
  SaleType,
  Inquire,
  InquireRequest,
  Inquiry,
  InquiryOptions,
  InquiryResult,
  Resolution,
  ResolvedTransaction,
  Transaction,
  TransactionData,
  TransactionPhase,
  TransactionResult,
  TransactionUpdate,
  AttemptReason,
  FallbackMode,
  SaleAttempt,
  SaleAttempts,
  StripeFallback,
} from './transactions/transaction.js';
export type { Amounts } from './transactions/amounts.js';
export { transactionData } from './transactions/transaction-data.js';
export type { UnresolvedTransaction } from './transactions/unresolved.js';
export type { BarcodeOptions } from './client/operations/barcode.js';
export type {
  ClassicKey,
  ClassicSector,
  ClassicTag,
  ClassicWritePlan,
  ReadClassicTagOptions,
  WriteClassicTagOptions,
} from './device/classic-tag.js';
export type { DeviceInfo } from './device/device-info.js';
export type { DeviceLockOptions } from './device/device-lock.js';
export type { FileProgress, ReaderFile, ReadFileOptions, SendFileOptions } from './client/operations/files.js';
export type {
  FirmwareCheck,
  FirmwareStep,
  FirmwareUpdate,
  UpdateFirmwareOptions,
} from './client/operations/firmware.js';
export {
  compareFleet,
  readFleetProperties,
  readingsCsv,
  setFleetProperties,
  setReportCsv,
  type FleetDifference,
  type FleetPropertiesOptions,
  type FleetReading,
  type FleetSetResult,
  type FleetSetting,
  type FleetTarget,
  type LeftOut,
  type OpenReader,
  type ReaderSession,
} from './device/fleet-properties.js';
export {
  exportProperties,
  importProperties,
  PropertyFileError,
  type ExportPropertiesOptions,
  type PropertyFile,
  type PropertyFileProblem,
} from './device/property-file.js';
export type { PinEntry, PinOptions } from './client/operations/pin.js';
export type { OperationOptions } from './device/reader-access.js';
export type { ScreenOptions, ShowMessageOptions } from './client/operations/screen.js';
export type { SignatureOptions } from './client/operations/signature.js';
export type { TagMemory, TagOptions } from './device/tag.js';
export type { TagWrite, TagWritePlan, WriteTagOptions } from './device/tag-write.js';
export { ReaderError, readerErrors, type ReaderErrorCode, type ReaderErrorOptions } from './connection/reader-error.js';
export * from './transports/index.js';
