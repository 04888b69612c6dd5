/**
 * Names of all texts of the elements, and what a language must have.
 * Types only: each element brings its own English words, so that a page carries none of elements that it does not use.
 */
import type { DetailCode, HelpedDetailCode } from '../connection/detail-code.js';
import type { BrokerErrorName, ReaderErrorCode } from '../connection/reader-error.js';
import type { ReasonCode } from '../transactions/outcome.js';
import type { StatusDetailCode } from '../mms/tables/status-details.js';
import type { cardDataWords } from './english/card-data.js';
import type { deviceInfoWords } from './english/device-info.js';
import type { displayWords } from './english/display.js';
import type { fleetWords } from './english/fleet.js';
import type { fleetDetailsWords } from './english/fleet-details.js';
import type { logWords } from './english/log.js';
import type { logDetailsWords, logPatternWords, logReplayWords, logStatisticsWords } from './english/log-parts.js';
import type { panelWords } from './english/panel.js';
import type { decodeWords, formWords, scriptWords } from './english/panel-parts.js';
import type { propertyWords } from './english/properties.js';
import type { receiptWords } from './english/receipt.js';
import type { setupWords } from './english/setup.js';
import type { recoveryWords } from './english/recovery.js';
import type { signatureWords } from './english/signature.js';
import type { simulatorWords } from './english/simulator.js';
import type { statusWords } from './english/status.js';
import type { transactionWords } from './english/transaction.js';
import type { updaterWords } from './english/updater.js';

/** Texts of the elements of a sale, and of those beside it. Their English stands with the elements. */
export type SaleKey =
  | keyof typeof cardDataWords
  | keyof typeof deviceInfoWords
  | keyof typeof displayWords
  | keyof typeof recoveryWords
  | keyof typeof signatureWords
  | keyof typeof statusWords
  | keyof typeof transactionWords;

/** Refusals that have words. Those of key management and of the reader's self-test are for its maker: they have their number. */
export type RefusalCode =
  Exclude<StatusDetailCode, 'success' | `tr31-${string}` | `self-test-${string}` | `reserved-${string}`> | 'other';

/**
 * Texts about errors and outcomes. Their English comes with what they are about, because programs without elements show it too:
 * `error.` and `help.` with the code of a `ReaderError` say what happened and what to do, `help.` also with the code of a detail
 * that has a remedy of its own, `detail.` what is particular to this
 * case, `refusal.` why a reader refused, `reason.` why a sale ended as it did.
 */
export type ErrorKey =
  | `error.${ReaderErrorCode | BrokerErrorName}`
  | 'error.more'
  | `help.${ReaderErrorCode | HelpedDetailCode | BrokerErrorName}`
  | `detail.${DetailCode}`
  | `refusal.${RefusalCode}`
  | `reason.${ReasonCode}`;

/** Texts of `<magtek-log>`. `log.bad-line` says in short what the English error says at length. */
export type LogKey =
  | Exclude<keyof typeof logWords, SaleKey>
  | keyof typeof logDetailsWords
  | keyof typeof logPatternWords
  | keyof typeof logReplayWords
  | keyof typeof logStatisticsWords
  | 'log.bad-line';

/** Texts of `<magtek-command-panel>`. */
export type PanelKey =
  | Exclude<keyof typeof panelWords, LogKey | SaleKey>
  | keyof typeof formWords
  | keyof typeof scriptWords
  | keyof typeof decodeWords
  | keyof typeof propertyWords;

/** Texts of `<magtek-simulator>`. */
export type SimulatorKey = Exclude<keyof typeof simulatorWords, LogKey | SaleKey>;

/** Texts whose English comes complete with what they are about. */
export type FallbackKey = ErrorKey | 'log.bad-line';

/** Texts of the list of readers. */
export type FleetKey = Exclude<keyof typeof fleetWords | keyof typeof fleetDetailsWords, SaleKey | LogKey>;

/** Texts of `<magtek-setup>`. */
export type SetupKey = keyof typeof setupWords;

/** Texts of `<magtek-receipt>`. */
export type ReceiptKey = Exclude<keyof typeof receiptWords, SaleKey>;

/** Texts of `<magtek-updater>`. */
export type UpdaterKey = keyof typeof updaterWords;

/** Names one text. */
export type WordKey =
  SaleKey | FleetKey | ErrorKey | LogKey | PanelKey | ReceiptKey | SetupKey | SimulatorKey | UpdaterKey;

/**
 * The texts of one language. A part in braces, such as `{amount}`, stands for what the element puts there; the order is the
 * language's own.
 */
export type Words = Readonly<Record<WordKey, string>>;

/** Numbers of things by which languages choose a form (`Intl.PluralRules`). `one` and `other` are always there. */
type OtherForms = 'zero' | 'two' | 'few' | 'many';

/** Names of texts that count something; with `.one`, `.other` and so on they name their forms. */
export type CountKey<Key extends string = WordKey> = Key extends `${infer Name}.other` ? Name : never;

/** Words of a page's own: any part of {@link Words}, and further plural forms where its language has them. */
export type OwnWords = Partial<Words> & { readonly [Key in `${CountKey}.${OtherForms}`]?: string };
