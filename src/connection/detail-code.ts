/** The codes of all details of errors, wherever their English is. Types only. */
import type { MmsErrorCode } from '../mms/error.js';
import type { HelpedTransportDetailCode, TransportDetailCode } from '../transports/transport.js';
import type { errorDetails } from './error-details.js';
import type { rareDetails, rareRemedies } from './rare-details.js';
import type { tagDetails, tagRemedies } from './tag-details.js';

/** What the `detail` of a `ReaderError` says. `option` has the `name` of an option, codes of the codec the `place`, counted from 1. */
export type DetailCode =
  | keyof typeof errorDetails
  | keyof typeof rareDetails
  | keyof typeof tagDetails
  | TransportDetailCode
  | MmsErrorCode
  | 'option';

/** What is particular to a case and has a remedy of its own. */
export type HelpedDetailCode = keyof typeof rareRemedies | keyof typeof tagRemedies | HelpedTransportDetailCode;
