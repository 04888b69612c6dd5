/** The settings of a sale: what the properties of the reader say when it begins. */
import type { CardDataTools } from './card-data.js';
import type { SimulatedReaderSettings } from './options.js';
import {
  APPLICATION_SELECTION,
  ARPC_ATTEMPTS,
  ARPC_TIMEOUT,
  ARQC_TAGS,
  BATCH_TAGS,
  DEVICE_DRIVEN_FALLBACK,
  DIGIT_CORRECTION,
  LEADING_DIGITS,
  tagsOf,
  TERMINAL_ID,
  TRAILING_DIGITS,
  type Properties,
} from './properties.js';
import type { SaleDependencies } from './sale.js';

/** Value of property 1.2.1.1.1.2 with which the cardholder chooses on the display [PJ]. */
const CHOOSES_ON_DISPLAY = 0x03;

export const saleSettings = (
  properties: Properties,
  flow: SimulatedReaderSettings['flow'],
): Pick<SaleDependencies, 'terminalId' | 'choosesOnDisplay' | 'fallsBack' | 'hostWait'> => ({
  terminalId: properties.get(TERMINAL_ID) ?? new Uint8Array(0),
  choosesOnDisplay: properties.number(APPLICATION_SELECTION) === CHOOSES_ON_DISPLAY,
  fallsBack: properties.number(DEVICE_DRIVEN_FALLBACK) !== 0,
  hostWait:
    flow === 'full-emv'
      ? { seconds: properties.number(ARPC_TIMEOUT), retries: properties.number(ARPC_ATTEMPTS) }
      : undefined,
});

/** How card data are masked, and which objects they have. */
export function cardDataSettings(properties: Properties): Pick<CardDataTools, 'mask' | 'lists'> {
  const tags = (oid: string): readonly string[] => tagsOf(properties.get(oid) ?? new Uint8Array(0)) ?? [];
  return {
    mask: {
      leading: properties.number(LEADING_DIGITS),
      trailing: properties.number(TRAILING_DIGITS),
      isCorrected: properties.number(DIGIT_CORRECTION) !== 0,
    },
    lists: { arqc: tags(ARQC_TAGS), batch: tags(BATCH_TAGS) },
  };
}
