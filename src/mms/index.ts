/**
 * Entry `magtek-elements/mms`: the MagTek Messaging Schema, bytes to values and back.
 * Pure: no DOM, no input or output, no timers.
 */
export { catalogue, type CatalogueEntry, type CatalogueGroup } from './catalogue.js';
export { parseCommandLine } from './command-line.js';
export * from './commands/index.js';
export { decodeMessage } from './decode.js';
export { describe } from './describe.js';
export { decodeAmount, encodeAmount, type AmountCurrency } from './emv/amount.js';
export { readBits, type SetBit } from './emv/bits.js';
export { countryByNumeric } from './emv/country.js';
export { currencyByAlpha, currencyByNumeric, type Currency } from './emv/currency.js';
export { readingContext, type EmvReadingContext } from './emv/context.js';
export type { CryptogramType } from './emv/cryptogram.js';
export { readCvmList, readCvmResults, type CvmList } from './emv/cvm.js';
export { readDol, readTagList, type DolEntry } from './emv/dol.js';
export { readEmvValue, type EmvReading } from './emv/reading.js';
export { encodeMessage, toMessage, withReference, type EncodeMessageOptions } from './encode.js';
export { MmsError, mmsErrorCodes, type MmsErrorCode } from './error.js';
export { parseHex, spacedHex, toHex } from './hex.js';
export type {
  Direction,
  MmsFile,
  MmsMessage,
  MmsMessageBase,
  MmsMessageInput,
  MmsNotification,
  MmsRequest,
  MmsResponse,
  ResponseStatus,
} from './message.js';
export { encodeOid, readProperties, type OidForm, type PropertyValue } from './oid.js';
export { redact, redactBytes, redactText } from './redact.js';
export { commandInfo, type CommandInfo } from './tables/commands.js';
export { displayString, displayStringId, displayStrings, type DisplayString } from './tables/display-strings.js';
export { parameterInfo, type ParameterInfo } from './tables/parameters.js';
export { propertyInfo, type PropertyInfo } from './tables/properties.js';
export { tagInfo, type TagInfo } from './tables/tags.js';
export { decodeTlv, encodeTlv, findTlv, searchTlv, type DecodeTlvOptions, type TlvInput, type TlvNode } from './tlv.js';
export { searchHex } from './search-hex.js';
export { messageTree, type TreeNode } from './tree.js';
export { readBarcodeData, type BarcodeData, type BarcodeType } from './views/barcode.js';
export type { TrackMask } from './track.js';
export type { CardBrand } from './views/card-brand.js';
export type { CardContainer, CardDataInterface } from './views/card-container.js';
export {
  readBlob,
  readCardData,
  type CardBlob,
  type CardData,
  type CardFallback,
  type CardType,
  type EntryMode,
} from './views/card-data.js';
export type { TrackState, TrackStates } from './views/card-tracks.js';
export { findClearData, withoutClearData } from './views/clear-data.js';
export { readDisplayText } from './views/display-text.js';
export { readEmvFacts, type EmvFacts } from './views/emv-facts.js';
export { readFileProperties, readOfferedFile, type FileProperties } from './views/file.js';
export { readNdef, type NdefRecord, type NdefText } from './views/ndef.js';
export { readPin, type PinData } from './views/pin.js';
export { readPropertyAnswers, readPropertyValue, type PropertyAnswer } from './views/property.js';
export { compareProperties, type PropertyComparison, type PropertyDifference } from './views/property-comparison.js';
export { propertyEntry, type PropertyEntries, type PropertyEntry } from './views/property-entry.js';
export {
  decodePropertyValue,
  encodePropertyValue,
  propertyType,
  PropertyValueError,
  type PropertyType,
  type TypedValue,
  type ValueProblem,
} from './views/property-value.js';
export { readSelection, type SelectionPrompt } from './views/selection.js';
export { readSignature, type SignatureData, type SignaturePoint } from './views/signature.js';
export { readButton, readTouch, type ButtonData, type TouchData } from './views/touch.js';
export { readUid } from './views/uid.js';
