/**
 * Refuses options that nobody here knows. TypeScript does it for those who use it; to others a misspelt `timout` would be a sale
 * with another time limit than they think.
 */
import { ReaderError } from '../connection/reader-error.js';

/** The names of all options of a kind. */
export type OptionNames<Options> = Readonly<Record<keyof Required<Options>, true>>;

/** @throws {ReaderError} `bad-option` for the first that is not among `names`. */
export function refuseUnknown<Options extends object>(options: Options | undefined, names: OptionNames<Options>): void {
  const unknown = Object.keys(options ?? {}).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  throw new ReaderError('bad-option', {
    detail: `${unknown} is not an option: there are ${Object.keys(names).join(', ')}.`,
    because: { code: 'option', values: { name: unknown } },
  });
}

const signal = { signal: true } as const;

/** Those of each method of a client. */
export const optionNames = {
  client: {
    transport: true,
    requestTimeout: true,
    reconnect: true,
    livenessCheck: true,
    keepAlive: true,
    allowHosts: true,
    authorize: true,
    inquire: true,
    reverse: true,
    journalSize: true,
    sink: true,
    environment: true,
  },
  connect: { ...signal, persist: true, unattended: true, takeOver: true },
  request: { ...signal, timeout: true, until: true },
  sale: {
    amount: true,
    currency: true,
    otherAmount: true,
    tip: true,
    tax: true,
    surcharge: true,
    tipOptions: true,
    transactionOptions: true,
    type: true,
    accept: true,
    flow: true,
    fallback: true,
    timeout: true,
    transactionId: true,
    originalReference: true,
    authorize: true,
    reverse: true,
    authorizeTimeout: true,
    outcomeCodes: true,
    showOutcome: true,
    allowClearData: true,
  },
  resolution: { via: true, approved: true, decision: true, by: true, how: true },
  inquiry: { ...signal, inquire: true, reverse: true, timeout: true },
  reversal: { reverse: true },
  autoStart: { on: true, start: true, tapDelay: true },
  operation: signal,
  pin: { ...signal, accountNumber: true, accept: true, timeout: true, minLength: true, maxLength: true },
  signature: { ...signal, timeout: true },
  barcode: { ...signal, timeout: true, encrypt: true },
  sendFile: { ...signal, name: true, onProgress: true, serialNumber: true },
  updateFirmware: { ...signal, onProgress: true, serialNumber: true },
  deviceLock: { ...signal, locked: true, passcode: true, serialNumber: true },
  screen: { ...signal, until: true },
  message: { ...signal, until: true, timeout: true },
} as const;
