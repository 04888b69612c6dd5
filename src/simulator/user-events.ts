/** Events of the idle reader, which are told where the user event mask wishes them (notification 1001). */

/** Bits of the user event mask [PJ, MG p235]; the one for the end of a touch is inferred [D]. */
export const USER_EVENT = {
  presented: 0x01,
  tapRemoved: 0x02,
  seated: 0x04,
  unseated: 0x08,
  swiped: 0x10,
  touchPressed: 0x20,
  touchReleased: 0x40,
  barcode: 0x80,
} as const;

/** What a barcode that is shown to an idle reader can be, and the third byte of its notification [MG p167]. */
export const barcodeTypes = { unknown: '00', magtek: '01', emv: '02' } as const;

/** What an idle reader says that a barcode is. */
export type BarcodeType = keyof typeof barcodeTypes;
